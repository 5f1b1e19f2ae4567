/* Names for fields with choices by search: select2 names them by what is chosen, the label of the form says what they are. */
(function () {
  "use strict";

  function nameChoice(field) {
    const label = document.querySelector('label[for="' + field.id + '"]');
    const box = field.parentElement.querySelector(".select2-container");
    if (label && box) {
      box.querySelectorAll("[role=combobox], [role=textbox], input").forEach(function (part) {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", label.textContent.replace(":", "").trim());
      });
    }
  }

  function nameAll() {
    document.querySelectorAll("select.admin-autocomplete").forEach(nameChoice);
  }

  // The admin makes its choices when jQuery is ready or a row is added, which is about now.
  function soon() {
    setTimeout(nameAll, 0);
  }

  document.addEventListener("DOMContentLoaded", soon);
  document.addEventListener("formset:added", soon);
})();
