/* Words that CKEditor's Vietnamese lacks, or has in words that no newsroom uses. */
CKEDITOR.plugins.add("deskwords", {
  beforeInit(editor) {
    "use strict";

    const { lang } = editor;
    Object.assign(lang.format, {
      tag_p: gettext("Paragraph"),
      tag_h2: gettext("Subheading"),
      tag_h3: gettext("Smaller subheading"),
    });
    Object.assign(lang.link, {
      displayText: gettext("Text of the link"),
      toUrl: gettext("Page"),
      toPhone: gettext("Telephone"),
      phoneNumber: gettext("Telephone number"),
      noTel: gettext("Please type the telephone number."),
    });
    Object.assign(lang.table, { headers: gettext("Heading cells"), caption: gettext("Name of the table") });
    Object.assign(lang.table.cell, {
      columnHeader: gettext("Heads its column"),
      rowHeader: gettext("Heads its row"),
    });
    Object.assign(lang.clipboard, { pasteNotification: gettext("Press %1 to paste; your browser leaves it to the keys.") });
    lang.common.url = gettext("Address");
    lang.widget.label = "%1";
    lang.application = lang.editor;
  },
});
