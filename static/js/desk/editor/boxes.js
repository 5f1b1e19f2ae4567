/* The named styles that hold several paragraphs: the info box and the pull quote. A second press takes them away. */
(function () {
  "use strict";

  /* The blocks that stand directly in the text and hold the selection, in their order. */
  function selectedBlocks(editor) {
    const range = editor.getSelection().getRanges()[0];
    const body = editor.editable();
    const top = (node) => node.getParents(true).find((parent) => parent.getParent() && parent.getParent().equals(body));
    const last = top(range.endContainer);
    const blocks = [];
    let block = top(range.startContainer);
    while (block) {
      blocks.push(block);
      block = block.equals(last) ? null : block.getNext();
    }
    return blocks;
  }

  function wrap(editor, name, className) {
    const box = editor.document.createElement(name, { attributes: { class: className } });
    const blocks = selectedBlocks(editor);
    if (blocks.length) {
      box.insertBefore(blocks[0]);
      blocks.forEach((block) => box.append(block));
    }
    return box;
  }

  function unwrap(box) {
    box.remove(true);
  }

  /* A speaker's line under the words that are quoted, to be typed in. */
  function addSpeaker(editor, quote) {
    const line = editor.document.createElement("p", { attributes: { class: "speaker" } });
    line.appendBogus();
    quote.append(line);
  }

  function command(name, className, afterWrap) {
    const isOurs = (element) => element.is(name) && element.hasClass(className);
    return {
      contextSensitive: true,
      requiredContent: `${name}(${className})`,
      refresh(editor, path) {
        this.setState(path.contains(isOurs) ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
      },
      exec(editor) {
        const box = editor.elementPath().contains(isOurs);
        const selected = editor.getSelection().createBookmarks();
        if (box) {
          unwrap(box);
        } else {
          afterWrap(editor, wrap(editor, name, className));
        }
        editor.getSelection().selectBookmarks(selected);
      },
    };
  }

  CKEDITOR.plugins.add("deskboxes", {
    init(editor) {
      editor.addCommand("deskbox", command("div", "info-box", () => {}));
      editor.addCommand("deskquote", command("blockquote", "pull-quote", addSpeaker));
      editor.ui.addButton("DeskBox", { label: gettext("Info box"), command: "deskbox", toolbar: "insert" });
      editor.ui.addButton("DeskQuote", { label: gettext("Pull quote"), command: "deskquote", toolbar: "insert" });
      CKEDITOR.addCss(`p.speaker:has(> br:only-child)::before { content: ${JSON.stringify(gettext("Who says it"))}; }`);
    },
  });
})();
