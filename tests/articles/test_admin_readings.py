"""How often a story is read, beside its form at the desk."""

import re

import pytest
from django.urls import reverse

from articles.models import Article
from tests import build

pytestmark = pytest.mark.django_db


def beside(client, story: Article) -> str:
    """The part of the form about readings; '' where there is none."""
    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    found = re.search(r'<section class="module desk-readings".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_numbers_of_day_week_and_month_stand_beside_a_published_story(admin_client):
    story = build.article()
    for times, hours_ago in ((1200, 0), (30, 23), (4, 24), (5, 7 * 24), (9000, 30 * 24)):
        build.read(story, times, hours_ago=hours_ago)
    build.read(build.article(title="Bài khác"), 77)

    part = beside(admin_client, story)

    assert re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", part) == [
        ("24 giờ", "1.230"),
        ("7 ngày", "1.234"),
        ("30 ngày", "1.239"),
    ]


def test_last_day_is_drawn_and_told(admin_client):
    story = build.article()
    for times, hours_ago in ((100, 3), (50, 0), (1, 23)):
        build.read(story, times, hours_ago=hours_ago)

    part = beside(admin_client, story)

    assert re.findall(r'<rect x="(\d+)" y="(\d+)" width="10" height="(\d+)">', part) == [
        ("0", "38", "2"),
        ("260", "0", "40"),
        ("299", "20", "20"),
    ]
    assert re.search(r'aria-label="Lượt đọc trong 24 giờ qua; nhiều nhất từ \d+ đến \d+ giờ: 100\."', part)


def test_story_that_nobody_has_read_has_numbers_and_no_chart(admin_client):
    part = beside(admin_client, build.article())

    assert part.count("<dd>0</dd>") == 3
    assert "<svg" not in part


def test_draft_has_no_readings(admin_client):
    assert beside(admin_client, build.article(status="draft", published_at=None)) == ""


def test_withdrawn_story_keeps_its_readings(admin_client):
    story = build.read(build.article(status="withdrawn"), 7)

    assert "<dd>7</dd>" in beside(admin_client, story)
