from datetime import UTC, datetime

import pytest

from articles.dates import DateForm, Precision, date_line, form_of, weekday

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
