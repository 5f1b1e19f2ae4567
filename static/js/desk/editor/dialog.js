/* The window in which pictures are uploaded, chosen and captioned. */
bodyEditor.choosePictures = async function (library, values, waiting) {
  "use strict";

  const { make, ask } = bodyEditor;
  await bodyEditor.dress(library.sheet);

  function dropPlace(uploads) {
    const input = make("input", {
      type: "file",
      multiple: true,
      accept: "image/jpeg,image/png,image/webp",
      on: {
        change() {
          uploads.take(input.files);
          input.value = "";
        },
      },
    });
    return make("label", { class: "drop-place" }, make("span", { text: gettext("Drop photos here, or choose files") }), input);
  }

  function acceptDrops(dialog, uploads) {
    const hold = function (event) {
      if (event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
        dialog.classList.toggle("drops", event.type === "dragover");
      }
    };
    ["dragover", "dragleave", "drop"].forEach((name) => dialog.addEventListener(name, hold));
    dialog.addEventListener("drop", (event) => uploads.take(event.dataTransfer.files));
  }

  return ask(values.pictures.length ? gettext("Change the picture") : gettext("Pictures"), function (dialog, finish) {
    const place = make("button", { type: "button", class: "button main", text: gettext("Place in the story") });
    const news = make("p", { class: "picture-warning", role: "alert" });
    const grid = bodyEditor.grid(library, (picture) => chosen.toggle(picture));
    const chosen = bodyEditor.chosen(library, values, (ids) => grid.mark(ids));
    const uploads = bodyEditor.uploads(library, function (picture) {
      grid.add(picture);
      if (picture.placeable) {
        chosen.add(picture);
      }
    });
    place.addEventListener("click", function () {
      const said = chosen.read();
      news.textContent = said.pictures.length ? "" : gettext("Please choose a picture first.");
      if (said.pictures.length) {
        finish(said);
      }
    });
    window.addEventListener("focus", chosen.refresh);
    dialog.addEventListener("close", () => window.removeEventListener("focus", chosen.refresh));
    acceptDrops(dialog, uploads);
    dialog.classList.add("picture-dialog");
    dialog.append(
      make("section", { class: "dialog-library" }, dropPlace(uploads), uploads.element, grid.element),
      make("section", { class: "dialog-chosen" }, chosen.element),
      make("footer", {}, news, place),
    );
    chosen.show();
    grid.load();
    waiting.forEach(({ file, answer }) => uploads.show(file, answer));
  });
};
