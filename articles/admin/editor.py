"""The editor of bodies: CKEditor under the conditions of docs/decisions/0001-editor.md, and its one looser policy."""

from ckeditor.widgets import CKEditorWidget
from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django import forms
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..html import clean_body, editor_rules

# CKEditor plugins that are not used, or that talk to others, or whose output the cleaner would drop anyway.
REMOVED_PLUGINS = (
    "image,flash,iframe,forms,smiley,scayt,wsc,exportpdf,about,save,newpage,preview,print,templates,pagebreak,div,"
    "codesnippet,codesnippetgeshi,uploadimage,uploadwidget,font,colorbutton,colordialog,justify,bidi,language,"
    "copyformatting,find,indentblock,liststyle,elementspath,specialchar,resize,stylesheetparser,filebrowser,"
    "pastefromgdocs,pastefromlibreoffice"
)
# Our own, from static/js/desk/editor/; CKEditor's loader never looks for them.
PICTURE_PLUGINS = ("image2", "deskpictures", "deskfiles", "deskvideos")
PLUGINS = ("deskwords", "deskpaste", "deskboxes", "deskcount")
SCRIPTS = ("base", "words", "count", "boxes", "pasted", "paste")
PICTURE_SCRIPTS = ("places", "library", "uploads", "grid", "chosen", "dialog", "figure", "pictures", "files", "videos")


def editor_config(*, with_pictures: bool = True) -> dict:
    """The configuration of CKEditor: it offers what html.clean_body keeps, and nothing else.

    Without pictures for texts that know of none: only a story's HTML is derived anew when the files of one change.
    """
    config = {
        "customConfig": "",
        "contentsCss": [
            static(f"css/{name}.css")
            for name in ("tokens", "components/base", "components/prose", "components/figure", "desk-editor")
        ],
        "bodyClass": "prose",
        "allowedContent": editor_rules(),
        "extraPlugins": ",".join([*PLUGINS, *(PICTURE_PLUGINS if with_pictures else ())]),
        "removePlugins": REMOVED_PLUGINS,
        "format_tags": "p;h2;h3",
        "stylesSet": [
            {"name": _("Source line"), "element": "p", "attributes": {"class": "source"}},
            {"name": _("Who says it"), "element": "p", "attributes": {"class": "speaker"}},
        ],
        "image2_alignClasses": ["align-left", "align-center", "align-right"],
        "image2_disableResizer": True,
        "linkShowAdvancedTab": False,
        "linkShowTargetTab": False,
        # Our own filter decides (paste.js); pictures never travel inside the text.
        "pasteFilter": None,
        "clipboard_handleImages": False,
        "pasteFromWord_inlineImages": False,
        "disableNativeSpellChecker": False,
        "entities": False,
        "fullPage": False,
        "height": 520,
        "width": "100%",
        "toolbar": [
            ["Format", "Styles"],
            ["Bold", "Italic", "Superscript", "Subscript", "RemoveFormat"],
            ["Link", "Unlink"],
            ["BulletedList", "NumberedList", "Blockquote"],
            *([["DeskPicture", "DeskVideo"]] if with_pictures else []),
            ["DeskQuote", "DeskBox", "Table", "HorizontalRule"],
            ["Undo", "Redo", "Maximize", "Source"],
        ],
    }
    return config | ({"pictures": _picture_addresses()} if with_pictures else {})


def _picture_addresses() -> dict:
    """What the scripts need to know of the library; 0 stands for a picture's number."""
    return {
        "library": reverse("admin:articles_picture_library"),
        "upload": reverse("admin:articles_picture_upload"),
        "thumbnail": reverse("admin:articles_picture_thumbnail", args=[0]),
        "form": reverse("admin:articles_picture_change", args=[0]),
        # The dialog brings its own sheet when it is first opened.
        "sheet": static("css/desk-pictures.css"),
    }


class BodyEditor(CKEditorWidget):
    """CKEditor with our own plugins; without JavaScript a plain field for HTML. It never shows what was not cleaned."""

    def __init__(self, *args, with_pictures: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.with_pictures = with_pictures

    @property
    def media(self):
        names = (*SCRIPTS, *(PICTURE_SCRIPTS if self.with_pictures else ()))
        return super().media + forms.Media(js=[f"js/desk/editor/{name}.js" for name in names])

    def format_value(self, value):
        return clean_body(value or "")

    def get_context(self, name, value, attrs):
        self.config = editor_config(with_pictures=self.with_pictures)
        return super().get_context(name, value, attrs)


def with_editor(view):
    """The one loosening of the content security policy: for views that show CKEditor, and no others.

    CKEditor 4 draws its buttons with inline handlers and fills its frame by an inline script; a nonce would switch
    'unsafe-inline' off again. Its frame is our own page, and no player of a video is ever loaded in it.
    """
    loosened = csp_update({"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]})(view)
    return csp_replace({"frame-src": [SELF]})(loosened)
