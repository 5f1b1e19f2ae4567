/* Pictures of the library in the text: image2 carries a single figure, a widget of ours a gallery. Both are placed and
   changed in our own window; the caption is typed in place. */
(function () {
  "use strict";

  const { figure } = bodyEditor;

  /* What a widget shows now, as the window takes it. */
  function placingOf(widget) {
    const caption = widget.element.findOne("figcaption");
    return {
      ids: widget.element.find("img[data-picture]").toArray().map((image) => image.getAttribute("data-picture")),
      caption: caption ? caption.getText().trim() : "",
      captionMarkup: caption ? widget.editables.caption.getData() : "",
      credit: (caption && caption.getAttribute("data-credit")) || "",
      align: widget.data.align || "none",
    };
  }

  const NOTHING = { ids: [], caption: "", captionMarkup: "", credit: "", align: "none" };

  /* The library's words on pictures that stand in the text; where it does not answer, their numbers. */
  async function picturesOf(library, ids) {
    const answer = ids.length ? await library.find({ so: ids.join() }).catch(() => null) : null;
    const known = new Map(answer && answer.pictures.map((picture) => [String(picture.id), picture]));
    return ids.map(
      (id) =>
        known.get(id) || {
          id: Number(id),
          title: gettext("Picture") + " " + id,
          alt: "",
          caption: "",
          credit: "",
          thumbnail: library.thumbnail(id),
        },
    );
  }

  /* Asks in our window and places what was chosen: at a kept place, with files that wait for a decision. */
  bodyEditor.placePictures = async function (editor, where, { before = NOTHING, waiting = [] } = {}) {
    const pictures = await picturesOf(editor.library, before.ids);
    const placing = await bodyEditor.choosePictures(editor.library, { ...before, pictures }, waiting);
    editor.focus();
    if (placing) {
      const captionMarkup = placing.caption === before.caption ? before.captionMarkup : "";
      bodyEditor.insert(editor, figure.html({ ...placing, captionMarkup }), where);
    }
  };

  function change(widget) {
    const { editor } = widget;
    bodyEditor.placePictures(editor, bodyEditor.keepPlace(editor, widget), { before: placingOf(widget) });
  }

  /* image2 as we use it: its window with addresses gives way to ours, its class for captions is never stored. */
  function adaptImage2(definition) {
    const { upcast, downcast, features } = definition;
    definition.dialog = undefined;
    definition.requiredContent = "img[data-picture]";
    definition.pathName = gettext("Picture");
    features.align.requiredContent = "figure(align-left)";
    definition.editables.caption.allowedContent = figure.CAPTION_MARKUP;
    definition.upcast = function (element, data) {
      if (element.name !== "figure" || isGallery(element) || figure.images(element).length !== 1) {
        return undefined;
      }
      element.addClass("image");
      figure.open(element);
      return upcast.call(this, element, data);
    };
    definition.downcast = function (element) {
      const lowered = downcast.call(this, element);
      lowered.removeClass("image");
      return figure.close(lowered, this);
    };
    definition.edit = function () {
      change(this);
    };
  }

  /* A figure at the very end would leave no line to go on writing. */
  function leaveRoom(editor) {
    const last = editor.editable().getLast();
    if (last && last.type === CKEDITOR.NODE_ELEMENT && last.hasAttribute("data-cke-widget-wrapper")) {
      const line = editor.document.createElement("p");
      line.appendBogus();
      editor.editable().append(line);
    }
  }

  function isGallery(element) {
    return element.hasClass("gallery") || figure.images(element).length > 1;
  }

  function addGallery(editor) {
    editor.widgets.add("gallery", {
      editables: { caption: { selector: "figcaption", allowedContent: figure.CAPTION_MARKUP } },
      requiredContent: "figure(gallery)",
      pathName: gettext("Gallery"),
      upcast(element) {
        if (element.name !== "figure" || !figure.images(element).length || !isGallery(element)) {
          return false;
        }
        figure.open(element);
        return true;
      },
      downcast(element) {
        return figure.close(element, this);
      },
      edit() {
        change(this);
      },
    });
  }

  CKEDITOR.plugins.add("deskpictures", {
    requires: "widget",
    beforeInit(editor) {
      editor.library = bodyEditor.library(editor.config.pictures);
      editor.on("widgetDefinition", function (found) {
        if (found.data.name === "image") {
          adaptImage2(found.data);
        }
      });
    },
    init(editor) {
      const address = (event) => (event.data.dataValue = figure.addressed(event.data.dataValue, editor.library));
      editor.on("toHtml", address, null, null, 1);
      editor.on("afterInsertHtml", () => leaveRoom(editor));
      addGallery(editor);
      editor.addCommand("deskpicture", {
        requiredContent: "img[data-picture]",
        exec() {
          const focused = editor.widgets.focused;
          if (focused && ["image", "gallery"].includes(focused.name)) {
            change(focused);
          } else {
            bodyEditor.placePictures(editor, bodyEditor.keepPlace(editor));
          }
        },
      });
      editor.ui.addButton("DeskPicture", { label: gettext("Picture"), command: "deskpicture", toolbar: "insert" });
      CKEDITOR.addCss(`figcaption:has(> br:only-child)::before { content: ${JSON.stringify(gettext("Caption"))}; }`);
    },
  });
})();
