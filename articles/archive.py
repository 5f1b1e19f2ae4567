"""The archive by years, months and days: which of them hold stories, each found by one look into an index.

Nothing is counted, and stories whose day is not known stay out.
"""

from calendar import Calendar as Days
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import connections, router
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .dates import FIRST_YEAR, WEEKDAYS, WEEKDAYS_IN_SHORT, Precision, weekday
from .models import Article, Status
from .shelves import Shelf


@dataclass(frozen=True)
class Span:
    """A day or a month of the archive, from its first day up to `end`, the first one after it."""

    first: date
    end: date
    has_stories: bool = False
    is_shown: bool = False

    @property
    def shelf(self) -> Shelf:
        return Shelf(dated=True, start=_midnight(self.first), end=_midnight(self.end))

    @property
    def is_day(self) -> bool:
        return self.end - self.first == timedelta(days=1)

    @property
    def title(self) -> str:
        """'Thứ Tư, 28/7/2021', or 'Lưu trữ tháng 7/2021'."""
        month = f"{self.first.month}/{self.first.year}"
        if self.is_day:
            return f"{weekday(_midnight(self.first))}, {self.first.day}/{month}"
        return _("Archive of %(month)s") % {"month": month}

    def get_absolute_url(self) -> str:
        if self.is_day:
            return reverse("articles:archive_day", args=[self.first.year, self.first.month, self.first.day])
        return reverse("articles:archive", args=[self.first.year, self.first.month])


@dataclass(frozen=True)
class Calendar:
    """A month and what lies around it.

    `weeks`: its days from Monday to Sunday, None where a week belongs to another month; `older`, `newer`: the nearest
    months that hold stories, or None.
    """

    month: Span
    weeks: list[list[Span | None]]
    older: Span | None
    newer: Span | None
    # The columns of the weeks, in short and in full.
    weekdays: tuple[tuple[str, str], ...] = tuple(zip(WEEKDAYS_IN_SHORT, WEEKDAYS, strict=True))


def day_of(year: int, month: int, day: int) -> Span:
    """A day. Raises ValueError or OverflowError for one that is in no calendar."""
    first = date(year, month, day)
    return Span(first, first + timedelta(days=1))


def month_of(year: int, month: int) -> Span:
    """A month. Raises ValueError for one that is in no calendar."""
    return Span(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))


def calendar_of(shown: Span) -> Calendar:
    """The calendar with a day or month, which is marked in it, as the archive stands now. Three queries."""
    year, month = shown.first.year, shown.first.month
    weeks = [[day if day.month == month else None for day in week] for week in Days().monthdatescalendar(year, month)]
    days = [day_of(year, month, day.day) for week in weeks for day in week if day]
    own = month_of(year, month)
    found = {day.first: replace(day, is_shown=day.first == shown.first and shown.is_day) for day in _looked_up(days)}
    return Calendar(
        month=own,
        weeks=[[found.get(day) for day in week] for week in weeks],
        older=_month_at(Shelf(dated=True, end=own.shelf.start).newest_moment()),
        newer=_month_at(Shelf(dated=True, start=own.shelf.end).oldest_moment()),
    )


def years() -> list[tuple[int, list[Span]]]:
    """The years that hold stories, newest first, each with those of its months that do. Four queries."""
    paper = Shelf(dated=True)
    newest, oldest = _month_at(paper.newest_moment()), _month_at(paper.oldest_moment())
    if not (newest and oldest):
        return []
    last = newest.first.year
    first = max(oldest.first.year, FIRST_YEAR)
    spans = [Span(date(year, 1, 1), date(year + 1, 1, 1)) for year in range(last, first - 1, -1)]
    found = [span.first.year for span in _looked_up(spans) if span.has_stories]
    months = [span for span in _looked_up([span for year in found for span in _months_of(year)]) if span.has_stories]
    return [(year, [span for span in months if span.first.year == year]) for year in found]


def _months_of(year: int) -> list[Span]:
    return [month_of(year, month) for month in range(1, 13)]


def _month_at(moment: datetime | None) -> Span | None:
    return moment and month_of(*timezone.localtime(moment).timetuple()[:2])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _looked_up(spans: list[Span]) -> list[Span]:
    """The spans, each with whether readers find a story in it; one query that looks once for each of them."""
    if not spans:
        return []
    connection, now = connections[router.db_for_read(Article)], timezone.now()
    adapted = connection.ops.adapt_datetimefield_value
    # A span that is not over ends now, so that the database has one bound at either side: of two it may take the wrong.
    ends = [min(_midnight(span.end), now + timedelta(microseconds=1)) for span in spans]
    rows = [(number, adapted(_midnight(span.first)), adapted(ends[number])) for number, span in enumerate(spans)]
    with connection.cursor() as cursor:
        cursor.execute(
            _FILLED % ", ".join(["(%s, %s, %s)"] * len(rows)),
            [*(value for row in rows for value in row), Status.PUBLISHED, Precision.UNKNOWN, adapted(now)],
        )
        filled = {number for (number,) in cursor.fetchall()}
    return [replace(span, has_stories=number in filled) for number, span in enumerate(spans)]


# No EXISTS: PostgreSQL would make a join of it, and compare each story with each span.
_FILLED = f"""
WITH span(number, opens, closes) AS (VALUES %s)
SELECT number FROM span WHERE (
    SELECT 1 FROM {Article._meta.db_table} WHERE status = %%s AND date_precision <> %%s
    AND published_at >= opens AND published_at < closes AND (expires_at IS NULL OR expires_at > %%s) LIMIT 1
) = 1
"""  # noqa: S608 (our own names)
