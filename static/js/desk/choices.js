/* Names for the admin's fields of choices: select2 names them by what is chosen, the label of the form says what they
   are; the two lists of a choice of many have hints on elements that may carry none. */
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
    document.querySelectorAll(".selector .help-tooltip[aria-label]").forEach(function (hint) {
      hint.setAttribute("role", "img");
    });
  }

  // The admin makes its choices when jQuery is ready, the page is loaded or a row is added, which is about now.
  function soon() {
    setTimeout(nameAll, 0);
  }

  /* What select2's Vietnamese lacks, and would say in English. */
  function completeWords() {
    const loader = window.django && django.jQuery && django.jQuery.fn.select2 && django.jQuery.fn.select2.amd;
    if (loader) {
      loader.require(["select2/i18n/vi"], function (words) {
        words.errorLoading = () => gettext("The list could not be loaded.");
        words.removeAllItems = () => gettext("Remove all");
      });
    }
  }

  document.addEventListener("DOMContentLoaded", completeWords);
  document.addEventListener("DOMContentLoaded", soon);
  window.addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
})();
