"""Stretches of lists by ids: what stands in them at a moment, in which order, and that no list is read from its end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import edition, listing
from articles.dates import Precision
from articles.models import Article, ListKind, Status
from articles.shelves import Shelf, newest_ids

from .. import build

pytestmark = pytest.mark.django_db


def of_section(section=None, **asked):
    return newest_ids(ListKind.SECTION, (section or build.section()).pk, **({"count": 100} | asked))


def place(story):
    return story.published_at, story.pk


def test_list_holds_what_readers_see_newest_first():
    now = timezone.now()
    older, newer = build.article(hours_ago=2), build.article(hours_ago=1)
    build.article(hours_ago=-1)
    build.article(hours_ago=3, expires_at=now - timedelta(hours=1))
    build.article(status=Status.WITHDRAWN)
    build.article(section=build.section("Văn hóa"))

    assert of_section() == [newer.pk, older.pk]


def test_list_is_that_of_the_moment_asked_for():
    now = timezone.now()
    ending = build.article(hours_ago=1, expires_at=now + timedelta(hours=1))
    coming = build.article(hours_ago=-2)

    assert of_section() == [ending.pk]
    assert of_section(at=now + timedelta(hours=1)) == []
    assert of_section(at=coming.published_at) == [coming.pk]


def test_kinds_of_lists_are_told_apart():
    section, tag, author, series = build.section(), build.tag(), build.author(), build.series()
    story = build.article(section=section, tags=[tag], series=series)
    build.article(section=build.section("Văn hóa"), by=None)

    for kind, row in (("section", section), ("tag", tag), ("author", author), ("series", series)):
        assert newest_ids(kind, row.pk, count=5) == [story.pk]


def test_stories_of_one_moment_follow_by_id_from_any_place():
    at = timezone.now() - timedelta(days=1)
    stories = [build.article(title=f"Tin {n}", published_at=at) for n in range(5)]
    expected = [story.pk for story in reversed(stories)]
    shelf = Shelf(ListKind.SECTION, build.section().pk)

    assert shelf.older(2) == expected[:2]
    assert shelf.older(2, than=(at, expected[1])) == expected[2:4]
    assert shelf.newer(2, than=(at, expected[3])) == [expected[2], expected[1]]


def test_nothing_that_is_ahead_shows_after_a_place_that_is_ahead_too():
    now = timezone.now()
    out, coming = build.article(), build.article(hours_ago=-5)

    assert of_section(after=(now + timedelta(days=1), 1)) == [out.pk]
    assert Shelf(ListKind.SECTION, build.section().pk).newer(9, than=place(out)) == []
    assert of_section(after=(now + timedelta(days=1), 1), at=coming.published_at) == [coming.pk, out.pk]


@pytest.mark.parametrize("kind", [ListKind.SECTION, ""])
def test_stories_without_a_day_are_left_out_where_asked_for(kind):
    dated = build.article()
    unknown = build.article(hours_ago=9, date_precision=Precision.UNKNOWN)
    key = build.section().pk

    assert newest_ids(kind, key, count=9) == [dated.pk, unknown.pk]
    assert newest_ids(kind, key, count=9, dated=True) == [dated.pk]


def test_paper_as_a_whole_holds_what_readers_see():
    now = timezone.now()
    stories = [build.article(section=build.section(name)) for name in ("Kinh tế", "Văn hóa")]
    build.article(hours_ago=-1)
    build.article(hours_ago=2, expires_at=now - timedelta(hours=1))
    build.article(status=Status.DRAFT, published_at=None)

    assert newest_ids("", 0, count=9) == [story.pk for story in sorted(stories, key=place, reverse=True)]


def test_shelf_of_a_stretch_of_time_holds_its_first_moment_and_not_its_last():
    start = timezone.now() - timedelta(days=9)
    stories = [build.article(title=f"Tin {n}", published_at=start + timedelta(days=n)) for n in range(4)]
    shelf = Shelf(start=stories[1].published_at, end=stories[3].published_at)
    pks = [story.pk for story in stories]

    assert shelf.older(9) == [pks[2], pks[1]]
    assert shelf.older(9, than=place(stories[3])) == [pks[2], pks[1]]
    assert shelf.older(9, than=place(stories[2])) == [pks[1]]
    assert shelf.newer(9, than=place(stories[0])) == [pks[1], pks[2]]
    assert shelf.newer(9, than=place(stories[1])) == [pks[2]]


BOUNDS = {
    "first": (lambda shelf, key: shelf.older(20), "published_at<?", "published_at <= "),
    "older": (
        lambda shelf, key: shelf.older(20, than=key),
        "(published_at,article_id)<(?,?)",
        "ROW(published_at, article_id) < ROW(",
    ),
    "newer": (
        lambda shelf, key: shelf.newer(20, than=key),
        "(published_at,article_id)>(?,?)",
        "ROW(published_at, article_id) > ROW(",
    ),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_stretch_of_a_list_is_read_from_its_index_alone_and_from_its_place(name):
    ask, sqlite, postgresql = BOUNDS[name]
    shelf = Shelf(ListKind.SECTION, 1, dated=True)

    plan = _plan(lambda: ask(shelf, (timezone.now() - timedelta(days=1), 1)))

    if connection.vendor == "sqlite":
        start = f"(kind=? AND key=? AND {sqlite}"
        assert len(plan) == 1
        assert plan[0].startswith(f"SEARCH articles_listing USING COVERING INDEX list_newest {start}")
    else:
        assert "using list_newest on articles_listing" in plan[1]
        assert postgresql in plan[2]
        assert "Sort" not in "".join(plan)


def _plan(ask) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {asked.captured_queries[-1]['sql']}")
        return [row[-1] for row in cursor.fetchall()]


# --- How many ---


def counts(kind, row, **asked):
    return listing.count_of(kind, [row.pk], **asked).get(row.pk, 0)


def test_count_is_that_of_what_readers_see_at_the_moment():
    now, series = timezone.now(), build.series()
    build.article(series=series)
    build.article(series=series, hours_ago=2, expires_at=now + timedelta(hours=1))
    coming = build.article(series=series, hours_ago=-2)

    assert counts("series", series) == 2
    assert counts("series", series, at=now + timedelta(hours=1)) == 1
    assert counts("series", series, at=coming.published_at) == 2


def test_count_follows_a_story_that_moves_and_goes():
    here, there = build.series(), build.series("Chuyện làng")
    story = build.article(series=here)
    Article.objects.filter(pk=story.pk).update(series=there)
    edition.bump_story(Article.objects.get(pk=story.pk))

    assert (counts("series", here), counts("series", there)) == (0, 1)

    Article.objects.filter(pk=story.pk).update(status=Status.WITHDRAWN)
    edition.bump_story(Article.objects.get(pk=story.pk))
    edition.bump_story(Article.objects.get(pk=story.pk))

    assert listing.count_of("series", [here.pk, there.pk]) == {}


def test_count_is_right_after_rows_are_made_by_the_database_itself():
    tag, other = build.tag(), build.tag("Biển đảo")
    stories = [build.article(tags=[tag]), build.article(tags=[tag, other])]

    listing.rebuild()
    assert listing.count_of("tag", [tag.pk, other.pk]) == {tag.pk: 2, other.pk: 1}

    stories[0].tags.set([other])
    listing.remake(ListKind.TAG, tag.pk, other.pk)
    assert listing.count_of("tag", [tag.pk, other.pk]) == {tag.pk: 1, other.pk: 2}


def test_rows_made_by_the_database_are_those_that_acts_make():
    now = timezone.now()
    parent = build.section("Kinh tế")
    build.article(
        section=build.section("Nông nghiệp", parent=parent),
        tags=[build.tag()],
        series=build.series(),
        date_precision=Precision.UNKNOWN,
        expires_at=now + timedelta(days=1),
    )
    build.article(hours_ago=5, expires_at=now - timedelta(hours=1))
    build.article(status=Status.DRAFT, published_at=None)
    columns = ("kind", "key", "article", "published_at", "expires_at", "is_dated")
    by_acts = set(listing.Listing.objects.values_list(*columns))

    listing.rebuild()

    assert len(by_acts) == 5
    assert set(listing.Listing.objects.values_list(*columns)) == by_acts


def test_what_is_over_is_cleared_away_and_comes_back_when_its_end_is_put_off():
    now, series = timezone.now(), build.series()
    build.article(series=series)
    story = build.article(series=series, expires_at=now + timedelta(hours=1))
    over = now + timedelta(hours=2)

    assert listing.clear_away(over) == 3
    assert listing.clear_away(over) == 0
    assert counts("series", series, at=over) == 1

    Article.objects.filter(pk=story.pk).update(expires_at=None)
    edition.bump_story(Article.objects.get(pk=story.pk))

    assert counts("series", series, at=over) == 2
