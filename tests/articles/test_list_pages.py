"""Lists of stories as readers walk through them: pages, dates, search and what stands where nothing is found."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from articles.dates import Precision
from articles.templatetags.lists import brief_when, day_of, span_of, when
from blocks.models import Form, Kind, Place

from .. import build

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=HANOI)

pytestmark = pytest.mark.django_db


def page(client, address):
    return client.get(address).content.decode()


def step(html, rel):
    found = re.search(rf'rel="{rel}" href="([^"]*)"', html)
    return found[1].replace("&amp;", "&") if found else ""


def titles(html):
    return re.findall(r">(Bản tin số \d+)</a>", html)


@pytest.mark.parametrize(
    ("published_at", "precision", "long", "brief"),
    [
        (NOON - timedelta(hours=2), Precision.MINUTE, "10:00", "10:00"),
        (NOON - timedelta(hours=2), Precision.DAY, "21/11/2026", "21/11"),
        (NOON - timedelta(days=1), Precision.MINUTE, "20/11/2026", "20/11"),
        (NOON - timedelta(days=700), Precision.MINUTE, "21/12/2024", "21/12/2024"),
        (NOON, Precision.UNKNOWN, "", ""),
    ],
)
def test_time_of_a_story_is_as_exact_as_it_is_known_and_needed(published_at, precision, long, brief):
    story = build.article(published_at=published_at, date_precision=precision)

    assert when(story, NOON) == long
    assert brief_when(story, NOON) == brief


def test_story_of_late_evening_belongs_to_the_day_of_hanoi():
    story = build.article(published_at=datetime(2026, 11, 20, 0, 30, tzinfo=HANOI))

    assert day_of(story) == "20/11/2026"


def test_days_of_a_page_run_from_its_first_to_its_last():
    newer = build.article(published_at=NOON)
    older = build.article(published_at=NOON - timedelta(days=3))
    unknown = build.article(date_precision=Precision.UNKNOWN)

    assert span_of([newer, older, unknown]) == "21/11/2026 – 18/11/2026"
    assert span_of([newer]) == "21/11/2026"
    assert span_of([unknown]) == ""


def test_story_of_unknown_date_prints_none_in_a_list(client):
    build.article(title="Chuyện ngày xưa", date_precision=Precision.UNKNOWN, tags=[build.tag()])

    html = page(client, "/chu-de/nong-thon-moi/")

    assert "Chuyện ngày xưa" in html
    assert "<time" not in html.split("<main", 1)[1].split("<footer", 1)[0]


def test_section_of_many_stories_is_walked_to_its_end_and_back(client):
    build.articles(45)
    first = page(client, "/thoi-su/")
    second = page(client, "/thoi-su/" + step(first, "next"))
    third = page(client, "/thoi-su/" + step(second, "next"))
    back = page(client, "/thoi-su/" + step(third, "prev"))

    assert [len(titles(html)) for html in (first, second, third)] == [20, 20, 5]
    assert len({*titles(first), *titles(second), *titles(third)}) == 45
    assert titles(back) == titles(second)
    assert (step(first, "prev"), step(third, "next")) == ("", "")
    assert [html.count("button is-off") for html in (first, second, third)] == [1, 0, 1]


def test_list_of_one_page_has_no_steps(client):
    build.articles(3)

    assert "pagination" not in page(client, "/thoi-su/")


def test_section_names_its_parts_and_marks_all_of_it_as_current(client):
    parent = build.section("Kinh tế")
    build.article(section=build.section("Nông nghiệp", parent=parent))

    html = page(client, "/kinh-te/")

    assert re.search(r'<a class="chip" href="/kinh-te/" aria-current="page">', html)
    assert '<a class="chip" href="/kinh-te/nong-nghiep/">Nông nghiệp</a>' in html


def test_section_without_stories_says_so(client):
    build.section("Thể thao")

    assert 'class="empty"' in page(client, "/the-thao/")


def test_block_beside_a_section_does_not_repeat_what_the_page_lists(client):
    build.article(title="Chỉ một lần")
    other = build.section("Văn hóa")
    build.article(title="Tin bên cạnh", section=other)
    build.block(Kind.NEWEST, Place.SECTION, form=Form.HEADLINES, heading="Mới nhất")

    html = page(client, "/thoi-su/")

    assert html.count(">Chỉ một lần</a>") == 1
    assert html.count(">Tin bên cạnh</a>") == 1


def test_series_counts_the_stories_that_can_be_read(client):
    series = build.series("Cầu Bến Sông")
    build.article(series=series)
    build.article(series=series, hours_ago=-5)
    build.article(series=build.series("Chuyển đổi số cấp xã"))
    build.series("Chuyên đề chưa ra mắt")

    response = client.get("/chuyen-de/cau-ben-song/")

    assert response.context["story_count"] == 1
    assert [(other.name, other.story_count) for other in response.context["other_series"]] == [
        ("Chuyển đổi số cấp xã", 1)
    ]


def test_author_page_tells_since_when_and_what_is_read_most(client):
    build.article(title="Bài đầu", published_at=datetime(2019, 3, 1, 9, tzinfo=HANOI), readings=7)
    build.article(title="Bài sau", readings=20)

    response = client.get("/tac-gia/hoang-mai/")

    assert (response.context["facts"]["count"], response.context["facts"]["since"].year) == (2, 2019)
    assert [story.title for story in response.context["most_read"]] == ["Bài sau", "Bài đầu"]


def test_search_marks_neighbouring_words_as_one(client):
    build.article(title="Ruộng bậc thang vào mùa")

    html = page(client, "/tim-kiem/?q=ruong+bac+thang")

    assert "<mark>Ruộng bậc thang</mark> vào mùa" in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_search_keeps_its_filters_from_page_to_page_and_drops_one_at_a_time(client):
    build.articles(25)

    html = page(client, "/tim-kiem/?q=ban+tin&chuyen_muc=thoi-su&tu=01/01/2020")
    older = page(client, "/tim-kiem/" + step(html, "next"))

    assert len(titles(re.sub("</?mark>", "", older))) == 5
    assert 'name="tu" form="search" value="01/01/2020"' in older
    assert re.search(r'class="chip" href="\?q=ban\+tin&amp;tu=01%2F01%2F2020"', older)


def test_search_by_day_alone_lists_the_stories_of_these_days(client):
    build.article(title="Tin cũ", published_at=datetime(2021, 7, 2, 9, tzinfo=HANOI))
    build.article(title="Tin nay")

    html = page(client, "/tim-kiem/?tu=01/07/2021&den=02/07/2021")

    assert ">Tin cũ</a>" in html
    assert ">Tin nay</a>" not in html


def test_search_with_a_wrong_day_says_so_beside_the_field_and_keeps_what_was_typed(client):
    build.article(title="Bến đò")

    html = page(client, "/tim-kiem/?q=ben+do&tu=31/31/2020")

    assert 'value="31/31/2020"' in html
    assert 'aria-invalid="true" aria-describedby="loi-tu"' in html
    assert "<mark>Bến đò</mark>" in html


def test_search_that_finds_nothing_leads_on_to_the_newest(client):
    build.article(title="Tin vừa đăng")

    html = page(client, "/tim-kiem/?q=khongcogi")

    assert "“khongcogi”" in html
    assert ">Tin vừa đăng</a>" in html


@pytest.mark.parametrize("address", ["/khong-co-trang-nay/", "/thoi-su/khong-co-bai-999999.html"])
def test_unknown_address_offers_search_and_the_newest(client, address):
    build.article(title="Tin vừa đăng")

    response = client.get(address)
    html = response.content.decode()

    assert response.status_code == 404
    assert html.count('action="/tim-kiem/"') >= 3
    assert ">Tin vừa đăng</a>" in html


def test_withdrawn_story_names_an_address_to_write_to_and_not_its_title(client):
    build.publication(email="toasoan@binhnguyen.example")
    gone = build.article(title="Bài đã gỡ", expires_at=timezone.now() - timedelta(minutes=5), hours_ago=5)

    response = client.get(gone.get_absolute_url())
    html = response.content.decode()

    assert response.status_code == 410
    assert "mailto:toasoan@binhnguyen.example" in html
    assert 'href="/cai-chinh/"' in html
    assert "Bài đã gỡ" not in html
