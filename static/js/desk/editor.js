/* Settings of CKEditor that are functions and so cannot stand in the form's configuration. */
CKEDITOR.editorConfig = function (config) {
  "use strict";
  config.stylesSet = [
    { name: "Trích nổi bật", element: "blockquote", attributes: { class: "pull-quote" } },
    { name: "Hộp thông tin", element: "div", attributes: { class: "info-box" } },
    { name: "Nguồn", element: "p", attributes: { class: "source" } },
    { name: "Người nói", element: "p", attributes: { class: "speaker" } },
    { name: "Nguồn ảnh", element: "small" },
  ];
};

CKEDITOR.on("instanceCreated", function (event) {
  "use strict";
  const editor = event.editor;
  // A caption keeps the credit of its picture: <small> stands for it.
  editor.on("widgetDefinition", function (found) {
    const caption = found.data.name === "image" && found.data.editables && found.data.editables.caption;
    if (caption) {
      caption.allowedContent += "; small";
    }
  });
  // The captioned picture is known to the editor by a class that the paper does not store.
  editor.on("toHtml", function (found) {
    found.data.dataValue = found.data.dataValue.replace(
      /<figure((?:\s[^<>]*)?)>(?=\s*(?:<a [^<>]*>)?\s*<img\b)(?![\s\S]*?<img\b[\s\S]*?<img\b[\s\S]*?<\/figure>)/g,
      function (tag, attributes) {
        return /class="/.test(attributes)
          ? "<figure" + attributes.replace('class="', 'class="image ') + ">"
          : "<figure" + attributes + ' class="image">';
      },
    );
  }, null, null, 1);
  // No picture travels inside the text: the library is the way in.
  editor.on("paste", function (found) {
    found.data.dataValue = found.data.dataValue.replace(/<img[^>]+src="(?:data|blob|file):[^>]*>/gi, "");
  });
});
