"""Walks through the answers of search: every story once, best first, and nothing moves while somebody reads."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from articles import publishing
from articles.filters import ArticleFilter
from articles.models import Article
from articles.paging import PAGE_SIZE
from articles.search import asking

from .. import build

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

pytestmark = pytest.mark.django_db

# So many stories of each fitness for "bến vân", best first; three pages together, the last one not full.
FITNESS = {
    "Cầu Bến Vân số {}": 9,
    "Cau Ben Van so {}": 12,
    "Vân Hà có bến, số {}": 17,
    "Van vẻ và bền số {}": 15,
}


@pytest.fixture
def ranked() -> list[int]:
    """The ids of stories in the order of their answer; within a fitness the later numbers are older."""
    made = [
        build.article(title=title.format(number), lead="", body="", hours_ago=number + 1).pk
        for title, count in FITNESS.items()
        for number in range(count)
    ]
    assert 2 * PAGE_SIZE < len(made) < 3 * PAGE_SIZE
    return made


@pytest.fixture
def page(client):
    """`page(truoc=…)`: the page of the answer to "bến vân"."""

    def ask(**query):
        answer = client.get("/tim-kiem/", {"q": "bến vân", **query})
        assert answer.status_code == 200
        return answer.context["page"]

    return ask


def ids(shown) -> list[int]:
    return [story.pk for story in shown.items]


def walk(page, **query) -> list:
    pages = [page(**query)]
    while pages[-1].older:
        pages.append(page(truoc=pages[-1].older, **query))
    return pages


@pytest.mark.parametrize("order", ["khop", "moi"])
def test_walk_there_and_back_meets_every_story_once(ranked, page, order):
    there = walk(page, sap_xep=order)
    back = [there[-1]]
    while back[0].newer:
        back.insert(0, page(sau=back[0].newer, sap_xep=order))

    assert sorted(pk for shown in there for pk in ids(shown)) == sorted(ranked)
    assert [ids(shown) for shown in back] == [ids(shown) for shown in there]
    assert (there[0].newer, there[-1].older) == ("", "")


def test_best_come_first_on_every_page(ranked, page):
    assert [pk for shown in walk(page) for pk in ids(shown)] == ranked


def test_better_story_that_comes_out_meanwhile_moves_nothing_on_a_shared_page(ranked, page):
    key = page().older
    build.article(title="Bến Vân hôm nay", hours_ago=0)

    assert ids(page(truoc=key)) == ranked[PAGE_SIZE : 2 * PAGE_SIZE]


def test_story_that_a_key_names_may_be_gone(ranked, page):
    key = page().older
    publishing.withdraw(
        article=Article.objects.get(pk=ranked[PAGE_SIZE - 1]),
        by=build.user("articles.withdraw_article"),
        reason="Sai sự thật",
    )

    assert ids(page(truoc=key)) == ranked[PAGE_SIZE : 2 * PAGE_SIZE]


def test_way_back_ends_at_the_whole_first_page(ranked, page):
    second = page(truoc=page().older)
    build.article(title="Bến Vân hôm nay", hours_ago=0)
    almost = page(sau=second.newer)
    first = page(sau=almost.newer)

    assert ids(almost) == ranked[:PAGE_SIZE]
    assert (len(first.items), first.items[0].title, first.newer) == (PAGE_SIZE, "Bến Vân hôm nay", "")


def test_page_says_which_of_how_many_it_shows(ranked, page, client):
    answer = client.get("/tim-kiem/", {"q": "bến vân", "truoc": page().older}).content.decode()

    assert f"{PAGE_SIZE + 1}–{2 * PAGE_SIZE} / {len(ranked)}" in answer
    assert 'rel="prev"' in answer
    assert 'rel="next"' in answer


@pytest.mark.parametrize("order", ["", "khop", "moi"])
@pytest.mark.parametrize("name", ["truoc", "sau", "trang"])
@pytest.mark.parametrize(
    "key",
    ["2", "abc", "0-0", "0-0-1", "1700000000000000-1", "9-9--1-1", "9-9-1-9", "--1-1", "9" * 17 + "-1", "0-0-١-1"],
)
def test_old_or_forged_key_leads_to_stories(ranked, page, key, name, order):
    shown = page(**{name: key, "sap_xep": order})

    assert len(shown.items) == PAGE_SIZE


def test_walk_by_date_goes_on_where_no_more_hits_are_counted(ranked, page, monkeypatch):
    monkeypatch.setattr(asking, "CAP", PAGE_SIZE + 5)
    monkeypatch.setattr(asking, "SPARSE", PAGE_SIZE + 5)
    newest_first = list(Article.objects.newest_first().values_list("pk", flat=True))

    there = walk(page, sap_xep="moi")

    assert [pk for shown in there for pk in ids(shown)] == newest_first
    assert ids(page(sap_xep="moi", sau=there[-1].newer)) == ids(there[-2])
    assert [shown.is_first for shown in there] == [True, False, False]


@pytest.mark.parametrize("stories", [0, 2, 3, 5])
@pytest.mark.parametrize("query", ["the=bien-dao", "the=bien-dao&chuyen_muc=van-hoa", "the=bien-dao&tu=01/06/2021"])
def test_filter_by_a_list_leaves_the_same_stories_by_its_index_as_without(monkeypatch, stories, query):
    monkeypatch.setattr(asking, "CAP", 3)
    monkeypatch.setattr(asking, "WALKED", 4)
    tag, sections = build.tag("Biển đảo"), [build.section("Văn hóa"), build.section("Kinh tế")]
    build.article(title="Tin khác")
    for number in range(stories):
        at = datetime(2021, 4 + number, 1, tzinfo=HANOI)
        build.article(title=f"Tin {number}", tags=[tag], section=sections[number % 2], published_at=at)
    build.article(title="Hẹn giờ", tags=[tag], section=sections[0], hours_ago=-1)

    asked = ArticleFilter(QueryDict(query), queryset=Article.objects.published())
    asked.is_valid()

    assert asked.lists
    assert asking.newest(asked.qs, along=asked.lists) == asking.newest(asked.qs)
