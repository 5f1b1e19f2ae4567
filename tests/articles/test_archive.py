"""The archive by months and days: what stands on a page, which ways lead on, and which addresses are none."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import archive
from articles.dates import Precision
from articles.models import Status

from .. import build

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

pytestmark = pytest.mark.django_db


def story(title, year, month, day, hour=9, minute=0, **fields):
    at = datetime(year, month, day, hour, minute, tzinfo=HANOI)
    return build.article(title=title, published_at=at, **fields)


def main_of(client, address):
    html = client.get(address).content.decode()
    return html.split("<main", 1)[1].split("<footer", 1)[0]


def days_of(html):
    return [int(day) for day in re.findall(r'<td><a href="/luu-tru/\d{4}/\d\d/(\d\d)/"', html)]


def test_month_holds_its_stories_from_its_first_minute_to_its_last(client):
    story("Cuối tháng trước", 2021, 6, 30, 23, 59)
    story("Phút đầu", 2021, 7, 1, 0, 0)
    story("Phút cuối", 2021, 7, 31, 23, 59)
    story("Sang tháng", 2021, 8, 1, 0, 0)

    html = main_of(client, "/luu-tru/2021/07/")

    assert re.findall(r"<h2 class=\"card-title\"><a[^>]*>([^<]*)", html) == ["Phút cuối", "Phút đầu"]
    assert '<h1 class="display">Lưu trữ tháng 7/2021</h1>' in html
    assert days_of(html) == [1, 31]


def test_day_holds_its_stories_and_is_marked_in_the_calendar(client):
    story("Nửa đêm", 2021, 7, 28, 0, 0)
    story("Hôm trước", 2021, 7, 27, 23, 59)

    html = main_of(client, "/luu-tru/2021/07/28/")

    assert '<h1 class="display">Thứ Tư, 28/7/2021</h1>' in html
    assert re.findall(r"<h2 class=\"card-title\"><a[^>]*>([^<]*)", html) == ["Nửa đêm"]
    assert days_of(html) == [27, 28]
    assert '<a href="/luu-tru/2021/07/28/" class="chip" aria-current="page">28</a>' in html
    assert 'href="/luu-tru/2021/07/">Cả tháng</a>' in html


def test_calendar_leads_to_the_nearest_months_that_hold_stories(client):
    for year, month in ((2019, 11), (2020, 2), (2021, 7)):
        story(f"Tin {month}/{year}", year, month, 5)

    html = main_of(client, "/luu-tru/2020/02/")

    assert 'rel="prev" href="/luu-tru/2019/11/">‹ 11/2019</a>' in html
    assert 'rel="next" href="/luu-tru/2021/07/">7/2021 ›</a>' in html
    assert [len(week) for week in archive.calendar_of(archive.month_of(2020, 2)).weeks] == [7] * 5


def test_archive_lists_years_with_the_months_that_hold_stories(client):
    for year, month in ((2019, 11), (2021, 7), (2021, 2)):
        story(f"Tin {month}/{year}", year, month, 5)

    html = main_of(client, "/luu-tru/")

    assert re.findall(r"<h2[^>]*>(Năm \d+)</h2>", html) == ["Năm 2021", "Năm 2019"]
    assert re.findall(r'href="(/luu-tru/[\d/]+)">([^<]+)', html) == [
        ("/luu-tru/2021/02/", "Tháng 2"),
        ("/luu-tru/2021/07/", "Tháng 7"),
        ("/luu-tru/2019/11/", "Tháng 11"),
    ]


def test_archive_of_a_new_paper_says_that_it_is_empty(client):
    build.house_style()

    assert 'class="empty"' in main_of(client, "/luu-tru/")


def test_hidden_and_undated_stories_open_no_day_month_or_year(client):
    now = timezone.now()
    story("Được thấy", 2021, 7, 5)
    story("Không rõ ngày", 2021, 7, 6, date_precision=Precision.UNKNOWN)
    story("Đã gỡ", 2021, 7, 7, status=Status.WITHDRAWN)
    story("Hết hạn", 2020, 3, 8, expires_at=now - timedelta(days=1))
    build.article(title="Hẹn giờ", published_at=now + timedelta(days=400))

    html = main_of(client, "/luu-tru/2021/07/")

    assert days_of(html) == [5]
    assert "rel=" not in html
    assert "Không rõ ngày" not in html
    assert [(year, len(months)) for year, months in archive.years()] == [(2021, 1)]
    for address in ("2021/07/06", "2021/07/07", "2020/03", "2020/03/08"):
        assert client.get(f"/luu-tru/{address}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "whole"),
    [("2021/7", "2021/07"), ("2021/7/8", "2021/07/08"), ("2021/07/8", "2021/07/08"), ("2021/7/08", "2021/07/08")],
)
def test_address_without_zeros_leads_to_the_one_with_them(client, address, whole):
    story("Tin", 2021, 7, 8)

    response = client.get(f"/luu-tru/{address}/?truoc=1-1")

    assert (response.status_code, response["Location"]) == (301, f"/luu-tru/{whole}/?truoc=1-1")


@pytest.mark.parametrize(
    "address", ["2021/02/29", "2021/06/31", "2021/007", "2021/07/008", "02021/07", "999/01", "2021/00"]
)
def test_address_of_no_day_is_unknown(client, address):
    story("Tin", 2021, 7, 8)

    assert client.get(f"/luu-tru/{address}/").status_code == 404


def test_month_without_stories_is_unknown_but_for_the_present_one(client):
    today = timezone.localdate()
    story("Tin", 2021, 7, 8)

    present = archive.month_of(today.year, today.month).get_absolute_url()

    assert 'class="empty"' in main_of(client, present)
    assert client.get("/luu-tru/2021/06/").status_code == 404
    assert client.get(f"/luu-tru/{today.year + 1}/01/").status_code == 404


def test_day_of_many_stories_is_walked_to_its_end_and_back(client):
    for number in range(25):
        story(f"Bản tin số {number}", 2021, 7, 8, 9, number)
    story("Hôm sau", 2021, 7, 9)

    def step(html, rel):
        found = re.search(rf'<a class="button" rel="{rel}" href="(\?[^"]*)"', html)
        return found and f"/luu-tru/2021/07/08/{found[1]}"

    first = main_of(client, "/luu-tru/2021/07/08/")
    second = main_of(client, step(first, "next"))
    back = main_of(client, step(second, "prev"))

    numbers = [re.findall(r">Bản tin số (\d+)</a>", html) for html in (first, second, back)]
    assert [int(number) for number in (*numbers[0], *numbers[1])] == list(range(24, -1, -1))
    assert numbers[2] == numbers[0]
    assert (step(back, "prev"), step(second, "next")) == (None, None)


def test_days_are_looked_up_in_the_index_with_one_question():
    with CaptureQueriesContext(connection) as asked:
        archive.calendar_of(archive.month_of(2021, 7))

    assert len(asked) == 3
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {asked.captured_queries[0]['sql']}")
        plan = "\n".join(row[-1] for row in cursor.fetchall())
    if connection.vendor == "sqlite":
        assert "COVERING INDEX article_newest (status=? AND published_at>? AND published_at<?)" in plan
    else:
        assert re.search(r"using article_newest[^\n]*\n\s*Index Cond: [^\n]*published_at >= [^\n]*published_at <", plan)
