"""The editor of bodies as tests use it: opened by somebody who is signed in, pasted into, read out."""

import io
import random
import re
import time
from base64 import b64encode
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from articles.html import clean_body
from articles.models import Article, Status

from . import build

PASTED = Path(__file__).parent / "fixtures" / "pasted"
# Long enough for a slow machine; nothing waits so long where all is well.
PATIENCE_SECONDS = 40

_PASTE = """([html, text, files, how]) => {
  const editor = CKEDITOR.instances[Object.keys(CKEDITOR.instances)[0]];
  const data = new DataTransfer();
  if (html) { data.setData("text/html", html); }
  if (text) { data.setData("text/plain", text); }
  files.forEach(([name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  });
  const body = editor.editable().$;
  const place = body.lastElementChild.getBoundingClientRect();
  const where = { bubbles: true, cancelable: true, clientX: place.x + 5, clientY: place.y + 5 };
  (how === "drop" ? body.lastElementChild : body).dispatchEvent(how === "drop"
    ? new DragEvent("drop", { ...where, dataTransfer: data })
    : new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
}"""


_BLOCKS = "p|h2|h3|ul|ol|li|table|tbody|thead|tr|td|th|caption|figure|figcaption|blockquote|div"
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCKS})\b[^>]*>|<br ?/?>)\s*")


def squeezed(body: str) -> str:
    """HTML without the blanks around blocks, which the editor lays out in its own way."""
    return _AROUND_BLOCKS.sub(r"\1", body).strip()


def photo(motif: str = "bến đò", size=(640, 400)) -> bytes:
    """A JPEG that looks like no other motif's, and like the same motif's in any size."""
    spots = random.Random(motif).randbytes(64)
    buffer = io.BytesIO()
    Image.frombytes("L", (8, 8), spots).resize(size, Image.Resampling.BILINEAR).save(buffer, "JPEG")
    return buffer.getvalue()


def draft(body: str = "<p>Mở đầu.</p>", **fields) -> Article:
    return build.article(**({"status": Status.DRAFT, "published_at": None, "body": body} | fields))


class EditorPage:
    """A form with the editor in it. `page` is playwright's, `text` the frame in which one writes."""

    def __init__(self, page):
        self.page = page
        self.text = page.frame_locator("iframe.cke_wysiwyg_frame")
        self.dialog = page.locator("dialog[open]")
        self.text.locator("body.cke_editable").wait_for()

    def ask(self, script: str):
        """What a script says of the editor, which it knows as `editor`."""
        return self.page.evaluate(
            f"(() => {{ const editor = Object.values(CKEDITOR.instances)[0]; return {script}; }})()"
        )

    @property
    def data(self) -> str:
        return self.ask("editor.getData()")

    @property
    def stored(self) -> str:
        """What would be saved of the text now, without its opening paragraph."""
        return squeezed(clean_body(self.data)).removeprefix("<p>Mở đầu.</p>")

    @property
    def news(self) -> str:
        return self.page.locator(".editor-news").inner_text()

    def click_into(self, text: str):
        self.text.locator("p", has_text=text).click()

    def paste(self, html: str = "", text: str = "", files=(), how: str = "paste"):
        """Clipboard data into the text; `files` are (name, type, bytes)."""
        coded = [[name, kind, b64encode(content).decode()] for name, kind, content in files]
        self.page.evaluate(_PASTE, [html, text, coded, how])

    def paste_over(self, html: str) -> str:
        """Pastes in place of everything and gives what the editor then holds."""
        self.page.evaluate("""() => new Promise((callback) =>
            Object.values(CKEDITOR.instances)[0].setData("<p>Chỗ dán.</p>", { callback }))""")
        self.click_into("Chỗ dán.")
        self.page.keyboard.press("Control+a")
        before = self.data
        self.paste(html)
        self.until(lambda: self.data != before)
        return self.data

    def press(self, button: str):
        self.page.locator(f".cke_button__{button}").click()

    def save(self):
        self.page.click('input[name="_continue"]')
        self.page.wait_for_load_state()

    def until(self, is_so):
        """Waits until `is_so()` holds. The pages' policy allows playwright no function of its own that waits."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, f"it never came: {self.news} {self.data}"
            self.page.wait_for_timeout(50)


def signed_in(visit, user: User, path: str, **options):
    """A page of the desk as somebody sees it, without the walk through the form of signing in."""
    client = Client()
    client.force_login(user)
    page = visit("/healthz", **options)
    page.set_default_timeout(PATIENCE_SECONDS * 1000)
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": page.url,
            }
        ]
    )
    page.goto(path)
    return page


def open_editor(visit, article: Article | None = None, *, user: User | None = None, **options) -> EditorPage:
    """The editor of a story, of a new draft where none is given, as an administrator unless told otherwise."""
    article = article or draft()
    user = user or User.objects.create_superuser(f"admin{User.objects.count()}", full_name="Lê An")
    return EditorPage(signed_in(visit, user, reverse("admin:articles_article_change", args=[article.pk]), **options))
