"""The stored lists of the most read: how they are reckoned, when, and what goes."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import edition, most_read, publishing
from articles.models import Article, MostRead, Period, ReadingHour
from blocks.models import Kind
from tests import build

pytestmark = pytest.mark.django_db


def titles(period: str) -> list[str]:
    return [story.title for story in most_read.ranked(Article.objects.published(), period)]


def story(title: str, *readings: tuple[int, int]) -> Article:
    """A story that was read so often, so many hours ago."""
    made = build.article(title=title)
    for times, hours_ago in readings:
        build.read(made, times, hours_ago=hours_ago)
    return made


def test_reading_weighs_half_after_each_quarter_of_the_period():
    story("Sáng nay", (100, 6))
    story("Bây giờ", (51, 0))
    story("Cũng bây giờ", (49, 0))
    build.make_lists()

    assert titles(Period.DAY) == ["Bây giờ", "Sáng nay", "Cũng bây giờ"]
    assert titles(Period.WEEK) == ["Sáng nay", "Bây giờ", "Cũng bây giờ"]


def test_hours_of_a_story_add_up():
    story("Đều đều", *[(10, hour) for hour in range(10)])
    story("Một lúc", (60, 2))
    build.make_lists()

    assert titles(Period.DAY) == ["Đều đều", "Một lúc"]


@pytest.mark.parametrize(("period", "hours"), most_read.HOURS.items())
def test_reading_ends_with_its_period(period, hours):
    story("Vừa kịp", (1, hours - 1))
    story("Đã qua", (1_000_000, hours))
    build.make_lists()

    assert titles(period) == ["Vừa kịp"]


def test_list_follows_what_is_read_now_and_forgets_what_is_no_longer():
    first, second = story("Cũ", (10, 20)), story("Mới", (1, 0))
    build.make_lists()
    before = titles(Period.DAY)
    build.read(second, 20)
    most_read.refresh(Period.DAY, timezone.now())
    assert (before, titles(Period.DAY)) == (["Mới", "Cũ"], ["Mới", "Cũ"])

    most_read.refresh(Period.DAY, timezone.now() + timedelta(hours=10))
    assert titles(Period.DAY) == ["Mới"]
    assert first.ranks.filter(period=Period.WEEK).exists()


def test_list_holds_the_best_of_what_readers_may_see(monkeypatch):
    monkeypatch.setattr(most_read, "PLACES", 2)
    gone = story("Gỡ rồi", (9, 0))
    for number in range(1, 5):
        story(f"Bài {number}", (number, 0))
    Article.objects.filter(pk=gone.pk).update(status="withdrawn")
    build.make_lists()

    assert titles(Period.DAY) == ["Bài 4", "Bài 3"]
    assert MostRead.objects.filter(period=Period.DAY).count() == 2


def test_readings_that_a_story_carries_follow_the_week_and_go_back_to_nothing():
    one, other = story("Một", (8, 0), (8, 42)), build.article(title="Hai", readings=99)
    build.make_lists()
    one.refresh_from_db()
    other.refresh_from_db()

    assert (one.readings, other.readings) == (12, 0)


def test_lists_are_reckoned_anew_when_a_part_of_their_period_has_passed():
    now = timezone.now()
    story("Một", (1, 0))
    assert most_read.refresh_due(now) == 3
    story("Hai", (9, 0))

    changed = [most_read.refresh_due(now + timedelta(minutes=minutes)) for minutes in (4, 5, 9, 10, 35, 150)]

    assert changed == [0, 1, 0, 0, 1, 1]
    assert {tuple(titles(period)) for period in Period} == {("Hai", "Một")}


def test_number_of_queries_is_the_same_for_any_number_of_stories():
    first = story("Bài đầu", (9, 0))
    with CaptureQueriesContext(connection) as for_one:
        most_read.refresh(Period.DAY)
    for number in range(40):
        story(f"Bài {number}", (1, 0))
    build.read(first)
    with CaptureQueriesContext(connection) as for_many:
        most_read.refresh(Period.DAY)

    assert MostRead.objects.filter(period=Period.DAY).count() == 41
    assert len(for_many) == len(for_one)


def test_new_order_makes_the_pages_anew_and_the_same_order_does_not():
    first = story("Một", (1, 0))
    build.make_lists()
    before = edition.numbers()
    build.read(first)
    build.make_lists()
    assert edition.numbers() == before

    story("Hai", (9, 0))
    most_read.refresh(Period.DAY)
    after = edition.numbers()
    assert after.number > before.number
    assert after.frame == before.frame


def test_front_page_follows_the_list_and_a_withdrawn_story_leaves_it_at_once(client):
    build.block(Kind.MOST_READ, heading="Xem nhiều nhất")
    other = story("Hai", (1, 0))
    story("Một", (9, 0))
    build.make_lists()
    assert shown(client) == ["Một", "Hai"]

    build.read(other, 20)
    build.make_lists()
    assert shown(client) == ["Hai", "Một"]

    publishing.withdraw(article=other, by=build.user("articles.withdraw_article"), reason="Chưa kiểm chứng.")
    assert shown(client) == ["Một"]


def shown(client) -> list[str]:
    """The titles of the front page from top to bottom."""
    return re.findall(r">(Một|Hai)</a>", client.get("/").content.decode())


def test_tick_makes_the_lists_and_says_so_once():
    story("Một", (1, 0))
    first, again = io.StringIO(), io.StringIO()
    call_command("tick", stdout=first)
    call_command("tick", stdout=again)

    assert titles(Period.DAY) == titles(Period.WEEK) == titles(Period.MONTH) == ["Một"]
    assert "Số danh sách xem nhiều nhất có thứ tự mới: 3." in first.getvalue()
    assert "Số danh sách xem nhiều nhất có thứ tự mới: 0." in again.getvalue()


def test_hours_that_serve_no_list_any_more_go_a_portion_at_a_time(monkeypatch):
    monkeypatch.setattr(most_read, "A_RUN", 5)
    monkeypatch.setattr(most_read, "PORTION", 2)
    story("Một", *[(1, most_read.KEPT_HOURS + age) for age in range(8)])

    assert [most_read.forget_old() for _ in range(3)] == [5, 2, 0]
    assert ReadingHour.objects.count() == 1
