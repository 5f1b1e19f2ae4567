/* Where something of ours goes into the text, and how. */
(function () {
  "use strict";

  /* A point behind what is selected; behind the whole figure where one stands in it; the end of an untouched text. */
  function pointOf(editor, widget) {
    const point = editor.createRange();
    const selection = editor.getSelection();
    const [selected] = selection ? selection.getRanges() : [];
    const around = widget || editor.widgets.focused || (selected && editor.widgets.getByElement(selection.getStartElement()));
    if (around) {
      point.moveToPosition(around.wrapper, CKEDITOR.POSITION_AFTER_END);
    } else if (selected) {
      point.setStart(selected.endContainer, selected.endOffset);
    } else {
      point.moveToPosition(editor.editable(), CKEDITOR.POSITION_BEFORE_END);
    }
    point.collapse(true);
    return point;
  }

  /* Remembers the place for an answer that takes its time: the text around it may change meanwhile. The function that
     it gives returns the range; `widget`, if given, is gone then, and the range stands in its stead. */
  bodyEditor.keepPlace = function (editor, widget) {
    const point = pointOf(editor, widget);
    // The browser itself moves its own ranges along.
    const live = editor.document.$.createRange();
    live.setStart(point.startContainer.$, point.startOffset);
    return function () {
      const now = editor.createRange();
      if (editor.editable().$.contains(live.startContainer)) {
        now.setStart(new CKEDITOR.dom.node(live.startContainer), live.startOffset);
      } else {
        now.moveToPosition(editor.editable(), CKEDITOR.POSITION_BEFORE_END);
      }
      now.collapse(true);
      if (widget) {
        const { wrapper } = widget;
        now.setStartBefore(wrapper);
        now.collapse(true);
        editor.widgets.destroy(widget, true);
        wrapper.remove();
      }
      return now;
    };
  };

  /* Puts HTML of ours at a range that `keepPlace` gave; one step for undo. */
  bodyEditor.insert = function (editor, html, where) {
    editor.fire("saveSnapshot");
    editor.fire("lockSnapshot", { dontUpdate: true });
    editor.insertHtml(html, "html", where());
    editor.fire("unlockSnapshot");
    editor.fire("saveSnapshot");
  };
})();
