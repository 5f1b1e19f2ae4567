/* Below the editor: how long the text is, and what has just happened to it. */
(function () {
  "use strict";

  const { make } = bodyEditor;
  // Counting waits until the typing pauses for so many milliseconds.
  const PAUSE = 300;

  /* { letters, words } of HTML as readers see it. */
  bodyEditor.measure = function (html) {
    const spaced = html.replace(/<\/(p|h2|h3|li|td|th|caption|figcaption)>|<br[^>]*>/g, " $&");
    const text = new DOMParser().parseFromString(spaced, "text/html").body.textContent;
    const words = text.split(/\s+/).filter(Boolean);
    return { words: words.length, letters: Array.from(words.join(" ")).length };
  };

  CKEDITOR.plugins.add("deskcount", {
    init(editor) {
      const count = make("p", { class: "count" });
      const news = make("p", { class: "editor-news", role: "status" });
      const show = function () {
        const { words, letters } = bodyEditor.measure(editor.getData());
        const number = (value) => value.toLocaleString("vi");
        count.textContent =
          number(words) + " " + gettext("words") + " · " + number(letters) + " " + gettext("characters");
      };
      let waiting = 0;
      editor.on("instanceReady", function () {
        count.id = editor.element.getId() + "_count";
        editor.container.$.after(news, count);
        show();
      });
      editor.on("change", function () {
        clearTimeout(waiting);
        waiting = setTimeout(show, PAUSE);
      });
      /* One sentence for the person at the desk; an error stays until the next one. */
      editor.say = function (words, isError) {
        news.textContent = words;
        news.classList.toggle("over", Boolean(isError));
      };
    },
  });
})();
