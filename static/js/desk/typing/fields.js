/* What stands in the form of a story, whatever widgets show it: read as data, written back from data. */
window.storyTyping = {};
(function () {
  "use strict";

  // What is no text of the story, and the empty line that the admin copies for a new credit.
  const LEFT_OUT = /^(csrfmiddlewaretoken|based_on|seen|tab)$|__prefix__/;
  // What a version does not hold: it is sent with the button alone.
  const ASIDE = /^(published_at_\d|marks_update|send_back_reason)$/;
  const BUTTONS = ["submit", "button", "reset", "image", "file"];

  function editor() {
    return window.CKEDITOR ? CKEDITOR.instances.id_body : null;
  }

  function isReady() {
    return !document.getElementById("id_body") || (editor() && editor().status === "ready");
  }

  function valuesOf(field) {
    if (field.tagName === "SELECT") {
      return Array.from(field.selectedOptions, (option) => [field.name, option.value, option.text]);
    }
    if ((field.type === "checkbox" || field.type === "radio") && !field.checked) {
      return [];
    }
    return [[field.name, field.id === "id_body" && isReady() ? editor().getData() : field.value]];
  }

  /* [[name, value, label of a choice], …] */
  function read(form) {
    return Array.from(form.elements)
      .filter((field) => field.name && !field.disabled && !BUTTONS.includes(field.type) && !LEFT_OUT.test(field.name))
      .flatMap(valuesOf);
  }

  function key(entries, isAside) {
    return JSON.stringify(entries.filter(([name]) => ASIDE.test(name) === Boolean(isAside)).map(([name, value]) => [name, value]));
  }

  /* The form as it would be sent now; of other entries, if they are given. */
  function data(form, entries) {
    const sent = new FormData();
    (entries || read(form)).forEach(([name, value]) => sent.append(name, value));
    ["based_on", "seen", "tab"].forEach(function (name) {
      if (form.elements[name]) {
        sent.append(name, form.elements[name].value);
      }
    });
    return sent;
  }

  function addCredits(form, entries) {
    const wanted = Number((entries.find(([name]) => name === "credits-TOTAL_FORMS") || [])[1]) || 0;
    const add = form.querySelector("#credits-group .add-row a");
    while (add && Number(form.elements["credits-TOTAL_FORMS"].value) < wanted) {
      add.click();
    }
  }

  function choose(field, chosen) {
    Array.from(field.options).forEach(function (option) {
      option.selected = false;
    });
    chosen.forEach(function ([, value, label]) {
      const known = Array.from(field.options).find((option) => option.value === value);
      const option = known || new Option(label, value);
      if (!known) {
        field.add(option);
      }
      option.selected = true;
    });
    django.jQuery(field).trigger("change");
  }

  function put(field, chosen) {
    if (field.tagName === "SELECT") {
      choose(field, chosen);
    } else if (field.type === "checkbox" || field.type === "radio") {
      field.checked = chosen.some(([, value]) => value === field.value);
    } else if (field.id === "id_body" && isReady()) {
      editor().setData(chosen.length ? chosen[0][1] : "");
    } else if (!/_FORMS$/.test(field.name)) {
      field.value = chosen.length ? chosen[0][1] : "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /* Writes entries into the form; fields that they do not name are emptied. */
  function fill(form, entries) {
    addCredits(form, entries);
    Array.from(form.elements)
      .filter((field) => field.name && !field.disabled && !BUTTONS.includes(field.type) && !LEFT_OUT.test(field.name))
      .forEach((field) => put(field, entries.filter(([name]) => name === field.name)));
  }

  /* A hidden field of the form, made where there is none yet. */
  function setHidden(form, name, value) {
    if (!form.elements[name]) {
      const made = Object.assign(document.createElement("input"), { type: "hidden", name });
      form.prepend(made);
    }
    form.elements[name].value = value;
  }

  storyTyping.fields = { editor, isReady, read, key, data, fill, setHidden };
})();
