/* Files on their way into the library, one after the other: a row for each, with progress and plain words. */
bodyEditor.uploads = function (library, found) {
  "use strict";

  const { make } = bodyEditor;
  const list = make("ul", { class: "upload-list", "aria-live": "polite" });
  let queue = Promise.resolve();

  /* { element, tell(words, isError), progress(share), choices } of one file. */
  function row(file) {
    const words = make("span", { class: "upload-words", text: gettext("Waiting") });
    const bar = make("progress", { max: 1, value: 0, "aria-label": file.name });
    const choices = make("span", { class: "upload-choices" });
    const element = make("li", {}, make("strong", { text: file.name }), bar, words, choices);
    return {
      element,
      choices,
      tell(text, isError) {
        bar.remove();
        words.textContent = text;
        element.classList.toggle("upload-failed", Boolean(isError));
      },
      progress(share) {
        element.classList.remove("upload-failed");
        choices.replaceChildren();
        words.before(bar);
        bar.value = share;
        words.textContent = share < 1 ? Math.round(share * 100) + " %" : gettext("The server is working on it…");
      },
    };
  }

  function settle(shown, file, answer) {
    shown.choices.replaceChildren();
    if (answer.picture) {
      shown.tell(gettext("In the library"));
      found(answer.picture);
    } else if (answer.same) {
      const { placeable, warning } = answer.same;
      shown.tell(placeable ? gettext("The library has this picture already; it is used.") : warning, !placeable);
      found(answer.same);
    } else {
      shown.tell(answer.error, true);
      offer(shown, file, answer.alike || []);
      if (answer.again) {
        shown.choices.append(button(gettext("Try again"), () => enqueue(shown, file, false)));
      }
    }
  }

  function button(text, run) {
    return make("button", { type: "button", class: "button", text, on: { click: run } });
  }

  /* Near-identical pictures: one of them is taken, or the file all the same. */
  function offer(shown, file, alike) {
    if (!alike.length) {
      return;
    }
    const use = (picture) =>
      make(
        "button",
        { type: "button", class: "button", on: { click: () => settle(shown, file, { same: picture }) } },
        make("img", { src: picture.thumbnail, alt: "", width: 72 }),
        gettext("Use this one") + ": " + picture.title,
      );
    const keep = button(gettext("Upload my file all the same"), () => enqueue(shown, file, true));
    shown.choices.replaceChildren(...alike.map(use), keep);
  }

  function enqueue(shown, file, keep) {
    queue = queue.then(async function () {
      settle(shown, file, await library.send(file, keep, shown.progress));
    });
  }

  return {
    element: list,
    take(files) {
      Array.from(files).forEach(function (file) {
        const shown = row(file);
        list.prepend(shown.element);
        enqueue(shown, file, false);
      });
    },
    /* A file that has been sent elsewhere and awaits a choice. */
    show(file, answer) {
      const shown = row(file);
      list.prepend(shown.element);
      settle(shown, file, answer);
    },
  };
};
