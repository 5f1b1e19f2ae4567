/* Keys of the form of a story. Each presses a button that stands there anyway; they can be switched off. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const STORED = "newsroom.story.keys";
  const form = document.getElementById("article_form");
  if (!form || !form.querySelector("[name=_continue]")) return;

  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const ACTS = [
    { keys: "S", finds: "[name=_continue]:not([hidden])" },
    { keys: "Enter", finds: ".state-acts > button.main" },
    { keys: "Shift+Enter", finds: "button[name=_submit], button[name=_pass_on]" },
    { keys: "Alt+P", finds: "[name=_preview]" },
  ];
  const offered = ACTS.filter((act) => form.querySelector(act.finds));

  const chosen = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return null;
    // AltGr writes a letter on many keyboards, and arrives as Ctrl+Alt.
    if (event.getModifierState("AltGraph")) return null;
    const held = `${event.shiftKey ? "Shift+" : ""}${event.altKey ? "Alt+" : ""}`;
    const key = event.key === "Enter" ? "Enter" : event.code.replace(/^Key/, "");
    return offered.find((act) => act.keys === held + key);
  };

  /* One press, one act: what is being sent is not sent again. */
  let isSent = false;
  form.addEventListener("submit", (event) => {
    const stays = event.submitter && event.submitter.formTarget === "_blank";
    isSent = !stays;
    setTimeout(() => (isSent = isSent && !event.defaultPrevented));
  });
  window.addEventListener("pageshow", () => (isSent = false));

  const press = (event) => {
    const act = isOn.checked && chosen(event);
    // A window over the form has keys of its own.
    if (!act || (event.target.closest && event.target.closest("dialog, .cke_dialog, .select2-container--open"))) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isSent) form.querySelector(act.finds).click();
  };

  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  const label = document.createElement("label");
  const isOn = document.createElement("input");
  details.className = "help desk-keys";
  summary.textContent = gettext("Keys");
  for (const act of offered) {
    const line = document.createElement("li");
    const key = document.createElement("kbd");
    key.textContent = `${isMac ? "⌘" : "Ctrl"}+${act.keys}`;
    const button = form.querySelector(act.finds);
    line.append(key, ` ${(button.textContent || button.value).trim()}`);
    list.append(line);
  }
  isOn.type = "checkbox";
  label.append(isOn, ` ${gettext("Keys are switched on")}`);
  details.append(summary, list, label);
  form.append(details);

  const announce = () => {
    for (const act of offered) {
      const keys = ["Control", "Meta"].map((first) => `${first}+${act.keys}`).join(" ");
      form.querySelectorAll(act.finds).forEach((button) => {
        const named = (button.getAttribute("aria-keyshortcuts") || "").replace(keys, "").trim();
        button.setAttribute("aria-keyshortcuts", isOn.checked ? `${named} ${keys}`.trim() : named);
      });
    }
  };
  isOn.checked = localStorage.getItem(STORED) !== "off";
  isOn.addEventListener("change", () => {
    localStorage.setItem(STORED, isOn.checked ? "on" : "off");
    announce();
  });
  announce();

  document.addEventListener("keydown", press, true);
  /* The text is written in a frame, which is made anew whenever its source was shown. */
  if (window.CKEDITOR) {
    const listen = (editor) => editor.document && editor.document.$.addEventListener("keydown", press, true);
    CKEDITOR.on("instanceReady", ({ editor }) => {
      listen(editor);
      editor.on("contentDom", () => listen(editor));
    });
    Object.values(CKEDITOR.instances).forEach((editor) => {
      listen(editor);
      editor.on("contentDom", () => listen(editor));
    });
  }
});
