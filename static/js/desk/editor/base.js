/* What the parts of the editor share. Each of them adds one function to `bodyEditor`, or one plugin to CKEDITOR. */
window.bodyEditor = (function () {
  "use strict";

  /* An element in one line: make("p", { class: "quiet", text: "…", on: { click: run } }, child, …). */
  function make(name, settings, ...children) {
    const element = document.createElement(name);
    Object.entries(settings || {}).forEach(function ([key, value]) {
      if (key === "text") {
        element.textContent = value;
      } else if (key === "on") {
        Object.entries(value).forEach(([event, run]) => element.addEventListener(event, run));
      } else if (value !== false && value !== null && value !== undefined) {
        element.setAttribute(key, value === true ? "" : value);
      }
    });
    element.append(...children.filter(Boolean));
    return element;
  }

  /* A field with its label above it. */
  function field(label, input, hint) {
    const id = "picture-field-" + Math.random().toString(36).slice(2);
    input.id = id;
    return make(
      "p",
      { class: "picture-field" },
      make("label", { for: id, text: label }),
      input,
      hint && make("span", { class: "help", text: hint }),
    );
  }

  /* A window of ours over the page. Resolves to what `finish(value)` was called with; null if it was closed. */
  function ask(title, fill) {
    return new Promise(function (resolve) {
      let answer = null;
      const heading = make("h2", { id: "desk-dialog-title", tabindex: -1, text: title });
      const close = make("button", {
        type: "button",
        class: "dialog-close",
        "aria-label": gettext("Close"),
        text: "✕",
        on: { click: () => dialog.close() },
      });
      const dialog = make(
        "dialog",
        { class: "desk-dialog", "aria-labelledby": heading.id },
        make("header", {}, heading, close),
      );
      dialog.addEventListener("close", function () {
        dialog.remove();
        resolve(answer);
      });
      fill(dialog, function (value) {
        answer = value;
        dialog.close();
      });
      document.body.append(dialog);
      dialog.showModal();
      (dialog.querySelector("[data-first]") || heading).focus();
    });
  }

  /* Loads the sheet of the dialogs when the first one opens. */
  function dress(address) {
    if (document.querySelector(`link[href="${address}"]`)) {
      return Promise.resolve();
    }
    return new Promise(function (resolve) {
      const sheet = make("link", { rel: "stylesheet", href: address, on: { load: resolve, error: resolve } });
      document.head.append(sheet);
    });
  }

  return { make, field, ask, dress };
})();
