"""How often a story is read: beside its form, as three numbers and the last day hour by hour."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ..counting import HOUR
from ..dates import grouped
from ..models import Article, Period, ReadingHour, Status
from ..most_read import HOURS, hour_of

# Of the small chart, in its own units: a bar for each of 24 hours fills the width of the column.
BAR, GAP, HEIGHT = 10, 3, 40


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Readings:
    """`numbers`: (label, number) for each period, as printed. `bars`: the last 24 hours; `told`: the same in words."""

    numbers: list[tuple[str, str]]
    bars: list[Bar]
    told: str

    width = HOURS[Period.DAY] * (BAR + GAP) - GAP
    height = HEIGHT
    bar = BAR


def readings_of(article: Article, now: datetime | None = None) -> Readings | None:
    """The readings of a story that is or was out; None for any other."""
    if article.status not in (Status.PUBLISHED, Status.WITHDRAWN):
        return None
    present = hour_of(now or timezone.now())
    rows = ReadingHour.objects.filter(article=article, hour__gt=present - HOURS[Period.MONTH])
    by_hour = dict(rows.values_list("hour", "count"))
    sums = {
        period: sum(count for hour, count in by_hour.items() if hour > present - HOURS[period]) for period in Period
    }
    day = range(present - HOURS[Period.DAY] + 1, present + 1)
    counts = [by_hour.get(hour, 0) for hour in day]
    return Readings(
        numbers=[(period.label, grouped(number)) for period, number in sums.items()],
        bars=_bars(counts),
        told=_told(max(counts), day[counts.index(max(counts))]),
    )


def _bars(counts: list[int]) -> list[Bar]:
    """A bar for each hour; none at all where nobody reads. One reader is seen beside a thousand."""
    most = max(counts)
    heights = [max(2, round(HEIGHT * count / most)) if count else 0 for count in counts]
    return [Bar(place * (BAR + GAP), HEIGHT - height, height) for place, height in enumerate(heights) if height]


def _told(most: int, hour: int) -> str:
    at = timezone.localtime(datetime.fromtimestamp(hour * HOUR, UTC)).hour
    words = {"number": grouped(most), "from": at, "to": at + 1}
    return _("Readings of the last 24 hours; most of all from %(from)d to %(to)d o’clock: %(number)s.") % words
