"""Ids of the stories that readers see, newest first, from the index of a list or of the whole paper.

Any stretch costs as much as it is long, at whatever depth and moment: no story is opened, none is passed over but those
that are over and wait for `tick` to be cleared away. The rule is that of `Article.objects.published()`, kept in the
index's own columns (articles/listing.py).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections, router
from django.utils import timezone

from .dates import Precision
from .models import Article, Listing, Status

# Where a story stands in the order of lists: its time of publication and its id.
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Shelf:
    """Stories in the order of lists: those of a section, tag, author or series (ListKind and id), or all (no kind).

    `dated`: without those whose day is not known. `start`, `end`: published from one moment up to, not at, another.
    """

    kind: str = ""
    key: int = 0
    dated: bool = False
    start: datetime | None = None
    end: datetime | None = None

    def older(self, count: int, *, at: datetime | None = None, than: Place | None = None) -> list[int]:
        """The newest so many ids at a moment (now, if not given), or the nearest that are older than a place."""
        return self._back(at, than).ids("DESC", count)

    def newest(self, count: int, *, at: datetime | None = None) -> list[tuple[int, int, datetime]]:
        """The newest so many stories as (id, number of its edition, time of publication)."""
        return self._back(at).rows(count)

    def newer(self, count: int, *, than: Place, at: datetime | None = None) -> list[int]:
        """The nearest so many ids that are newer than a place, the nearest first."""
        asked = self._asked(at or timezone.now())
        asked.bound(">", max(than, (self.start, 0)) if self.start else than)
        self._until_end(asked)
        return asked.ids("ASC", count)

    def newest_moment(self, *, at: datetime | None = None) -> datetime | None:
        """When the newest story at a moment (now, if not given) came out; None if there is none."""
        return self._back(at).moment("DESC")

    def oldest_moment(self, *, at: datetime | None = None) -> datetime | None:
        """When the oldest story that readers see at a moment came out; None if there is none."""
        return self._back(at).moment("ASC")

    def _back(self, at: datetime | None, than: Place | None = None) -> "_Question":
        """The stretch that lies before a moment or a place."""
        asked = self._asked(at or timezone.now())
        # One upper bound and not two: of two, SQLite starts from the first that is written, however far away it is.
        if than and than[0] <= asked.at and not (self.end and self.end < than[0]):
            asked.bound("<", than)
        else:
            self._until_end(asked)
        if self.start:
            asked.add("published_at >= %s", self.start)
        return asked

    def _until_end(self, asked: "_Question") -> None:
        if self.end and self.end <= asked.at:
            asked.add("published_at < %s", self.end)
        else:
            asked.add("published_at <= %s", asked.at)

    def _asked(self, at: datetime) -> "_Question":
        asked = _Question(at, *(_OF_LIST if self.kind else _OF_PAPER))
        if self.kind:
            asked.add("kind = %s AND key = %s", self.kind, self.key)
        else:
            asked.add("status = %s", Status.PUBLISHED.value)
        if self.dated:
            asked.add(*_DATED_LIST if self.kind else _DATED_PAPER)
        asked.add("(expires_at IS NULL OR expires_at > %s)", at)
        return asked


def newest_ids(
    kind: str, key: int, *, count: int, at: datetime | None = None, after: Place | None = None, dated: bool = False
) -> list[int]:
    """The newest so many ids of a list that readers see at a moment (now, if not given), or those after a place.

    No `kind`: of the whole paper. `dated`: without stories whose day is not known.
    """
    return Shelf(kind, key, dated).older(count, at=at, than=after)


class _Question:
    """A question to the database while it is put together. By hand: Django takes ten times as long as the answer."""

    def __init__(self, at: datetime, table: str, story: str):
        self.at, self.table, self.story = at, table, story
        self.connection = connections[router.db_for_read(Listing)]
        self.terms: list[str] = []
        self.values: list = []

    def add(self, term: str, *values) -> None:
        self.terms.append(term)
        self.values += [self._adapted(value) for value in values]

    def bound(self, sign: str, place: Place) -> None:
        self.add(f"(published_at, {self.story}) {sign} (%s, %s)", *place)

    def ids(self, direction: str, count: int) -> list[int]:
        return [pk for (pk,) in self._answer(self._sql(self.story, direction), count)]

    def moment(self, direction: str) -> datetime | None:
        """The first time of publication in this direction; None where nothing stands."""
        found = self._answer(self._sql("published_at", direction), 1)
        return self._read(found[0][0]) if found else None

    def rows(self, count: int) -> list[tuple[int, int, datetime]]:
        """Ids first, from the index alone; only then the stories are opened."""
        ids = self._sql(f"{self.story} AS found", "DESC")
        found = (
            f"SELECT story.id, story.edition, story.published_at FROM ({ids}) AS ids"  # noqa: S608 (our own words)
            f" JOIN {Article._meta.db_table} AS story ON story.id = ids.found"
            " ORDER BY story.published_at DESC, story.id DESC"
        )
        return [(pk, edition, self._read(at)) for pk, edition, at in self._answer(found, count)]

    def _sql(self, columns: str, direction: str) -> str:
        return (
            f"SELECT {columns} FROM {self.table} WHERE {' AND '.join(self.terms)}"  # noqa: S608 (our own words)
            f" ORDER BY published_at {direction}, {self.story} {direction} LIMIT %s"
        )

    def _answer(self, sql: str, count: int) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, [*self.values, count])
            return cursor.fetchall()

    def _read(self, at: datetime) -> datetime:
        """SQLite keeps moments in UTC without saying so."""
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def _adapted(self, value):
        return self.connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


_OF_LIST = (Listing._meta.db_table, "article_id")
_OF_PAPER = (Article._meta.db_table, "id")
_DATED_LIST = ("is_dated",)
_DATED_PAPER = ("date_precision <> %s", Precision.UNKNOWN.value)
