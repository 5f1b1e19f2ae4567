/* The pictures that are about to be placed, in their order, and what is said of this placing. */
bodyEditor.chosen = function (library, values, changed) {
  "use strict";

  const { make, field } = bodyEditor;
  let pictures = values.pictures.slice();
  let captionTyped = Boolean(values.caption) || pictures.length > 0;

  const list = make("ol", { class: "chosen-list" });
  const none = make("p", { class: "quiet", text: gettext("Nothing chosen yet. Several pictures become a gallery.") });
  const caption = make("textarea", { rows: 3, on: { input: () => (captionTyped = true) } });
  const credit = make("input", { type: "text" });
  const alignment = make("fieldset", { class: "picture-field" }, make("legend", { text: gettext("Alignment") }));
  const SIDES = { none: gettext("Full width"), left: gettext("Left"), right: gettext("Right") };
  Object.entries(SIDES).forEach(function ([side, name]) {
    const radio = make("input", { type: "radio", name: "picture-side", value: side, checked: side === values.align });
    alignment.append(make("label", {}, radio, name));
  });
  const element = make(
    "div",
    {},
    make("h3", { text: gettext("Chosen") }),
    none,
    list,
    field(gettext("Caption"), caption),
    field(gettext("Credit"), credit, gettext("A name such as Trường Khanh, or a kind such as Ảnh tư liệu. Empty: the picture's own.")),
    alignment,
  );
  caption.value = values.caption;
  credit.value = values.credit;

  function button(name, text, picture, run) {
    const label = name + ": " + picture.title;
    return make("button", { type: "button", class: "small-button", "aria-label": label, title: name, text, on: { click: run } });
  }

  function move(picture, step) {
    const at = pictures.indexOf(picture);
    pictures.splice(at, 1);
    pictures.splice(at + step, 0, picture);
    show();
    list.children[at + step].querySelector("button").focus();
  }

  function item(picture, at) {
    const lacks = picture.alt
      ? make("span", { class: "quiet", text: gettext("Alternative text") + ": " + picture.alt })
      : make(
          "a",
          { class: "picture-warning", href: library.form(picture.id), target: "_blank" },
          gettext("Its alternative text is missing. Add it in a new tab."),
        );
    return make(
      "li",
      {},
      make("img", { src: picture.thumbnail, alt: "" }),
      make("div", {}, make("strong", { text: picture.title }), lacks),
      make(
        "div",
        { class: "chosen-acts" },
        at > 0 && button(gettext("Move up"), "↑", picture, () => move(picture, -1)),
        at < pictures.length - 1 && button(gettext("Move down"), "↓", picture, () => move(picture, 1)),
        button(gettext("Take out"), "✕", picture, () => toggle(picture)),
      ),
    );
  }

  function show() {
    none.hidden = pictures.length > 0;
    list.replaceChildren(...pictures.map(item));
    alignment.hidden = pictures.length > 1;
    const own = Array.from(new Set(pictures.map((picture) => picture.credit).filter(Boolean)));
    credit.placeholder = own.join(", ");
    if (!captionTyped) {
      caption.value = pictures.length === 1 ? pictures[0].caption : "";
    }
    changed(new Set(pictures.map((picture) => picture.id)));
  }

  function toggle(picture) {
    const known = pictures.find((other) => other.id === picture.id);
    pictures = known ? pictures.filter((other) => other !== known) : pictures.concat(picture);
    show();
  }

  /* What was amended in another tab meanwhile, such as an alternative text. */
  async function refresh() {
    const ids = pictures.map((picture) => picture.id);
    const answer = ids.length ? await library.find({ so: ids.join() }).catch(() => null) : null;
    if (answer) {
      const now = new Map(answer.pictures.map((picture) => [picture.id, picture]));
      pictures = pictures.map((picture) => now.get(picture.id) || picture);
      show();
    }
  }

  return {
    element,
    show,
    toggle,
    refresh,
    add(picture) {
      if (!pictures.some((other) => other.id === picture.id)) {
        toggle(picture);
      }
    },
    /* { pictures, caption, credit, align }: all that a placing is. */
    read() {
      const side = alignment.querySelector(":checked");
      return {
        pictures,
        caption: caption.value.trim(),
        credit: credit.value.trim(),
        align: pictures.length === 1 && side ? side.value : "none",
      };
    },
  };
};
