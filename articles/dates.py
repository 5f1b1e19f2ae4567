"""Dates and numbers as Vietnamese papers print them: day first, weekday in words, always the time of Hà Nội."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

# The paper's dates: what lies before is older than any photograph, what lies behind a slip of the keyboard. Both are
# far from where a calendar ends and its sums fail.
FIRST_YEAR, LAST_YEAR = 1800, 2199

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
# As calendars head their columns.
WEEKDAYS_IN_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


class DateForm(models.TextChoices):
    """The five printed forms. A paper chooses one for its stories; case and marks belong to the form."""

    WEEKDAY_ZONE = "weekday_zone", "Thứ Bảy, 01/08/2020, 16:10 (GMT+7)"
    DASH = "dash", "17/07/2017 - 07:39"
    WEEKDAY_DAY = "weekday_day", "Thứ Sáu, 23/04/2021"
    WEEKDAY_PRIME = "weekday_prime", "Thứ sáu, 02/07/2021 - 13:58'"
    WEEKDAY_BRACKET = "weekday_bracket", "Chủ nhật, 26/05/2024, 16:22 [GMT+7]"


class Precision(models.TextChoices):
    """How well the moment of publication is known; archives often know the day only, or nothing."""

    MINUTE = "minute", _("to the minute")
    DAY = "day", _("the day only")
    UNKNOWN = "unknown", _("unknown")


def weekday(moment: datetime) -> str:
    """'Thứ Bảy': the weekday in words, each word with a capital.

    >>> weekday(datetime(2026, 11, 21, tzinfo=timezone.get_default_timezone()))
    'Thứ Bảy'
    """
    return WEEKDAYS[timezone.localtime(moment).weekday()]


def relative(moment: datetime, now: datetime | None = None) -> str:
    """How long ago: 'vừa xong', '5 phút trước', '3 giờ trước' (of today), 'hôm qua', then the day.

    A moment that lies ahead is its day. static/js/site.js says the same over the printed times of public pages.
    """
    now = now or timezone.now()
    passed, day = now - moment, timezone.localtime(moment).date()
    days = (timezone.localtime(now).date() - day).days
    if passed < -timedelta(minutes=1) or days > 1:
        return f"{day:%d/%m/%Y}"
    if passed < timedelta(minutes=1):
        return "vừa xong"
    if passed < timedelta(hours=1):
        return f"{passed // timedelta(minutes=1)} phút trước"
    return "hôm qua" if days else f"{passed // timedelta(hours=1)} giờ trước"


def when(moment: datetime, now: datetime | None = None) -> str:
    """A moment that lies ahead, as one says it: '18:00 hôm nay', '06:30 ngày mai', '06:30 Thứ Hai, 30/11/2026'."""
    local, today = timezone.localtime(moment), timezone.localtime(now or timezone.now()).date()
    days = {today: "hôm nay", today + timedelta(days=1): "ngày mai"}
    return f"{local:%H:%M} {days.get(local.date()) or f'{weekday(moment)}, {local:%d/%m/%Y}'}"


def date_line(moment: datetime, form: str, precision: str = Precision.MINUTE) -> str:
    """The date line under a title, in one of the forms of DateForm; empty where the date is unknown."""
    if precision == Precision.UNKNOWN:
        return ""
    local = timezone.localtime(moment)
    day = f"{local:%d/%m/%Y}"
    named, plain = f"{weekday(moment)}, {day}", f"{weekday(moment).capitalize()}, {day}"
    to_the_day = {
        DateForm.WEEKDAY_ZONE: named,
        DateForm.DASH: day,
        DateForm.WEEKDAY_DAY: named,
        DateForm.WEEKDAY_PRIME: plain,
        DateForm.WEEKDAY_BRACKET: plain,
    }[DateForm(form)]
    if precision == Precision.DAY:
        return to_the_day
    return (
        to_the_day
        + {
            DateForm.WEEKDAY_ZONE: f", {local:%H:%M} (GMT+7)",
            DateForm.DASH: f" - {local:%H:%M}",
            DateForm.WEEKDAY_DAY: "",
            DateForm.WEEKDAY_PRIME: f" - {local:%H:%M}'",
            DateForm.WEEKDAY_BRACKET: f", {local:%H:%M} [GMT+7]",
        }[DateForm(form)]
    )


def grouped(number) -> str:
    """A number in print: groups of three with points, a comma before decimals.

    >>> grouped(1234567), grouped(26.3)
    ('1.234.567', '26,3')
    """
    return number_format(number, force_grouping=True)


def form_of(line: str, moment: datetime, precision: str) -> DateForm | None:
    """The form in which `line` prints `moment`, or None where no form of ours gives exactly this line."""
    return next((form for form in DateForm if date_line(moment, form, precision) == line), None)
