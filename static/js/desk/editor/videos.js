/* Videos of the listed hosts: an address pasted on its own, or asked for by a button. In the editor each is a plain
   field with words; the foreign player is never loaded here. */
(function () {
  "use strict";

  const { make, field, ask } = bodyEditor;
  const NAMES = { "www.youtube-nocookie.com": "YouTube", "player.vimeo.com": "Vimeo" };

  /* Seconds of "90", "90s" or "1m30s"; 0 for anything else. */
  function seconds(text) {
    const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text || "");
    return found ? Number(found[1] || 0) * 3600 + Number(found[2] || 0) * 60 + Number(found[3] || 0) : 0;
  }

  function youtube(address) {
    const [, first, second] = address.pathname.split("/");
    const short = address.hostname === "youtu.be";
    const listed = ["shorts", "live", "embed"].includes(first) ? second : first === "watch" && address.searchParams.get("v");
    const id = short ? first : listed;
    if (!/^[\w-]{6,20}$/.test(id || "")) {
      return null;
    }
    const start = seconds(address.searchParams.get("t") || address.searchParams.get("start"));
    return "https://www.youtube-nocookie.com/embed/" + id + (start ? "?start=" + start : "");
  }

  function vimeo(address) {
    const found = /^\/(?:video\/)?(\d{4,15})(?:\/(\w+))?\/?$/.exec(address.pathname);
    if (!found) {
      return null;
    }
    const secret = found[2] || address.searchParams.get("h");
    return "https://player.vimeo.com/video/" + found[1] + (/^\w+$/.test(secret || "") ? "?h=" + secret : "");
  }

  const HOSTS = {
    "youtube.com": youtube,
    "m.youtube.com": youtube,
    "youtu.be": youtube,
    "youtube-nocookie.com": youtube,
    "vimeo.com": vimeo,
    "player.vimeo.com": vimeo,
  };

  /* The player's address of a video's page; null for anything that is no video of a listed host. */
  bodyEditor.playerOf = function (text) {
    let address;
    try {
      address = new URL(/^\w+:\/\//.test(text) ? text : "https://" + text);
    } catch {
      return null;
    }
    const read = HOSTS[address.hostname.replace(/^www\./, "")];
    return read && /^https?:$/.test(address.protocol) ? read(address) : null;
  };

  /* The figure of a video as it is stored. */
  bodyEditor.videoHtml = function (player, { title, caption, captionMarkup } = {}) {
    const attribute = CKEDITOR.tools.htmlEncodeAttr;
    const name = title || gettext("Video") + " " + NAMES[new URL(player).hostname];
    const words = captionMarkup || CKEDITOR.tools.htmlEncode(caption || "");
    return (
      `<figure><iframe src="${attribute(player)}" title="${attribute(name)}"></iframe>` +
      (words ? `<figcaption>${words}</figcaption>` : "") +
      "</figure>"
    );
  };

  function placeholder(frame) {
    const { src = "", title = "" } = frame.attributes;
    const element = new CKEDITOR.htmlParser.element("div", { class: "video-place", "data-player": src, "data-title": title });
    const words = title + " · " + src.replace(/^https:\/\//, "");
    element.add(new CKEDITOR.htmlParser.text(CKEDITOR.tools.htmlEncode(words)));
    return element;
  }

  /* A parsed frame, and its figure if it stands in one, as the widget shows it; undefined for anything else. */
  function open(element) {
    if (element.name === "iframe") {
      const figure = new CKEDITOR.htmlParser.element("figure");
      element.replaceWith(figure);
      figure.add(element);
      element = figure;
    }
    const frame = element.name === "figure" && element.getFirst("iframe");
    if (!frame) {
      return undefined;
    }
    frame.replaceWith(placeholder(frame));
    if (!element.getFirst("figcaption")) {
      element.add(new CKEDITOR.htmlParser.element("figcaption"));
    }
    return element;
  }

  /* The figure as it is stored. Where the field has been torn out of it, what is left of the figure stays: an editor
     who cannot read out the text cannot save it. */
  function close(element) {
    const shown = element.getFirst((child) => child.attributes && child.attributes["data-player"]);
    if (shown) {
      const { "data-player": src, "data-title": title = "" } = shown.attributes;
      shown.replaceWith(new CKEDITOR.htmlParser.element("iframe", { src, title }));
    }
    const caption = element.getFirst("figcaption");
    if (caption && !caption.getHtml().replace(/<br[^>]*>|&nbsp;|\s/g, "")) {
      caption.remove();
    }
    return element;
  }

  function valuesOf(widget) {
    const shown = widget.element.findOne(".video-place");
    const caption = widget.editables.caption;
    return {
      address: shown ? shown.getAttribute("data-player") : "",
      title: shown ? shown.getAttribute("data-title") : "",
      caption: caption.getText().trim(),
      captionMarkup: caption.getData(),
    };
  }

  function askForVideo(values) {
    return ask(gettext("Video"), function (dialog, finish) {
      const address = make("input", { type: "url", value: values.address, "data-first": true });
      const title = make("input", { type: "text", value: values.title, maxlength: 150 });
      const caption = make("textarea", { rows: 2 });
      const news = make("p", { class: "picture-warning", role: "alert" });
      const place = function () {
        const player = bodyEditor.playerOf(address.value.trim());
        if (player) {
          finish({ player, title: title.value.trim(), caption: caption.value.trim() });
        } else {
          news.textContent = gettext("This is no video of YouTube or Vimeo. Please copy the address of the video's own page.");
          address.focus();
        }
      };
      caption.value = values.caption;
      dialog.addEventListener("keydown", function (event) {
        if (event.key === "Enter" && event.target.tagName === "INPUT") {
          event.preventDefault();
          place();
        }
      });
      dialog.append(
        field(gettext("Address of the video"), address, gettext("From YouTube or Vimeo.")),
        field(gettext("What the video shows"), title, gettext("For those who cannot see it.")),
        field(gettext("Caption"), caption),
        make("footer", {}, news, make("button", { type: "button", class: "button main", text: gettext("Place in the story"), on: { click: place } })),
      );
    });
  }

  async function edit(editor, widget) {
    const before = widget ? valuesOf(widget) : { address: "", title: "", caption: "", captionMarkup: "" };
    const where = bodyEditor.keepPlace(editor, widget);
    await bodyEditor.dress(editor.library.sheet);
    const said = await askForVideo(before);
    editor.focus();
    if (said) {
      const captionMarkup = said.caption === before.caption ? before.captionMarkup : "";
      bodyEditor.insert(editor, bodyEditor.videoHtml(said.player, { ...said, captionMarkup }), where);
    }
  }

  CKEDITOR.plugins.add("deskvideos", {
    requires: "widget,deskpictures",
    init(editor) {
      editor.widgets.add("video", {
        editables: { caption: { selector: "figcaption", allowedContent: bodyEditor.figure.CAPTION_MARKUP } },
        requiredContent: "iframe[src]",
        pathName: gettext("Video"),
        upcast: open,
        downcast: close,
        edit() {
          edit(editor, this);
        },
      });
      editor.addCommand("deskvideo", {
        requiredContent: "iframe[src]",
        exec() {
          const focused = editor.widgets.focused;
          edit(editor, focused && focused.name === "video" ? focused : null);
        },
      });
      editor.ui.addButton("DeskVideo", { label: gettext("Video"), command: "deskvideo", toolbar: "insert" });
      editor.on("paste", function (event) {
        const text = event.data.dataTransfer.getData("text/plain").trim();
        const player = !/\s/.test(text) && bodyEditor.playerOf(text);
        if (player) {
          event.data.dataValue = bodyEditor.videoHtml(player);
          event.data.type = "html";
        }
      });
    },
  });
})();
