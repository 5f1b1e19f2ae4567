"""The mill of the volume: grinds sentences into stories by their number, with the keys by which search finds them.

The same number gives the same story. Every sentence that many stories share is cut into its keys once. Nothing here
needs Django, so that a process that only grinds starts at once and holds no connection.
"""

import html
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from articles.keys import BARRIER, lines
from articles.text import slugify

from . import facts

# Stories of the volume are older than the curated ones, eleven minutes apart: 20,000 reach back five months, a million
# twenty years.
STEP, START = timedelta(minutes=11), timedelta(days=45)
# Paragraphs of a story: from the short news to the report, 300 to 1,100 syllables as papers have them.
LENGTHS = (4, 6, 8, 10, 13, 18)
TAGS = 3
# As slugify cuts an address.
SLUG_LENGTH = 80


class Passage(NamedTuple):
    """A stretch of text, and its keys without marks and with them, without a blank at either end."""

    text: str
    folded: str
    strict: str

    @property
    def paragraph(self) -> str:
        return f"<p>{html.escape(self.text, quote=False)}</p>"


class Words(NamedTuple):
    """The lines of keys of a story, as articles.search.Document has them behind the story's number."""

    title: str
    title_marks: str
    lead: str
    lead_marks: str
    body: str
    body_marks: str


class Ground(NamedTuple):
    """A story as the mill has made it. What it points to is told by its place in the lists of Stock."""

    number: int
    title: str
    slug: str
    lead: str
    body: str
    author: int
    section: int
    series: int | None
    picture: int
    tags: list[int]
    words: Words

    @property
    def age(self) -> timedelta:
        """How long before the day of grinding the story came out."""
        return START + self.number * STEP


@dataclass(frozen=True)
class Stock:
    """What stories are made of. Of everything that a story points to, all that search knows of it."""

    titles: list[str]
    leads: list[str]
    paragraphs: list[str]
    authors: list[str]
    series: list[str]
    captions: list[str]
    tags: list[list[str]]
    sections: int


class Mill:
    """Grinds the stories of any numbers out of a stock."""

    def __init__(self, stock: Stock):
        self.titles, self.leads = _passages(stock.titles), _passages(stock.leads)
        self.slugs = [slugify(title, max_length=1000) for title in stock.titles]
        self.paragraphs = [(passage, passage.paragraph) for passage in _passages(stock.paragraphs)]
        self.authors, self.series = _passages(stock.authors), _passages(stock.series)
        self.captions = _passages(stock.captions)
        self.tags = [_passages(names) for names in stock.tags]
        self.sections = range(stock.sections)

    def grind(self, numbers: range) -> list[Ground]:
        """The stories of these numbers, in their order."""
        return [self._story(number) for number in numbers]

    def _story(self, number: int) -> Ground:
        draw = random.Random(number)
        author = draw.choice(range(len(self.authors)))
        chosen = draw.choice(range(len(self.titles)))
        lead = draw.choice(self.leads)
        shared = draw.sample(self.paragraphs, draw.choice(LENGTHS))
        own = _passages(facts.paragraphs(number))
        series = draw.choice(range(len(self.series))) if draw.random() < 0.1 else None
        section, picture = draw.choice(self.sections), draw.choice(range(len(self.captions)))
        # The author and the tags are drawn as if nothing had been drawn before them.
        draw = random.Random(number)
        draw.choice(range(len(self.authors)))
        tags = sorted(draw.sample(range(len(self.tags)), min(TAGS, len(self.tags))))
        told = [*(passage for passage, _paragraph in shared), *own, self.authors[author], self.captions[picture]]
        told += [] if series is None else [self.series[series]]
        told += [name for tag in tags for name in self.tags[tag]]
        title = self.titles[chosen]
        return Ground(
            number=number,
            title=f"{title.text} ({number})",
            slug=self._slug(chosen, number),
            lead=lead.text,
            body="\n".join([*(paragraph for _passage, paragraph in shared), *(passage.paragraph for passage in own)]),
            author=author,
            section=section,
            series=series,
            picture=picture,
            tags=tags,
            words=Words(
                f" {title.folded} {number} ", f" {title.strict} {number} ", *_line([lead]), *_line(dict.fromkeys(told))
            ),
        )

    def _slug(self, chosen: int, number: int) -> str:
        slug = f"{self.slugs[chosen]}-{number}"
        return slug if len(slug) <= SLUG_LENGTH else slugify(f"{self.titles[chosen].text} ({number})")


def _passages(texts: Iterable[str]) -> list[Passage]:
    return [Passage(text, *(line.strip() for line in lines([text]))) for text in texts]


def _line(passages: Iterable[Passage]) -> tuple[str, str]:
    """`articles.keys.lines` of passages whose keys are there already."""
    filled = [passage for passage in passages if passage.folded]
    between = f" {BARRIER} "
    return (
        f" {between.join([passage.folded for passage in filled])} ",
        f" {between.join([passage.strict for passage in filled])} ",
    )
