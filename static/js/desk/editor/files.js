/* Photos pasted from the clipboard or dropped onto the text: through the upload view into the library, then a figure. */
(function () {
  "use strict";

  const { figure } = bodyEditor;

  function filesOf(transfer) {
    const files = [];
    for (let at = 0; at < transfer.getFilesCount(); at++) {
      files.push(transfer.getFile(at));
    }
    return files.filter(Boolean);
  }

  /* Word and Excel put a picture of the text beside the text; a browser puts the address beside the picture. */
  function isText(html) {
    return Boolean(new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim());
  }

  function place(editor, picture, where) {
    const { id, alt, caption } = picture;
    bodyEditor.insert(editor, figure.html({ pictures: [{ id, alt }], caption, credit: "", align: "none" }), where);
  }

  /* Sends files one by one; what could not simply be placed is asked about in the window of pictures. */
  async function take(editor, files, where) {
    const failed = [];
    const open = [];
    for (const [at, file] of files.entries()) {
      const answer = await editor.library.send(file, false, function (share) {
        const names = interpolate(gettext("Uploading picture %s of %s"), [at + 1, files.length]);
        editor.say(names + " · " + Math.round(share * 100) + " %");
      });
      const picture = answer.picture || answer.same;
      if (picture && picture.placeable) {
        place(editor, picture, where);
      } else if (answer.alike && answer.alike.length) {
        open.push({ file, answer });
      } else {
        failed.push(file.name + ": " + (picture ? picture.warning : answer.error));
      }
    }
    editor.say(failed.join(" ") || gettext("The pictures are in the library and in the text."), failed.length > 0);
    return open;
  }

  async function insertAll(editor, files) {
    const where = bodyEditor.keepPlace(editor);
    const open = await take(editor, files, where);
    if (open.length) {
      bodyEditor.placePictures(editor, where, { waiting: open });
    }
  }

  CKEDITOR.plugins.add("deskfiles", {
    requires: "clipboard,deskpictures",
    init(editor) {
      CKEDITOR.plugins.clipboard.addFileMatcher(editor, () => true);
      editor.on(
        "paste",
        function (event) {
          const { dataTransfer, dataValue } = event.data;
          const files = filesOf(dataTransfer);
          if (!files.length || isText(dataValue || dataTransfer.getData("text/html"))) {
            return;
          }
          event.cancel();
          insertAll(editor, files);
        },
        null,
        null,
        0,
      );
    },
  });
})();
