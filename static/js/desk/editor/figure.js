/* A figure as HTML, and the way of its parts between the stored body and the editor's page.

   Stored: <figure class="align-left"><img data-picture="7" alt="…"><figcaption>Caption <small>credit</small></figcaption>
   </figure>. In the editor the credit is an attribute of the caption, shown by the style sheet: one types in the caption
   without touching it. The picture's address is filled in on the way in and never goes out. */
bodyEditor.figure = (function () {
  "use strict";

  const CAPTION_MARKUP = "br em strong sub sup u s; a[!href]";
  const encode = (text) => CKEDITOR.tools.htmlEncode(text);

  function captionHtml({ caption, captionMarkup, credit }) {
    const parts = [captionMarkup || encode(caption), credit && `<small>${encode(credit)}</small>`];
    return parts.filter(Boolean).join(" ");
  }

  /* The figure of a placing as it is stored; `captionMarkup` stands for a caption that holds more than text. */
  function html(placing) {
    const several = placing.pictures.length > 1;
    const name = several ? "gallery" : placing.align === "none" ? "" : "align-" + placing.align;
    const images = placing.pictures.map(
      ({ id, alt }) => `<img data-picture="${id}" alt="${CKEDITOR.tools.htmlEncodeAttr(alt || "")}">`,
    );
    const caption = captionHtml(placing);
    return (
      (name ? `<figure class="${name}">` : "<figure>") +
      images.join("") +
      (caption ? `<figcaption>${caption}</figcaption>` : "") +
      "</figure>"
    );
  }

  /* The library's pictures in a parsed element. */
  function images(element) {
    return element.find((child) => child.name === "img" && child.attributes["data-picture"], true);
  }

  /* HTML in which every picture of the library has its address: CKEditor drops an image without one. */
  function addressed(text, library) {
    return text.replace(/<img\b([^<>]*?)\bdata-picture="(\d+)"([^<>]*)>/g, function (_tag, before, id, after) {
      const others = (before + after).replace(/\s(?:data-cke-saved-)?src="[^"]*"/g, "");
      return `<img data-picture="${id}" src="${library.thumbnail(id)}" ${others}>`;
    });
  }

  /* A parsed figure on its way into the editor: the credit leaves the caption's text. */
  function open(figure) {
    let caption = figure.getFirst("figcaption");
    if (!caption) {
      caption = new CKEDITOR.htmlParser.element("figcaption");
      figure.add(caption);
    }
    const last = caption.children[caption.children.length - 1];
    if (last && last.name === "small" && last.children.every((child) => child.type === CKEDITOR.NODE_TEXT)) {
      caption.attributes["data-credit"] = CKEDITOR.tools.htmlDecode(last.getHtml());
      last.remove();
    }
  }

  /* The same on its way out. The caption is made anew: CKEditor fills the old one after this with what was typed. */
  function close(figure, widget) {
    images(figure).forEach(function (image) {
      delete image.attributes.src;
      delete image.attributes["data-cke-saved-src"];
    });
    const old = figure.getFirst("figcaption");
    const typed = widget.editables.caption.getData().replace(/(?:\s|&nbsp;|<br[^>]*>)+$/, "");
    const inside = captionHtml({ captionMarkup: typed, caption: "", credit: old.attributes["data-credit"] });
    const caption = new CKEDITOR.htmlParser.element("figcaption");
    caption.setHtml(inside);
    old.replaceWith(caption);
    if (!inside) {
      caption.remove();
    }
    return figure;
  }

  return { html, images, addressed, open, close, CAPTION_MARKUP };
})();
