from datetime import UTC, datetime, timedelta

import pytest

from articles.dates import DateForm, Precision, date_line, form_of, relative, weekday

# 16:10 in Hà Nội on Saturday, 1 August 2020.
MOMENT = datetime(2020, 8, 1, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (DateForm.WEEKDAY_ZONE, "Thứ Bảy, 01/08/2020, 16:10 (GMT+7)"),
        (DateForm.DASH, "01/08/2020 - 16:10"),
        (DateForm.WEEKDAY_DAY, "Thứ Bảy, 01/08/2020"),
        (DateForm.WEEKDAY_PRIME, "Thứ bảy, 01/08/2020 - 16:10'"),
        (DateForm.WEEKDAY_BRACKET, "Thứ bảy, 01/08/2020, 16:10 [GMT+7]"),
    ],
)
def test_date_line_in_each_form(form, line):
    assert date_line(MOMENT, form) == line
    assert form_of(line, MOMENT, Precision.MINUTE) == form


@pytest.mark.parametrize("form", DateForm)
def test_date_known_to_the_day_prints_no_time(form):
    assert date_line(MOMENT, form, Precision.DAY).endswith("01/08/2020")


@pytest.mark.parametrize("form", DateForm)
def test_unknown_date_prints_nothing(form):
    assert date_line(MOMENT, form, Precision.UNKNOWN) == ""


def test_form_that_no_paper_of_ours_prints_is_not_guessed():
    assert form_of("August 1, 2020", MOMENT, Precision.MINUTE) is None


def test_weekday_follows_the_day_of_hanoi():
    assert weekday(datetime(2020, 8, 1, 18, 0, tzinfo=UTC)) == "Chủ Nhật"


# Saturday 21/11/2026, 14:05 in Hà Nội.
NOW = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)
# (minutes before NOW, what stands there); tests/newsroom/test_relative_times.py holds the browser to the same list.
AGES = [
    (-0.5, "vừa xong"),
    (0, "vừa xong"),
    (0.99, "vừa xong"),
    (1, "1 phút trước"),
    (5.9, "5 phút trước"),
    (59.9, "59 phút trước"),
    (60, "1 giờ trước"),
    (3 * 60 + 20, "3 giờ trước"),
    (14 * 60 + 5, "14 giờ trước"),
    (14 * 60 + 6, "hôm qua"),
    (38 * 60 + 5, "hôm qua"),
    (38 * 60 + 6, "19/11/2026"),
    (-2, "21/11/2026"),
    (-24 * 60, "22/11/2026"),
]


@pytest.mark.parametrize(("minutes", "text"), AGES)
def test_relative_time_counts_days_as_hanoi_does(minutes, text):
    assert relative(NOW - timedelta(minutes=minutes), NOW) == text


def test_a_few_minutes_ago_is_no_yesterday_even_after_midnight():
    midnight = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)

    assert relative(midnight - timedelta(minutes=10), midnight) == "10 phút trước"
