"""Whether a page that was made earlier still holds: numbers that grow with every change that readers could see.

They are written in the transaction of the change itself and read before anything else of a page, so no page is ever
kept under a number that is newer than its text. Each is a moment in microseconds, at least one more than the last:
after a database was restored from a copy, no number comes a second time.

Locks are taken in one order, the story before the paper, and the paper last of all that a transaction writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connections, router, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from . import listing
from .listing import THE_ROW
from .models import Article, Edition, ListEdition


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a page was made from. `story` is 0 for a page that is no story's."""

    number: int = 0
    frame: int = 0
    removals: int = 0
    story: int = 0


class Current(NamedTuple):
    """The edition that a request is answered from: its numbers, and how long they say all.

    `due`: the next moment at which time alone changes a page. `mark`: what every part of a page depends on that is no
    story: the code, the frame's number, the day.
    """

    numbers: Numbers
    due: datetime
    mark: str


@transaction.atomic
def bump(*, removes: bool = False) -> None:
    """Notes that something changed that many pages show and that is no story: blocks, menu, names, pictures.

    `removes`: what was shown before must not be seen any longer, not even while its pages are made anew.
    """
    _grow("number", "frame", *(["removals"] if removes else []))


@transaction.atomic
def bump_story(article: Article, *, removes: bool = False) -> None:
    """Notes that a story came, went, or reads otherwise, and puts it where it belongs in all lists.

    The caller holds the row's lock, and has written everything else.
    """
    lists = listing.refresh(article)
    number = _grow("number", *(["removals"] if removes else []))
    Article.objects.filter(pk=article.pk).update(edition=number)
    changed = [ListEdition(kind=kind, key=key, number=number) for kind, key in sorted(lists)]
    ListEdition.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["number"]
    )


@transaction.atomic
def bump_order() -> None:
    """Notes that stories stand in another order somewhere: pages are put together anew, and none of their parts."""
    _grow("number")


@transaction.atomic
def bump_page(*articles: int, removes: bool = False) -> None:
    """Notes that something changed that only the own pages of these stories show: a comment."""
    stories = Article.objects.filter(pk__in=articles)
    list(stories.select_for_update().order_by("pk").values_list("pk"))
    stories.update(edition=Greatest(F("edition") + 1, Value(listing.number_now())))
    if removes:
        _grow("removals")


def numbers(story: int | None = None) -> Numbers:
    """The numbers as they stand, of the paper and of one story if its id is given. One small query."""
    with _reading() as cursor:
        cursor.execute(_SQL, [story or 0])
        row = cursor.fetchone()
    return Numbers(*row) if row else Numbers()


def removals(database: str) -> int:
    """The number of the last removal that this database knows of."""
    known = Edition.objects.using(database).filter(pk=THE_ROW).values_list("removals", flat=True)
    return known.first() or 0


def list_numbers(kind: str, keys: Iterable[int]) -> dict[int, int]:
    """The numbers of lists of one kind by their ids, 0 for a list that no story ever stood in. One small query."""
    keys = sorted(set(keys))
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    with _reading() as cursor:
        cursor.execute(f"{_LISTS_SQL} ({marks})", [kind, *keys])
        return dict.fromkeys(keys, 0) | dict(cursor.fetchall())


def _reading():
    """A cursor where the rest of the request reads: a copy of the database may be behind (newsroom/replica.py)."""
    return connections[router.db_for_read(Edition)].cursor()


def _grow(*names: str) -> int:
    """Makes these columns say that something happened now, and returns the number."""
    row = Edition.objects.filter(pk=THE_ROW)
    # Each beyond its own last, too: a clock that was set back gives no number twice.
    grown = {name: Greatest(F(name) + 1, F("number") + 1, Value(listing.number_now())) for name in names}
    if not row.update(**grown):
        listing.hold_the_paper()
        row.update(**grown)
    return row.values_list(names[0], flat=True).get()


_SQL = f"""
SELECT number, frame, removals, COALESCE((SELECT edition FROM {Article._meta.db_table} WHERE id = %s), 0)
FROM {Edition._meta.db_table} WHERE id = {THE_ROW}
"""  # noqa: S608 (our own names)
_LISTS_SQL = f"SELECT key, number FROM {ListEdition._meta.db_table} WHERE kind = %s AND key IN"  # noqa: S608 (as above)
