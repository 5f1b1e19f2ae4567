import json
import re
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from articles.dates import Precision
from articles.models import Publication
from articles.templatetags import stories

from .. import build

SATURDAY = datetime(2026, 11, 21, 7, 5, tzinfo=ZoneInfo("UTC"))


def printed(template: str, **context) -> str:
    request = RequestFactory().get("/")
    return engines["django"].from_string("{% load stories %}" + template).render(context, request)


def test_moments_print_in_the_time_of_ha_noi():
    assert stories.day(SATURDAY) == "21/11/2026"
    assert stories.weekday_day(SATURDAY) == "Thứ Bảy, 21/11/2026"
    assert printed("{{ at|day }}{{ at|weekday_day }}", at=None) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1200, "-1.200"),
        ("1234567", "1.234.567"),
        (26.3, "26,3"),
        (Decimal("1234567.25"), "1.234.567,25"),
    ],
)
def test_numbers_are_grouped_with_points(value, text):
    assert stories.number(value) == text


@pytest.mark.django_db
def test_names_of_the_byline_lead_to_their_authors_and_the_line_stays_as_typed():
    article = build.article(by=None, typed_byline="Bài: AN GIANG - Ảnh: An <Giang>")
    article.credited = [{"name": "AN GIANG", "slug": "an-giang"}]

    assert stories.byline_links(article) == ('Bài: <a href="/tac-gia/an-giang/">AN GIANG</a> - Ảnh: An &lt;Giang&gt;')


@pytest.mark.django_db
def test_longer_pen_name_is_not_cut_by_a_shorter_one():
    article = build.article(by=None, typed_byline="Thu Hường - Thu - Thuận")
    article.credited = [{"name": "Thu", "slug": "thu"}, {"name": "Thu Hường", "slug": "thu-huong"}]

    assert stories.byline_links(article) == (
        '<a href="/tac-gia/thu-huong/">Thu Hường</a> - <a href="/tac-gia/thu/">Thu</a> - Thuận'
    )


@pytest.mark.django_db
def test_byline_without_pen_names_prints_as_text():
    assert stories.byline_links(build.article(by=None, typed_byline="Theo <TTXVN>")) == "Theo &lt;TTXVN&gt;"
    assert stories.byline_links(build.article(by=None, title="Không ai")) == ""


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("Kế hoạch 214/KH-UBND năm 2026", 'Kế hoạch <span class="unbroken">214/KH-UBND</span> năm 2026'),
        ("Chỉ thị 05-CT/TW.", 'Chỉ thị <span class="unbroken">05-CT/TW</span>.'),
        ("Nhiệm kỳ 2020 - 2025", 'Nhiệm kỳ <span class="unbroken">2020 - 2025</span>'),
        ("Đường dài 12,5 km qua bản", 'Đường dài <span class="unbroken">12,5 km</span> qua bản'),
        ("5 mét & <b>", "5 mét &amp; &lt;b&gt;"),
        ("", ""),
    ],
)
def test_titles_keep_numbers_and_their_words_on_one_line(title, html):
    assert stories.together(title) == html


@pytest.mark.parametrize(
    "drawing",
    ["", "10 20", "10 20 M0 0<script>", '10 20 M0 0"/>', "x 20 M0 0", "10 20 M0 0;url(x)", "123456 20 M0 0"],
)
def test_nameplate_that_is_no_path_is_set_in_type(drawing):
    paper = Publication(name="Báo Bình Nguyên", nameplate=drawing)

    assert stories.nameplate(paper) is None
    assert printed('{% include "components/nameplate.html" %}', publication=paper).strip() == "Báo Bình Nguyên"


def test_nameplate_is_drawn_once_and_used_again():
    paper = Publication(name="Báo Bình Nguyên", nameplate="10 20.5 M0 0H10V20Z")
    template = '{% include "components/nameplate.html" %}{% include "components/nameplate.html" with again=1 %}'

    html = printed(template, publication=paper)

    assert html.count('viewBox="0 0 10 20.5"') == 2
    assert html.count('aria-label="Báo Bình Nguyên"') == 2
    assert html.count("M0 0H10V20Z") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "text"),
    [(Precision.MINUTE, "2026-11-21T14:05+07:00"), (Precision.DAY, "2026-11-21"), (Precision.UNKNOWN, "")],
)
def test_machine_date_says_no_more_than_is_known(precision, text):
    article = build.article(published_at=SATURDAY, date_precision=precision)

    assert stories.machine_date(article) == text
    data = news_data(article)
    assert data.get("datePublished", "") == text


@pytest.mark.django_db
def test_news_data_cannot_leave_its_element():
    article = build.article(title="</script><script>alert(1)</script> & <!--", lead="“Trích” ]]>")

    html = printed("{% news_data article %}", article=article)

    assert html.count("<script") == html.count("</script>") == 1
    assert "<!--" not in html
    assert news_data(article)["headline"] == article.title


@pytest.mark.django_db
def test_news_data_names_people_place_and_paper():
    article = build.article(by="Thu Hường", section=build.section("Kinh tế"), published_at=timezone.now())

    data = news_data(article)

    assert data["@type"] == "NewsArticle"
    assert data["articleSection"] == "Kinh tế"
    assert data["author"][0]["name"] == "Thu Hường"
    assert data["author"][0]["url"].endswith("/tac-gia/thu-huong/")
    assert data["publisher"]["name"] == article.publication.name
    assert "image" not in data


def news_data(article) -> dict:
    html = printed("{% news_data article %}", article=article)
    return json.loads(re.search(r">(.*)</script>", html, re.DOTALL)[1])
