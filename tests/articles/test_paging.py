"""Walks through lists by keyset: every story once, in order, in both directions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404, QueryDict

from articles import listing
from articles.models import Article, ListKind
from articles.paging import PAGE_SIZE, page_of, page_of_shelf
from articles.shelves import Shelf

from .. import build

pytestmark = pytest.mark.django_db

STORIES = 47
NOON = datetime(2025, 11, 21, 5, 0, tzinfo=UTC)


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
    listing.fill()
    return [pk for _, pk in sorted(Article.objects.values_list("published_at", "pk"), reverse=True)]


def of_rows(query: QueryDict):
    return page_of(Article.objects.published(), query)


def of_a_list(query: QueryDict):
    return page_of_shelf(Shelf(ListKind.SECTION, build.section().pk), query)


def of_the_paper(query: QueryDict):
    return page_of_shelf(Shelf(), query)


@pytest.fixture(params=[of_rows, of_a_list, of_the_paper])
def page(request):
    """The page that a query asks for: of a queryset, of a list with an index of its own, of the whole paper."""
    return lambda query="": request.param(QueryDict(query))


def ids(shown) -> list[int]:
    return [story.pk for story in shown.items]


def walk(page) -> list:
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
def test_walk_forwards_and_back_meets_every_story_once_in_order(page, moments):
    expected = many(moments)

    there = walk(page)
    back = [there[-1]]
    while back[0].newer:
        back.insert(0, page(f"sau={back[0].newer}"))

    assert [pk for shown in there for pk in ids(shown)] == expected
    assert [len(shown.items) for shown in there] == [PAGE_SIZE, PAGE_SIZE, 7]
    # Back from the end the pages are the same: the list is a multiple of pages away from its beginning.
    assert [ids(shown) for shown in back] == [ids(shown) for shown in there]


def test_first_page_knows_itself_and_has_nothing_newer(page):
    many([NOON] * STORIES)

    pages = walk(page)

    assert [shown.is_first for shown in pages] == [True, False, False]
    assert [bool(shown.newer) for shown in pages] == [False, True, True]
    assert [bool(shown.older) for shown in pages] == [True, True, False]


def test_story_that_appears_while_one_walks_moves_nothing(page):
    expected = many([NOON] * STORIES)
    first = page()

    build.article(title="Tin vừa đăng", published_at=NOON)
    second = page(f"truoc={first.older}")

    assert ids(first) + ids(second) == expected[: 2 * PAGE_SIZE]


def test_story_that_the_key_names_may_be_gone(page):
    expected = many([NOON] * STORIES)
    first = page()
    Article.objects.filter(pk=first.items[-1].pk).delete()

    assert ids(page(f"truoc={first.older}")) == expected[PAGE_SIZE : 2 * PAGE_SIZE]


def test_list_of_exactly_one_page_leads_nowhere(page):
    expected = many([NOON] * PAGE_SIZE)

    shown = page()

    assert (ids(shown), shown.newer, shown.older, shown.is_first) == (expected, "", "", True)


def test_empty_list_is_a_page(page):
    shown = page()

    assert (shown.items, shown.newer, shown.older, shown.is_first) == ([], "", "", True)


def test_page_beyond_the_end_is_empty(page):
    many([NOON])

    assert page("truoc=1000-1").items == []


@pytest.mark.parametrize("name", ["truoc", "sau"])
@pytest.mark.parametrize(
    "key",
    ["abc", "1", "1-", "-1", "1-a", "a-1", "1-1-1", "--1-1", "1--1", "1-+1", "+1-1", " 1-1", "1_0-1", "9" * 40 + "-1"],
)
def test_key_that_no_link_of_ours_holds_is_unknown(page, name, key):
    with pytest.raises(Http404):
        page(f"{name}={key.replace('+', '%2B')}")
