"""Small charts, drawn on the server as SVG: sizes are attributes, colours come from the desk's sheet by class."""

from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .workload import Waiting

WIDTH, ROW, BAR = 304, 64, 12


def duration(length: timedelta) -> str:
    """How long, as one says it: '25 phút', '3 giờ', '2 ngày'.

    >>> duration(timedelta(minutes=95)), duration(timedelta(days=2, hours=5))
    ('1 giờ', '2 ngày')
    """
    minutes = int(length.total_seconds() // 60)
    for size, unit in ((1440, "ngày"), (60, "giờ")):
        if minutes >= size:
            return f"{minutes // size} {unit}"
    return f"{minutes} phút" if minutes else "dưới 1 phút"


def waiting_chart(rows: list[Waiting]) -> SafeString:
    """A bar for each gate: how long a story usually waits there; beside it the one that waits longest now.

    Empty where nothing has been measured. The words beside the bars say all that the bars do.
    """
    lengths = [length for row in rows for length in (row.usual, row.longest_now) if length]
    if not lengths:
        return SafeString("")
    longest = max(lengths)
    drawn = format_html_join("", "{}", ((_row(row, number, longest),) for number, row in enumerate(rows)))
    return format_html(
        '<svg class="chart" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">{3}</svg>',
        WIDTH,
        ROW * len(rows),
        "; ".join(f"{row.label}: {_told(row)}" for row in rows),
        drawn,
    )


def _row(row: Waiting, number: int, longest: timedelta) -> SafeString:
    top = number * ROW
    return format_html(
        '<text class="bar-name" x="0" y="{0}">{1}</text><text x="0" y="{6}">{7}</text>'
        '<rect class="bar-now" x="0" y="{2}" width="{3}" height="{4}"></rect>'
        '<rect class="bar-usual" x="0" y="{2}" width="{5}" height="{4}"></rect>',
        top + 14,
        row.label,
        top + 40,
        _width(row.longest_now, longest),
        BAR,
        _width(row.usual, longest),
        top + 32,
        _told(row),
    )


def _width(length: timedelta | None, longest: timedelta) -> int:
    return max(2, round(WIDTH * (length / longest))) if length else 0


def _told(row: Waiting) -> str:
    words = []
    if row.usual:
        words.append(_("usually %s") % duration(row.usual))
    if row.longest_now:
        words.append(_("longest now %s") % duration(row.longest_now))
    return ", ".join(words) or _("nothing waits")
