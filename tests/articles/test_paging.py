"""Walks through lists by keyset: every story once, in order, in both directions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404, QueryDict
from django.utils import timezone

from articles.models import Article
from articles.paging import PAGE_SIZE, page_of

from .. import build

pytestmark = pytest.mark.django_db

STORIES = 47
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def many(moments) -> list[int]:
    """Stories at these moments, in bulk; the ids that readers see, in the order of lists."""
    style, section = build.house_style(), build.section()
    Article.objects.bulk_create(
        Article(
            title=f"Bản tin số {number}",
            slug=f"ban-tin-so-{number}",
            publication=style.publication,
            house_style=style,
            section=section,
            status="published",
            published_at=moment,
        )
        for number, moment in enumerate(moments)
    )
    return [pk for _, pk in sorted(Article.objects.values_list("published_at", "pk"), reverse=True)]


def page(query: str = ""):
    return page_of(Article.objects.published(timezone.now() + timedelta(days=1)), QueryDict(query))


def ids(shown) -> list[int]:
    return [story.pk for story in shown.items]


def walk() -> list:
    """All pages from the first to the last."""
    pages = [page()]
    while pages[-1].older:
        pages.append(page(f"truoc={pages[-1].older}"))
    return pages


@pytest.mark.parametrize(
    "moments",
    [
        [NOON] * STORIES,
        [NOON - timedelta(hours=number) for number in range(STORIES)],
        [NOON - timedelta(microseconds=number // 3) for number in range(STORIES)],
        [datetime(1969, 12, 31, 23, 59, 59, 999_999 - number // 2, tzinfo=UTC) for number in range(STORIES)],
        [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=number - 20) for number in range(STORIES)],
        [datetime(1945, 9, 2, 7, tzinfo=UTC) + timedelta(days=number) for number in range(STORIES)],
    ],
    ids=["one moment", "hours", "microseconds", "last instants of 1969", "across 1970", "1945"],
)
def test_walk_forwards_and_back_meets_every_story_once_in_order(moments):
    expected = many(moments)

    there = walk()
    back = [there[-1]]
    while back[0].newer:
        back.insert(0, page(f"sau={back[0].newer}"))

    assert [pk for shown in there for pk in ids(shown)] == expected
    assert [len(shown.items) for shown in there] == [PAGE_SIZE, PAGE_SIZE, 7]
    # Back from the end the pages are the same: the list is a multiple of pages away from its beginning.
    assert [ids(shown) for shown in back] == [ids(shown) for shown in there]


def test_first_page_knows_itself_and_has_nothing_newer():
    many([NOON] * STORIES)

    pages = walk()

    assert [shown.is_first for shown in pages] == [True, False, False]
    assert [bool(shown.newer) for shown in pages] == [False, True, True]
    assert [bool(shown.older) for shown in pages] == [True, True, False]


def test_story_that_appears_while_one_walks_moves_nothing():
    expected = many([NOON] * STORIES)
    first = page()

    build.article(title="Tin vừa đăng", published_at=NOON)
    second = page(f"truoc={first.older}")

    assert ids(first) + ids(second) == expected[: 2 * PAGE_SIZE]


def test_story_that_the_key_names_may_be_gone():
    expected = many([NOON] * STORIES)
    first = page()
    Article.objects.filter(pk=first.items[-1].pk).delete()

    assert ids(page(f"truoc={first.older}")) == expected[PAGE_SIZE : 2 * PAGE_SIZE]


def test_list_of_exactly_one_page_leads_nowhere():
    expected = many([NOON] * PAGE_SIZE)

    shown = page()

    assert (ids(shown), shown.newer, shown.older, shown.is_first) == (expected, "", "", True)


def test_empty_list_is_a_page():
    shown = page()

    assert (shown.items, shown.newer, shown.older, shown.is_first) == ([], "", "", True)


def test_page_beyond_the_end_is_empty():
    many([NOON])

    assert page("truoc=1000-1").items == []


@pytest.mark.parametrize("name", ["truoc", "sau"])
@pytest.mark.parametrize(
    "key",
    ["abc", "1", "1-", "-1", "1-a", "a-1", "1-1-1", "--1-1", "1--1", "1-+1", "+1-1", " 1-1", "1_0-1", "9" * 40 + "-1"],
)
def test_key_that_no_link_of_ours_holds_is_unknown(name, key):
    with pytest.raises(Http404):
        page(f"{name}={key.replace('+', '%2B')}")
