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

  function goTo(event, link) {
    const { field: name, sought } = link.dataset;
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

  /* The button of the schedule says the time that stands in the fields. */
  function followTime() {
    const button = document.querySelector("[name=_schedule]");
    const fields = ["id_published_at_0", "id_published_at_1"].map((id) => document.getElementById(id));
    if (!button || !fields[0]) {
      return;
    }
    const before = button.textContent;
    const days = ["hôm nay", "ngày mai"].map((word, ahead) => {
      const day = new Date(Date.now() + ahead * 86400000);
      return [day.toLocaleDateString("en-GB", { timeZone: "Asia/Ho_Chi_Minh" }), word];
    });
    const show = function () {
      const [day, time] = fields.map((field) => field.value.trim());
      const isWhole = /^\d\d?\/\d\d?\/\d{4}$/.test(day) && /^\d\d?:\d\d$/.test(time);
      const padded = day.replace(/\b\d\b/g, "0$&");
      const words = (days.find((found) => found[0] === padded) || [0, day])[1];
      button.textContent = isWhole ? interpolate(gettext("Publish at %s"), [time + " " + words]) : before;
    };
    // The calendar and the clock of the admin write into the fields without telling.
    fields.forEach((field) => ["input", "change", "focus"].forEach((kind) => field.addEventListener(kind, show)));
    document.addEventListener("click", () => setTimeout(show, 0));
  }

  document.addEventListener("DOMContentLoaded", function () {
    followTime();
    document.querySelectorAll("textarea[data-letters], textarea[data-words]").forEach(count);
    document.querySelectorAll("textarea[data-letters]").forEach(oneLine);
    document.querySelectorAll("[data-thumbnail]").forEach(followPicture);
    // The checks are drawn anew when the story saves itself.
    document.addEventListener("click", function (event) {
      const link = event.target.closest(".checks a[data-field]");
      if (link) {
        goTo(event, link);
      }
    });
  });
})();
