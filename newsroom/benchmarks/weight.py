"""What a site weighs: memory of its processes, and the bytes that a reader's browser loads."""

import re

from articles.models import Article
from comments.models import Comment

from . import processes
from .clients import reader
from .paper import Paper
from .servers import Site

TITLE = "Weight"
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script src="([^"]+)"')


def rows(site: Site, paper: Paper, about: dict) -> list[dict]:
    """Rows of {"figure", "value", "unit"}, after whatever the site has been asked for so far."""
    story = paper.stories[0]
    with reader(site.host) as one:
        page = one.get(story.get_absolute_url())[2]
        found = [
            ("memory of all processes (PSS)", round(processes.memory(site.all), 1), "MB"),
            ("HTML of an article with 20 comments", len(page), "bytes"),
            ("of it without the story's text", len(page) - _text_of(story), "bytes"),
            ("of it without text and comments", len(page) - _text_of(story) - _comments_under(story), "bytes"),
        ]
        for name, pattern in (("style sheets", _SHEET), ("scripts", _SCRIPT)):
            files = pattern.findall(page.decode())
            found.append((name, sum(len(one.get(file)[2]) for file in files), "bytes"))
            packed = sum(len(one.get(file, {"Accept-Encoding": "gzip"})[2]) for file in files)
            found.append((f"{name}, packed by gzip", packed, "bytes"))
    return [{"part": TITLE, **about, "figure": figure, "value": value, "unit": unit} for figure, value, unit in found]


def _text_of(story: Article) -> int:
    return len(Article.objects.values_list("body_html", flat=True).get(pk=story.pk).encode())


def _comments_under(story: Article) -> int:
    """Bytes of what readers wrote: their names and texts."""
    told = Comment.objects.approved().filter(article=story).values_list("name", "text")
    return sum(len(part.encode()) for pair in told for part in pair)
