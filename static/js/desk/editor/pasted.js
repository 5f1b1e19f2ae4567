/* HTML from the clipboard, brought to what the paper has: paragraphs, two ranks of headings, lists, tables, emphasis.

   It works on a document of its own in which nothing runs and nothing is loaded. What slips through is stopped by the
   editor's filter and by the server's cleaner. */
(function () {
  "use strict";

  const RENAMED = { b: "strong", i: "em", strike: "s", del: "s", ins: "u", h1: "h2", h4: "h3", h5: "h3", h6: "h3" };
  const KEPT = new Set(
    "p h2 h3 strong em u s sub sup a ul ol li blockquote table caption thead tbody tr th td hr br iframe figure".split(" "),
  );
  const ATTRIBUTES = { a: ["href"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"], iframe: ["src", "title"] };
  const GONE =
    "script, style, meta, link, title, base, template, noscript, svg, math, object, embed, applet, audio, video, canvas, " +
    "input, select, textarea, button, col, colgroup, rt, rp, [hidden], [aria-hidden=true]";
  const BLOCKS =
    "p, h2, h3, ul, ol, li, blockquote, table, caption, thead, tbody, tr, td, th, hr, figure, div, section, article, " +
    "main, header, footer, aside, nav, address, center, dl, dt, dd, pre, form, fieldset, details, figcaption";
  const EMPTY = "p, h2, h3, strong, em, u, s, sub, sup, a, ul, ol, li, blockquote";

  const each = (root, selector, act) => Array.from(root.querySelectorAll(selector)).forEach(act);

  function rename(element, name) {
    const renamed = element.ownerDocument.createElement(name);
    renamed.append(...element.childNodes);
    Array.from(element.attributes).forEach(({ name: key, value }) => /^[a-z]+$/.test(key) && renamed.setAttribute(key, value));
    element.replaceWith(renamed);
    return renamed;
  }

  function unwrap(element) {
    element.replaceWith(...element.childNodes);
  }

  function dropComments(root) {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) {
      comments.push(walker.currentNode);
    }
    comments.forEach((comment) => comment.remove());
  }

  /* Pictures stay outside: their files are not in our library. Returns how many were worth a word. */
  function dropPictures(root) {
    const pictures = root.querySelectorAll('img:not([width="1"], [height="1"])');
    each(root, "img, picture, map", (element) => element.remove());
    return pictures.length;
  }

  /* The names of emphasis that a style attribute stands for. */
  function emphasisOf(style) {
    const said = (pattern) => pattern.test(style);
    return [
      said(/font-weight:\s*(bold|[6-9]00)/i) && "strong",
      said(/font-style:\s*(italic|oblique)/i) && "em",
      said(/text-decoration[^;]*:[^;]*underline/i) && "u",
      said(/text-decoration[^;]*:[^;]*line-through/i) && "s",
      said(/vertical-align:\s*super/i) && "sup",
      said(/vertical-align:\s*sub\b/i) && "sub",
    ].filter(Boolean);
  }

  function readStyles(root) {
    each(root, "[style]", function (element) {
      const style = element.getAttribute("style");
      if (/display:\s*none|mso-hide:\s*all/i.test(style)) {
        element.remove();
      } else if (element.matches("b, strong, i, em") && /font-(weight|style):\s*(normal|[34]00)/i.test(style)) {
        unwrap(element); // Google Docs wraps all that it copies into a <b> that is not bold.
      } else if (element.matches("span, font")) {
        emphasisOf(style).forEach(function (name) {
          const inner = element.ownerDocument.createElement(name);
          inner.append(...element.childNodes);
          element.append(inner);
        });
      }
    });
  }

  /* Word names its title by a class alone. */
  function readWordTitles(root) {
    each(root, "p.MsoTitle, p.MsoSubtitle", (title) => rename(title, title.matches(".MsoTitle") ? "h2" : "h3"));
  }

  function readFrames(root) {
    each(root, "iframe", function (frame) {
      const player = bodyEditor.playerOf && bodyEditor.playerOf(frame.getAttribute("src") || "");
      if (player) {
        const figure = root.ownerDocument.createElement("figure");
        frame.replaceWith(figure);
        frame.src = player;
        figure.append(frame);
      } else {
        frame.remove();
      }
    });
  }

  function readLinks(root) {
    each(root, "a", function (link) {
      let href = link.getAttribute("href") || "";
      if (/^https:\/\/www\.google\.com\/url\?/.test(href)) {
        href = new URL(href).searchParams.get("q") || ""; // Google Docs sends its readers round by itself.
        link.setAttribute("href", href);
      }
      each(link, "u", unwrap);
      if (!/^(https?:|mailto:|tel:|\/(?!\/))/i.test(href)) {
        unwrap(link);
      }
    });
  }

  /* A line under the whole of a link is the link's own. */
  function freeUnderlinedLinks(root) {
    each(root, "u", function (line) {
      const link = line.querySelector("a");
      if (link && link.textContent.trim() === line.textContent.trim()) {
        unwrap(line);
      }
    });
  }

  /* A list within a list belongs to the item before it; an item holds no paragraphs. */
  function mendLists(root) {
    each(root, "ul > ul, ul > ol, ol > ul, ol > ol", function (list) {
      const before = list.previousElementSibling;
      if (before && before.matches("li")) {
        before.append(list);
      }
    });
    each(root, "li > p:only-of-type, td > p:only-child, th > p:only-child", unwrap);
  }

  /* What remains of containers: a block without blocks inside is a paragraph, any other gives its content free. */
  function freeContainers(root) {
    each(root, "tfoot", (foot) => rename(foot, "tbody"));
    each(root, "*", function (element) {
      const name = element.localName;
      if (KEPT.has(name) && !(name === "figure" && !element.querySelector("iframe"))) {
        return;
      }
      if (element.matches(BLOCKS) && !element.querySelector(BLOCKS) && !element.closest("p, h2, h3, li, td, th, caption")) {
        rename(element, "p");
      } else {
        unwrap(element);
      }
    });
  }

  /* Words that stand loose between blocks are a paragraph; a phrase alone stays one, for the middle of a sentence. */
  function gatherLoose(root) {
    const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS);
    if (!Array.from(root.childNodes).some(isBlock) && !/<br>\s*<br>/.test(root.innerHTML)) {
      return;
    }
    let paragraph = null;
    Array.from(root.childNodes).forEach(function (node) {
      if (isBlock(node)) {
        paragraph = null;
        return;
      }
      if (!paragraph) {
        paragraph = root.ownerDocument.createElement("p");
        node.before(paragraph);
      }
      paragraph.append(node);
    });
  }

  /* Old pages part their paragraphs by two line breaks. */
  function splitAtBreaks(root) {
    each(root, "p", function (paragraph) {
      const parts = paragraph.innerHTML.split(/(?:<br>\s*){2,}/);
      if (parts.length > 1 && !/<(strong|em|a|u|s)\b(?:(?!<\/\1>)[\s\S])*(?:<br>\s*){2,}/.test(paragraph.innerHTML)) {
        paragraph.outerHTML = parts.map((part) => `<p>${part}</p>`).join("");
      }
    });
  }

  function tidy(root) {
    each(root, "h2 strong, h3 strong, th strong, strong strong, em em", unwrap);
    each(root, "*", function (element) {
      const kept = ATTRIBUTES[element.localName] || [];
      Array.from(element.attributes).forEach(({ name }) => kept.includes(name) || element.removeAttribute(name));
    });
    Array.from(root.querySelectorAll(EMPTY)).reverse().forEach(function (element) {
      if (!element.textContent.trim() && !element.querySelector("iframe, table, hr")) {
        element.replaceWith(element.textContent ? " " : "");
      }
    });
  }

  /* { html, pictures }: the clean text, and how many pictures were left out. */
  bodyEditor.cleanPasted = function (html) {
    const root = new DOMParser().parseFromString(html, "text/html").body;
    dropComments(root);
    const pictures = dropPictures(root);
    each(root, GONE, (element) => element.remove());
    readStyles(root);
    readWordTitles(root);
    readFrames(root);
    readLinks(root);
    freeUnderlinedLinks(root);
    each(root, Object.keys(RENAMED).join(), (element) => rename(element, RENAMED[element.localName]));
    mendLists(root);
    freeContainers(root);
    gatherLoose(root);
    splitAtBreaks(root);
    tidy(root);
    return { html: root.innerHTML.trim(), pictures };
  };
})();
