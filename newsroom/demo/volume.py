"""Volume for benchmarks: many stories put together from the demo's own sentences, inserted in bulk.

Each has two paragraphs of its own besides (facts.py); the same number gives the same story in every database.
"""

import html
import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles import edition, listing
from articles.html import plain_text
from articles.keys import lines
from articles.models import (
    Act,
    Article,
    ArticleEvent,
    Author,
    Credit,
    HouseStyle,
    Picture,
    Section,
    Series,
    Status,
    Tag,
)
from articles.search import Document, index_documents
from articles.text import slugify

from . import facts
from .stories import all_stories

SOURCE = "volume"
BATCH = 1000
# Stories of the volume are older than the curated ones, eleven minutes apart: 20,000 reach back five months.
STEP = timedelta(minutes=11)
START = timedelta(days=45)
# Paragraphs of a story: from the short news to the report, 300 to 1,100 syllables as papers have them.
LENGTHS = (4, 6, 8, 10, 13, 18)


class Mill:
    """Grinds the demo's paragraphs into as many stories as are asked for; the same seed gives the same stories."""

    def __init__(self):
        stories = all_stories()
        texts = [b["text"] for s in stories for b in s["body"] if b["type"] == "paragraph" and "<" not in b["text"]]
        self.paragraphs = [_paragraph(text) for text in texts]
        self.titles = [story["title"] for story in stories]
        self.leads = [story["lead"] for story in stories]
        self.sections = list(Section.objects.all())
        self.series = list(Series.objects.all())
        self.pictures = list(Picture.objects.values_list("pk", flat=True))
        self.authors = list(Author.objects.all())
        self.tags = list(Tag.objects.values_list("pk", "name"))
        self.style = HouseStyle.objects.select_related("publication").get(publication__is_current=True, is_current=True)
        self.now = timezone.now()

    @transaction.atomic
    def grind(self, numbers: range) -> None:
        """Inserts the stories of these numbers, with credits, tags and log."""
        articles = Article.objects.bulk_create([self._article(number) for number in numbers])
        credits, tags, events, documents = [], [], [], []
        for article in articles:
            draw = random.Random(int(article.source_id))
            # The first draw of a story's number is its author, here as in _article.
            credits.append(Credit(article=article, author=draw.choice(self.authors)))
            picked = draw.sample(self.tags, min(3, len(self.tags)))
            tags += [Article.tags.through(article_id=article.pk, tag_id=pk) for pk, _name in picked]
            documents.append(_document(article, [name for _pk, name in picked]))
            events.append(
                ArticleEvent(article=article, act=Act.PUBLISH_ARCHIVE, before=Status.DRAFT, after=Status.PUBLISHED)
            )
        Credit.objects.bulk_create(credits)
        Article.tags.through.objects.bulk_create(tags)
        ArticleEvent.objects.bulk_create(events)
        index_documents(documents)

    def _article(self, number: int) -> Article:
        draw = random.Random(number)
        author = draw.choice(self.authors)
        title, lead = f"{draw.choice(self.titles)} ({number})", draw.choice(self.leads)
        own = map(_paragraph, facts.paragraphs(number))
        text = "\n".join([*draw.sample(self.paragraphs, draw.choice(LENGTHS)), *own])
        series = draw.choice(self.series) if draw.random() < 0.1 else None
        return Article(
            source=SOURCE,
            source_id=str(number),
            publication=self.style.publication,
            house_style=self.style,
            section=draw.choice(self.sections),
            series=series,
            title=title,
            slug=slugify(title),
            lead=lead,
            lead_picture_id=draw.choice(self.pictures),
            body=text,
            body_html=text,
            byline=author.name,
            credited=[{"name": author.name, "slug": author.slug}],
            search_text=lines([title])[0],
            status=Status.PUBLISHED,
            published_at=self.now - START - number * STEP,
        )


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"


def _document(article: Article, tags: list[str]) -> Document:
    rest = [*plain_text(article.body).split("\n"), article.byline, *tags]
    return Document.made(
        article.pk, article.title, article.lead, rest + ([article.series.name] if article.series else [])
    )


def fill_up(total: int, progress) -> int:
    """Inserts stories until the volume has `total`; returns how many came in."""
    have = Article.objects.filter(source=SOURCE).count()
    if have >= total:
        return 0
    mill = Mill()
    for start in progress(range(have, total, BATCH)):
        mill.grind(range(start, min(start + BATCH, total)))
    listing.fill(source=SOURCE)
    edition.bump()
    return total - have
