/* What comes from other programs is cleaned before it enters the text, and the person is told what stayed outside. */
(function () {
  "use strict";

  CKEDITOR.plugins.add("deskpaste", {
    requires: "clipboard,pastefromword,deskcount",
    init(editor) {
      // After CKEditor's own readers of Word and Google Docs (3), before it decides what kind of text this is (6).
      editor.on(
        "paste",
        function (event) {
          const { dataTransfer, dataValue } = event.data;
          if (!dataValue || dataTransfer.getTransferType(editor) !== CKEDITOR.DATA_TRANSFER_EXTERNAL) {
            return;
          }
          const { html, pictures } = bodyEditor.cleanPasted(dataValue);
          event.data.dataValue = html;
          editor.say(
            pictures
              ? interpolate(
                  ngettext(
                    "%s picture was left out; please upload it to the library.",
                    "%s pictures were left out; please upload them to the library.",
                    pictures,
                  ),
                  [pictures],
                )
              : "",
          );
        },
        null,
        null,
        5,
      );
    },
  });
})();
