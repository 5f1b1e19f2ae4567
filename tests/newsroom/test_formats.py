"""Every date and number that Django writes by itself is one that a Vietnamese reader would write."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import engines
from django.utils.formats import get_format

SATURDAY = datetime(2026, 11, 21, 7, 5, tzinfo=ZoneInfo("UTC"))
# Forms of |date that print English, or the zone as "+07".
FOREIGN = re.compile(r"""\|(?:date|time):["'][^"']*(?<!\\)[TeOSrP]""")


def printed(template: str, **context) -> str:
    return engines["django"].from_string(template).render({"at": SATURDAY} | context)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("l", "Thứ Bảy"),
        ("DATE_FORMAT", "21/11/2026"),
        ("TIME_FORMAT", "14:05"),
        ("DATETIME_FORMAT", "14:05, 21/11/2026"),
        ("SHORT_DATE_FORMAT", "21/11/2026"),
        ("SHORT_DATETIME_FORMAT", "14:05 21/11/2026"),
        ("YEAR_MONTH_FORMAT", "Tháng 11/2026"),
        ("MONTH_DAY_FORMAT", "21/11"),
        ("F", "tháng 11"),
    ],
)
def test_date_forms(form, text):
    assert printed("{{ at|date:form }}", form=form) == text


def test_weekdays_are_words():
    days = [printed("{{ at|date:'l' }}", at=SATURDAY + timedelta(days=number)) for number in range(1, 8)]

    assert days == ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"]


def test_a_moment_without_any_form_is_day_first():
    assert printed("{{ at }} {{ at.date }}") == "14:05, 21/11/2026 21/11/2026"


def test_numbers_have_a_comma_and_points():
    assert printed("{{ x }} {{ n|floatformat:'g' }}", x=26.3, n=1234567) == "26,3 1.234.567"


def test_ages_are_vietnamese():
    assert printed("{{ at|timesince:now }}", now=SATURDAY + timedelta(days=8, minutes=3)) == "1\xa0tuần, 1\xa0ngày"


def test_week_begins_on_monday_and_days_are_read_first():
    assert get_format("FIRST_DAY_OF_WEEK") == 1
    assert not [form for form in get_format("DATE_INPUT_FORMATS") if form.startswith("%m")]
    assert not [form for form in get_format("DATETIME_INPUT_FORMATS") if form.startswith("%m")]


@pytest.mark.parametrize("path", sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")), ids=str)
def test_no_template_prints_a_zone_or_an_hour_as_elsewhere(path):
    assert FOREIGN.findall(path.read_text()) == []
