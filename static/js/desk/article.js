/* The form of a story: counts, growing fields, the chosen picture, links from the checks. All of it only adds. */
(function () {
  "use strict";

  function words(text) {
    return text.split(/\s+/).filter(Boolean).length;
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 2 + "px";
  }

  function count(area) {
    const byLetters = Boolean(area.dataset.letters);
    const limit = Number(area.dataset.letters || area.dataset.words);
    const line = document.createElement("span");
    line.className = "count";
    line.id = area.id + "_count";
    area.after(line);
    const show = function () {
      const letters = Array.from(area.value.trim()).length;
      const number = byLetters ? letters : words(area.value);
      line.textContent = byLetters
        ? number + "/" + limit + " " + gettext("characters")
        : letters + " " + gettext("characters") + " · " + number + "/" + limit + " " + gettext("words");
      line.classList.toggle("over", number > limit);
      grow(area);
    };
    area.addEventListener("input", show);
    show();
  }

  function oneLine(area) {
    area.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
      }
    });
  }

  function followPicture(place) {
    const field = document.getElementById(place.dataset.thumbnail);
    if (!field) {
      return;
    }
    let shown = field.value;
    // select2 speaks through jQuery; the admin reports a change on loading, too.
    django.jQuery(field).on("change", function () {
      if (field.value === shown) {
        return;
      }
      shown = field.value;
      place.replaceChildren();
      if (field.value) {
        const image = document.createElement("img");
        image.alt = "";
        image.src = place.dataset.address.replace("/0/", "/" + field.value + "/");
        place.append(image);
      }
    });
  }

  /* Selects the words that a check speaks of. Where they were changed since, the cursor is in their field at least. */
  function select(sought, area, editor) {
    if (editor) {
      const written = editor.window.$;
      written.getSelection().removeAllRanges();
      written.find(sought, true, false, true);
      return;
    }
    const at = area.value.normalize("NFC").indexOf(sought);
    if (at >= 0) {
      area.setSelectionRange(at, at + sought.length);
    }
  }

  function goTo(event) {
    const { field: name, sought } = event.currentTarget.dataset;
    const row = document.querySelector(".form-row.field-" + name);
    const editor = window.CKEDITOR && CKEDITOR.instances["id_" + name];
    if (!row) {
      return;
    }
    event.preventDefault();
    row.scrollIntoView({ block: "center" });
    if (editor) {
      editor.focus();
    } else {
      (row.querySelector(".select2-selection") || row.querySelector("input, textarea, select")).focus();
    }
    if (sought) {
      select(sought, row.querySelector("textarea"), editor);
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("textarea[data-letters], textarea[data-words]").forEach(count);
    document.querySelectorAll("textarea[data-letters]").forEach(oneLine);
    document.querySelectorAll("[data-thumbnail]").forEach(followPicture);
    document.querySelectorAll(".checks a[data-field]").forEach(function (link) {
      link.addEventListener("click", goTo);
    });
  });
})();
