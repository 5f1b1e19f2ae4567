"""The stories that the rules of blocks take from, as rows of numbers.

A pool is read once for an edition, whichever page needs it first, and a list's pool goes on holding while no story of
that list changes. What is remembered is right for every process, since it is asked for by the numbers.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from django.db import router
from django.db.models import Prefetch, QuerySet

from articles import most_read
from articles.edition import Current, list_numbers
from articles.memory import Latest, Newest
from articles.models import Article, Section, Series
from articles.shelves import Shelf
from articles.written import MOMENT, Written

from .models import Block, BlockItem

# Pools are read in steps of so many stories: what stands elsewhere on a page is left out of them.
STEP = 40
# How many of the newest stories under each tag are weighed against each other for "related".
WEIGHED = 50
# Pools, lists of blocks and numbers remembered by a process: a few kilobytes each.
REMEMBERED = 2000
# What holds for one edition, and what holds as long as a list or the frame.
_editions, _holding = Latest(REMEMBERED), Newest(REMEMBERED)
# Queries for so many different numbers of stories.
COUNTS = 100


class Row(NamedTuple):
    """A story that readers may see, as far as choosing goes."""

    pk: int
    edition: int
    published_at: datetime


class Pools:
    """The pools as they stand at a moment; with `current` they are remembered for its edition."""

    def __init__(self, at: datetime, current: Current | None = None):
        # Before any change nothing has a number that it could be remembered under.
        self.at, self.current = at, current if current and current.numbers.number else None
        numbers = self.current and self.current.numbers
        self._of_edition = _editions.under((numbers.number, current.due)) if numbers else Newest(REMEMBERED)

    def newest(self, count: int) -> list[Row]:
        return self._long_enough("newest", count, Shelf(dated=True))

    def most_read(self, period: str) -> list[Row]:
        return self._once(("most read", period), lambda: _most_read(period, self.at))

    def running(self) -> list[Series]:
        """The series that readers are led to."""
        return self._once("running", lambda: _running(router.db_for_read(Series)).rows(at=self.at))

    def in_list(self, kind: str, key: int, count: int) -> list[Row]:
        return self._long_enough((kind, key), count, Shelf(kind, key), self._holding(kind, key))

    def these(self, stories: Iterable[int]) -> dict[int, Row]:
        """Those of some stories that readers may see."""
        wanted = sorted(set(stories))
        if not wanted:
            return {}
        return self._once(("these", *wanted), lambda: _these(wanted, self.at))

    def blocks(self, *places: str) -> list[Block]:
        """The blocks of all pages that have these places, in their order, with what their headings lead to."""
        return self._once(("blocks", *places), lambda: _blocks(Block.objects.active(self.at), places), self._frame)

    def blocks_with(self, story: int) -> list[Block]:
        """The blocks that came with one story."""
        own = Block.objects.filter(article=story).select_related("section__parent")
        return self._once(("blocks with", story), lambda: list(own.active(self.at)), self._frame)

    def picks(self, blocks: Iterable[int]) -> list[BlockItem]:
        wanted = sorted(blocks)
        if not wanted:
            return []
        return self._once(("picks", *wanted), lambda: list(BlockItem.objects.filter(block__in=wanted)), self._frame)

    def expect(self, kind: str, keys: Iterable[int]) -> None:
        """Asks for the numbers of several lists at once, which are going to be needed."""
        if self.current:
            missing = [key for key in keys if self._of_edition.get(("number", kind, key)) is None]
            for key, number in list_numbers(kind, missing).items():
                self._of_edition.put(("number", kind, key), number)

    @property
    def _frame(self):
        frame = self.current and self.current.numbers.frame
        return ("frame", frame, self.current.due) if frame else None

    def _holding(self, kind: str, key: int):
        """What a list's pool goes on holding under, beyond its edition: the list's own number."""
        if not self.current:
            return None
        self.expect(kind, [key])
        number = self._of_edition.get(("number", kind, key))
        # Other threads may have pushed it out in this very moment.
        return None if number is None else (number, self.current.numbers.frame, self.current.due)

    def _once(self, name, ask: Callable, beyond=None):
        known, key = self._place(name, beyond)
        return known.once(key, ask)

    def _long_enough(self, name, count: int, shelf: Shelf, beyond=None) -> list[Row]:
        """At least `count` rows, if there are so many."""
        size = -(-count // STEP) * STEP
        known, key = self._place(name, beyond)
        asked, found = known.get(key, (0, []))
        if asked < size:
            found = [Row(*row) for row in shelf.newest(size, at=self.at)]
            known.put(key, (size, found))
        return found

    def _place(self, name, beyond) -> tuple[Newest, tuple]:
        """Where something is remembered: for the edition, or as long as what holds `beyond` it."""
        return (_holding, (name, beyond)) if beyond else (self._of_edition, (name,))


def _most_read(period: str, at: datetime) -> list[Row]:
    return [_row(story) for story in _ranked(router.db_for_read(Article), period).rows(at=at)]


def _these(stories: list[int], at: datetime) -> dict[int, Row]:
    # Whether readers may see them is asked of the rows at hand, as for cards.
    found = _these_of(router.db_for_read(Article), len(stories)).rows(*stories)
    return {story.pk: _row(story) for story in found if story.is_visible_at(at)}


def _row(story: Article) -> Row:
    return Row(story.pk, story.edition, story.published_at)


@cache
def _ranked(alias: str, period: str) -> Written:
    return Written(
        most_read.ranked(Article.objects.using(alias).published(MOMENT), period), ("id", "edition", "published_at")
    )


@lru_cache(maxsize=COUNTS)
def _these_of(alias: str, count: int) -> Written:
    stories = Article.objects.using(alias).filter(pk__in=range(-count, 0)).order_by()
    return Written(stories, ("id", "edition", "published_at", "status", "expires_at"))


@cache
def _running(alias: str) -> Written:
    return Written(Series.objects.using(alias).running(MOMENT), ("id", "name", "slug"))


def _blocks(blocks: QuerySet, places: tuple[str, ...]) -> list[Block]:
    """All but those of single stories."""
    in_menu = Prefetch("section__children", Section.objects.filter(in_menu=True).select_related("parent"))
    return list(
        blocks.filter(place__in=places, article=None).select_related("section__parent").prefetch_related(in_menu)
    )
