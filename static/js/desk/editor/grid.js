/* The library to choose from: a search, a grid of pictures, and more of them. */
bodyEditor.grid = function (library, choose) {
  "use strict";

  const { make, field } = bodyEditor;
  // A search waits until the typing pauses for so many milliseconds.
  const PAUSE = 300;

  const search = make("input", { type: "search", autocomplete: "off" });
  const words = make("p", { class: "quiet", role: "status" });
  const list = make("ul", { class: "picture-grid" });
  const more = make("button", { type: "button", class: "button", text: gettext("More pictures"), hidden: true });
  const element = make("div", {}, field(gettext("Search the library"), search), words, list, more);
  const shown = new Map();
  let chosen = new Set();
  let asked = 0;
  let next = null;
  let waiting = 0;

  function tile(picture) {
    const button = make(
      "button",
      { type: "button", "aria-pressed": "false", "aria-disabled": picture.placeable ? null : "true" },
      make("img", { src: picture.thumbnail, alt: picture.alt, loading: "lazy" }),
      make("span", { class: "picture-title", text: picture.title }),
      picture.warning && make("span", { class: "picture-warning", text: picture.warning }),
    );
    if (picture.placeable) {
      button.addEventListener("click", () => choose(picture));
    }
    shown.set(picture.id, button);
    return make("li", {}, button);
  }

  function mark(ids) {
    chosen = ids;
    shown.forEach((button, id) => button.setAttribute("aria-pressed", ids.has(id)));
  }

  async function load(fromStart) {
    const turn = ++asked;
    words.textContent = gettext("Loading…");
    try {
      const answer = await library.find({ q: search.value.trim(), sau: fromStart ? "" : next });
      if (turn !== asked) {
        return;
      }
      if (fromStart) {
        list.replaceChildren();
        shown.clear();
      }
      list.append(...answer.pictures.map(tile));
      next = answer.next;
      more.hidden = !next;
      words.textContent = shown.size ? "" : gettext("No picture is found. Try fewer words, or upload one.");
      mark(chosen);
    } catch (error) {
      words.textContent = error.message;
    }
  }

  search.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(() => load(true), PAUSE);
  });
  more.addEventListener("click", () => load(false));

  return {
    element,
    mark,
    load: () => load(true),
    /* A picture that has just come in stands first. */
    add(picture) {
      if (!shown.has(picture.id)) {
        list.prepend(tile(picture));
      }
    },
  };
};
