/* A quick look opens in a window over the list. Without this file its link leads to a page of its own. */
"use strict";
(() => {
  const links = [...document.querySelectorAll("a.to-look")];
  if (!links.length || !window.HTMLDialogElement) return;

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const dialog = document.createElement("dialog");
  const place = document.createElement("div");
  const previous = button(gettext("‹ Previous"), () => step(-1));
  const next = button(gettext("Next ›"), () => step(1));
  const bar = document.createElement("p");
  dialog.className = "look-window";
  dialog.setAttribute("aria-labelledby", "look-title");
  bar.className = "look-bar";
  bar.append(previous, next, button(gettext("Close"), () => dialog.close()));
  dialog.append(bar, place);
  document.body.append(dialog);

  let current = 0;

  const show = async (index) => {
    current = index;
    previous.disabled = index === 0;
    next.disabled = index === links.length - 1;
    const address = links[index].href;
    const answer = await fetch(address).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    // Whoever has gone on meanwhile does not want the slower answer.
    if (current !== index || !dialog.open) return;
    const look = page && page.querySelector(".look");
    if (!look) {
      location.assign(address);
      return;
    }
    place.replaceChildren(document.importNode(look, true));
    dialog.scrollTop = 0;
    place.querySelector("#look-title").focus();
  };
  const step = (by) => {
    if (links[current + by]) show(current + by);
  };

  links.forEach((link, index) => {
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      place.replaceChildren();
      dialog.showModal();
      show(index);
    });
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  // A press beside the window closes it, like Esc.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => links[current].focus());
})();
