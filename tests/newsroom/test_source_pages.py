"""Each source page, imported, reads on our article page as it read where it came from."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command

from articles.html import print_credit
from articles.models import Article
from articles.text import clean, one_line
from tests import source_pages

pytestmark = pytest.mark.django_db

INLINE = {"a", "b", "strong", "em", "i", "u", "s", "small", "span", "mark", "sub", "sup"}
QUOTES = re.compile("[\"'“”‘’]")
PATHS = [path for folder in source_pages.folders() for path in sorted(folder.glob("*.json"))]


class Reader(HTMLParser):
    """The lines that a reader sees in <main>: text broken at every tag that is not inline."""

    def __init__(self, html: str):
        super().__init__()
        self.text, self.inside, self.unseen, self.forms = "", False, 0, 0
        self.feed(html)
        self.lines = [line for line in map(one_line, self.text.split("\n")) if line]

    def handle_starttag(self, tag, attrs):
        self.inside |= tag == "main"
        self.unseen += tag in ("script", "style", "template")
        self.forms += self.inside and tag == "form" and dict(attrs).get("method") == "post"
        self.break_line(tag)

    def handle_endtag(self, tag):
        self.inside &= tag != "main"
        self.unseen -= tag in ("script", "style", "template")
        self.break_line(tag)

    def break_line(self, tag):
        self.text += "" if tag in INLINE else "\n"

    def handle_data(self, data):
        if self.inside and not self.unseen:
            self.text += data.replace("\n", " ")


@pytest.fixture(params=PATHS, ids=[f"{path.parent.name}/{path.stem}" for path in PATHS])
def source(request, client):
    """A page of the folder, all of which has been imported: its JSON, its text, and what a reader gets of it here."""
    call_command("import_articles", str(request.param.parent), verbosity=0)
    document = json.loads(request.param.read_text())
    story = Article.objects.get(source=document["source"], source_id=document["source_id"])
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return document, request.param.with_suffix(".txt").read_text(), story, Reader(response.content.decode())


def printed(document: dict) -> list[str]:
    """The lines of a page in their order, as its JSON gives them."""
    comments = document["comments"] or {}
    lines = [document["series"], document["title"], document["date_line"]]
    lines += [joined(document["lead_prefix"], document["lead"])]
    for part in document["body"]:
        is_figure = part["type"] == "figure"
        lines += [joined(part["caption"], print_credit(part["credit"] or "")) if is_figure else part["text"]]
    lines += [document["byline_text"], document.get("share_label"), comments.get("heading")]
    lines += [comments.get("empty_text"), comments.get("form_heading"), *comments.get("fields", [])]
    for block in document["blocks"]:
        if block["items"]:
            lines += [block["heading"]]
        for item in block["items"]:
            lines += [item["title"], joined(item["lead_prefix"], item["teaser"])]
    return [one_line(line) for line in lines if line]


def joined(*parts) -> str:
    return " ".join(filter(None, parts))


def missing(lines: list[str], found: list[str]) -> list[str]:
    """Those of `lines` that `found` does not hold after the one before them."""
    absent, start = [], 0
    for line in lines:
        if line in found[start:]:
            start = found.index(line, start) + 1
        else:
            absent.append(line)
    return absent


def test_page_prints_every_line_in_the_order_of_its_source(source):
    document, _text, _story, page = source
    assert missing(printed(document), page.lines) == []


def test_order_of_the_lines_is_that_of_the_visible_text(source):
    document, text, _story, _page = source
    whole, start, absent = one_line(text), 0, []
    for line in printed(document):
        place = whole.find(line, start)
        absent += [line] if place < 0 else []
        start = max(start, place + len(line))
    assert absent == []


def test_date_line_and_byline_stand_once_and_whole_or_not_at_all(source):
    document, _text, story, page = source
    assert story.printed_date == (document["date_line"] or "")
    assert story.byline == (document["byline_text"] or "")
    for line in filter(None, (story.printed_date, story.byline)):
        assert page.lines.count(line) == 1


def test_listed_faults_of_copying_are_mended(source):
    document, _text, story, page = source
    whole = "\n".join(page.lines)
    stored = "\n".join((story.title, story.lead, story.body, story.body_html, story.byline))
    assert not set("\u00d0\u00f0\u00a0\u200b") & set(whole + stored)
    assert "  " not in stored
    assert "." not in page.lines
    assert "TAG:" not in whole
    for figure in (part for part in document["body"] if part["type"] == "figure"):
        assert whole.count(clean(figure["caption"])) == 1


def test_spelling_and_quotation_marks_stay_as_they_were_written(source):
    document, _text, story, page = source
    whole = "\n".join(page.lines)
    written = "\n".join(part.get("text") or part.get("caption") or "" for part in document["body"])
    body = Reader(f"<main>{story.body_html}</main>")
    assert QUOTES.findall("\n".join(body.lines)) == QUOTES.findall(written)
    for fault in document["known_faults"]:
        if fault.startswith("misspelt"):
            assert [word for word in re.findall(r"'([^']+)' \(", fault) if word not in whole] == []


def test_only_what_the_source_shows_is_open(source, client):
    document, _text, story, page = source
    html = client.get(story.get_absolute_url()).content.decode()
    comments = document["comments"]
    assert page.forms == bool(comments and comments["form"])
    assert ('id="binh-luan"' in html) == (comments is not None)
    assert ("sharer.php" in html) == document["share"]


def test_pages_coming_again_change_nothing(source):
    document, _text, story, _page = source
    call_command("import_articles", str(source_pages.OWN), verbosity=0)
    if source_pages.GIVEN.is_dir():
        call_command("import_articles", str(source_pages.GIVEN), verbosity=0)
    story.refresh_from_db()
    assert (story.events.count(), story.title) == (1, one_line(document["title"]))
