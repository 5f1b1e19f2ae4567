from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from articles import edition
from articles.dates import Precision
from articles.models import Article, Period, Status
from articles.reading import visible_article
from blocks.models import Form, Kind, Place
from blocks.placing import place_blocks
from tests import build

pytestmark = pytest.mark.django_db


def titles(filled) -> list[str]:
    return [entry.title for entry in filled.entries]


def below(story: Article, **fields):
    """The only block below a story, or None where it stays empty."""
    build.block(place=Place.BELOW, **fields)
    placed = place_blocks(article=visible_article(story.pk))
    return placed.below[0] if placed.below else None


# --- The rules


def test_newest_leaves_out_the_open_story():
    stories = build.articles(4)
    assert titles(below(stories[0], count=2)) == ["Bản tin số 2", "Bản tin số 3"]


def test_newest_leaves_out_stories_of_unknown_date():
    build.article(title="Không rõ ngày", hours_ago=1, date_precision=Precision.UNKNOWN)
    build.article(title="Rõ ngày", hours_ago=2)
    build.block()
    assert titles(place_blocks().front[0]) == ["Rõ ngày"]


def test_same_section_takes_the_main_section_of_the_story_and_leads_to_it():
    culture = build.section("Văn hóa")
    story = build.article(section=culture)
    build.article(title="Tin văn hóa", section=culture)
    build.article(title="Tin thời sự", section=build.section("Thời sự"))
    filled = below(story, kind=Kind.SAME_SECTION, heading="Các tin khác")
    assert (titles(filled), filled.heading, filled.more_url) == (["Tin văn hóa"], "Các tin khác", "/van-hoa/")


def test_same_section_on_a_section_page_takes_that_section_with_what_lies_below_it():
    culture = build.section("Văn hóa")
    build.article(title="Tin di sản", section=build.section("Di sản", parent=culture))
    build.article(title="Tin thời sự", section=build.section("Thời sự"))
    build.block(Kind.SAME_SECTION, Place.SECTION)
    assert titles(place_blocks(section=culture).section[0]) == ["Tin di sản"]


def test_same_section_on_the_front_page_gives_nothing():
    build.article()
    build.block(Kind.SAME_SECTION)
    assert not place_blocks().front


def test_same_series_takes_the_series_of_the_story_and_leads_to_it():
    series = build.series()
    story = build.article(series=series)
    build.article(title="Kỳ trước", series=series)
    build.article(title="Tin lẻ")
    filled = below(story, kind=Kind.SAME_SERIES)
    assert (titles(filled), filled.more_url) == (["Kỳ trước"], series.get_absolute_url())


def test_same_tags_ranks_by_the_number_of_shared_tags_then_newest():
    river, ferry, rice = build.tag("sông"), build.tag("bến đò"), build.tag("lúa")
    story = build.article(tags=[river, ferry])
    build.article(title="Một thẻ, mới", tags=[river], hours_ago=1)
    build.article(title="Hai thẻ", tags=[river, ferry, rice], hours_ago=3)
    build.article(title="Một thẻ, cũ", tags=[ferry], hours_ago=2)
    build.article(title="Thẻ khác", tags=[rice])
    assert titles(below(story, kind=Kind.SAME_TAGS)) == ["Hai thẻ", "Một thẻ, mới", "Một thẻ, cũ"]


def test_what_the_desk_named_as_related_comes_before_shared_tags():
    ferry = build.tag("bến đò")
    story = build.article(tags=[ferry])
    build.article(title="Chung thẻ", tags=[ferry])
    named = build.article(title="Được chọn", hours_ago=9)
    story.related.set([named, build.article(title="Được chọn, đã gỡ", status="withdrawn")])
    assert titles(below(story, kind=Kind.SAME_TAGS)) == ["Được chọn", "Chung thẻ"]


def test_story_without_tags_and_related_stories_has_none_below():
    build.article(title="Bài khác")
    assert below(build.article(), kind=Kind.SAME_TAGS) is None


def test_a_rule_without_series_gives_nothing_and_costs_no_query(django_assert_num_queries):
    build.article(title="Bài khác")
    story = visible_article(build.article().pk)
    build.block(Kind.SAME_SERIES, Place.BELOW)
    with django_assert_num_queries(2):  # stories named as related, and the blocks themselves
        assert not place_blocks(article=story).below


def test_most_read_shows_the_stored_list_and_leaves_out_the_unread():
    build.read(build.article(title="Ít đọc, cũ"), 3)
    build.read(build.article(title="Ít đọc, mới"), 3)
    build.article(title="Chưa ai đọc")
    build.read(build.article(title="Đọc nhiều"), 90)
    build.block(Kind.MOST_READ)
    assert not place_blocks().front
    build.make_lists()
    assert titles(place_blocks().front[0]) == ["Đọc nhiều", "Ít đọc, mới", "Ít đọc, cũ"]


def test_most_read_looks_as_far_back_as_the_desk_has_chosen():
    build.read(build.article(title="Cả tháng"), 900, hours_ago=9 * 24)
    build.read(build.article(title="Cả tuần"), 90, hours_ago=2 * 24)
    build.read(build.article(title="Hôm nay"), 9)
    build.make_lists()
    for order, period in enumerate(Period):
        build.block(Kind.MOST_READ, period=period, allow_repeat=True, order=order)
    assert [titles(filled) for filled in place_blocks().front] == [
        ["Hôm nay"],
        ["Cả tuần", "Hôm nay"],
        ["Cả tháng", "Cả tuần", "Hôm nay"],
    ]


def test_story_that_is_withdrawn_leaves_the_most_read_at_once():
    gone = build.read(build.article(title="Gỡ rồi"), 90)
    build.read(build.article(title="Còn đây"), 3)
    build.make_lists()
    build.block(Kind.MOST_READ)
    Article.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN)
    assert titles(place_blocks().front[0]) == ["Còn đây"]


def test_section_block_is_named_after_its_section_and_lists_what_lies_below_it():
    culture = build.section("Văn hóa")
    heritage = build.section("Di sản", parent=culture)
    build.section("Kho cũ", parent=culture, in_menu=False)
    build.article(title="Tin di sản", section=heritage)
    guest = build.article(title="Khách", section=build.section("Thời sự"))
    guest.more_sections.add(heritage)
    edition.bump_story(guest)
    build.article(title="Tin thời sự", section=build.section("Thời sự"))
    build.block(Kind.SECTION, section=culture, form=Form.FEATURE)
    filled = place_blocks().front[0]
    assert (filled.heading, filled.form, filled.more_url) == ("Văn hóa", "feature", "/van-hoa/")
    assert sorted(titles(filled)) == ["Khách", "Tin di sản"]
    assert [section.get_absolute_url() for section in filled.sections] == ["/van-hoa/di-san/"]


# --- Picks


def test_picks_stand_in_their_order_with_what_they_say_themselves():
    story = build.article(title="Bài trong kho", lead="Sapo trong kho.", lead_prefix="BBN -")
    block = build.block(Kind.PICKED)
    build.pick(block, title="Chỉ có chữ", lead_prefix="(BBN) -", teaser="Vài dòng giới thiệu...")
    build.pick(block, story)
    text, linked = place_blocks().front[0].entries
    assert (text.article, text.title, text.lead_prefix, text.teaser, text.url) == (
        None,
        "Chỉ có chữ",
        "(BBN) -",
        "Vài dòng giới thiệu...",
        "",
    )
    assert (linked.article, linked.title, linked.lead_prefix, linked.teaser, linked.url) == (
        story,
        "Bài trong kho",
        "BBN -",
        "Sapo trong kho.",
        story.get_absolute_url(),
    )


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"status": Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"published_at": timezone.now() - timedelta(days=2), "expires_at": timezone.now() - timedelta(days=1)},
    ],
    ids=["draft", "withdrawn", "scheduled", "expired"],
)
def test_a_pick_that_readers_may_not_see_makes_room_for_the_rule(hidden):
    block = build.block(Kind.PICKED, count=2, fill_kind=Kind.NEWEST)
    build.pick(block, build.article(title="Không được thấy", **hidden))
    build.pick(block, build.article(title="Được chọn", hours_ago=5))
    build.article(title="Mới nhất")
    assert titles(place_blocks().front[0]) == ["Được chọn", "Mới nhất"]


def test_picks_without_a_rule_are_not_filled_up():
    block = build.block(Kind.PICKED, count=3)
    build.pick(block, build.article(title="Được chọn"))
    build.article(title="Mới nhất")
    assert titles(place_blocks().front[0]) == ["Được chọn"]


def test_picks_beyond_the_count_are_left_to_the_others():
    block = build.block(Kind.PICKED, count=1)
    stories = build.articles(2)
    for story in stories:
        build.pick(block, story)
    build.block(order=1)
    assert [titles(filled) for filled in place_blocks().front] == [["Bản tin số 1"], ["Bản tin số 2"]]


def test_the_open_story_is_never_a_pick():
    story = build.article()
    block = build.block(Kind.PICKED, Place.BELOW, allow_repeat=True)
    build.pick(block, story)
    assert not place_blocks(article=visible_article(story.pk)).below


# --- One page


def test_no_story_stands_twice_on_a_page():
    build.articles(5)
    build.block(count=2)
    build.block(count=2, order=1)
    assert [titles(filled) for filled in place_blocks().front] == [
        ["Bản tin số 1", "Bản tin số 2"],
        ["Bản tin số 3", "Bản tin số 4"],
    ]


def test_a_pick_is_kept_for_its_block_from_the_rules_before_it():
    stories = build.articles(3)
    build.block(count=2)
    build.pick(build.block(Kind.PICKED, order=1), stories[0])
    assert [titles(filled) for filled in place_blocks().front] == [
        ["Bản tin số 2", "Bản tin số 3"],
        ["Bản tin số 1"],
    ]


def test_a_block_that_may_repeat_shows_what_stands_elsewhere_but_never_the_open_story():
    stories = build.articles(3)
    for number, story in enumerate(stories):
        build.read(story, 9 - number)
    build.make_lists()
    build.block(place=Place.BELOW, count=2)
    build.block(Kind.MOST_READ, Place.BESIDE, allow_repeat=True)
    placed = place_blocks(article=visible_article(stories[0].pk))
    assert titles(placed.beside[0]) == ["Bản tin số 2", "Bản tin số 3"] == titles(placed.below[0])


def test_picks_are_not_said_again_by_the_rule_that_fills_their_block_up():
    stories = build.articles(2)
    build.pick(build.block(Kind.PICKED, fill_kind=Kind.NEWEST, allow_repeat=True), stories[1])
    assert titles(place_blocks().front[0]) == ["Bản tin số 2", "Bản tin số 1"]


def test_stories_that_the_page_lists_itself_are_left_out():
    stories = build.articles(3)
    build.block(place=Place.SECTION)
    placed = place_blocks(section=build.section(), shown=stories[:2])
    assert titles(placed.section[0]) == ["Bản tin số 3"]


def test_blocks_without_any_story_are_left_out():
    build.block(Kind.MOST_READ, heading="Đọc nhiều")
    build.block(Kind.PICKED, heading="Biên tập chọn")
    assert not place_blocks().front


def test_blocks_stand_only_in_their_period():
    build.articles(3)
    now, day = timezone.now(), timedelta(days=1)
    build.block(heading="Đã hết", ends_at=now - day)
    build.block(heading="Đang chạy", starts_at=now - day, ends_at=now + day)
    build.block(heading="Sắp tới", starts_at=now + day)
    assert [filled.heading for filled in place_blocks().front] == ["Đang chạy"]


def test_every_page_has_the_blocks_of_its_places():
    story = build.articles(9)[0]
    for place in Place.values:
        build.block(place=place, heading=place, count=1)
    front, page = place_blocks(), place_blocks(article=visible_article(story.pk))
    section = place_blocks(section=build.section())
    assert [len(each) for each in (front.front, front.section, front.beside, front.below)] == [1, 0, 0, 0]
    assert [len(each) for each in (section.front, section.section, section.beside, section.below)] == [0, 1, 0, 0]
    assert [len(each) for each in (page.front, page.section, page.beside, page.below)] == [0, 0, 1, 1]


def test_a_story_has_its_own_blocks_before_those_of_its_style_before_those_of_all():
    style = build.house_style(name="2020")
    plain, styled = build.article(), build.article(house_style=style)
    own = build.article(house_style=style, source="ban-giay")
    build.articles(2)
    for place in (Place.BELOW, Place.BESIDE):
        build.block(place=place, heading="chung", allow_repeat=True)
        build.block(place=place, heading="kiểu", house_style=style, allow_repeat=True)
    build.block(place=Place.BELOW, heading="riêng", article=own, allow_repeat=True)

    def headings(story):
        placed = place_blocks(article=visible_article(story.pk))
        return [filled.heading for filled in (*placed.below, *placed.beside)]

    assert headings(plain) == ["chung", "chung"]
    assert headings(styled) == ["kiểu", "kiểu"]
    assert headings(own) == ["riêng", "kiểu"]


# --- What it costs


@pytest.mark.parametrize("number", [1, 30])
def test_blocks_of_a_story_cost_one_query_and_one_for_each_rule(number, django_assert_num_queries):
    tags, series = [build.tag("sông"), build.tag("lúa")], build.series()
    for story in build.articles(number, tags=tags, series=series):
        build.read(story)
    build.make_lists()
    story = visible_article(build.article(tags=tags, series=series).pk)
    for kind in (Kind.SAME_SECTION, Kind.SAME_SERIES, Kind.SAME_TAGS):
        build.block(kind, Place.BELOW, allow_repeat=True)
    build.block(Kind.MOST_READ, Place.BESIDE, allow_repeat=True)
    # Named stories and blocks; the section, the series, two tags and the most read; the texts of both places.
    with django_assert_num_queries(2 + 1 + 1 + 2 + 1 + 2):
        placed = place_blocks(article=story)
        assert [len(filled.entries) for filled in (*placed.below, *placed.beside)] == [min(number, 5)] * 4


@pytest.mark.parametrize("number", [1, 30])
def test_blocks_of_the_front_page_cost_the_same_for_any_number_of_stories(number, django_assert_num_queries):
    section = build.section("Văn hóa")
    build.section("Di sản", parent=section)
    stories = build.articles(number, section=section)
    for _ in range(3):
        picked = build.block(Kind.PICKED, count=30)
        for story in stories:
            build.pick(picked, story)
        build.block(Kind.SECTION, section=section, allow_repeat=True)
    with django_assert_num_queries(1 + 1 + 1 + 3):  # blocks, sub-sections, picks, three sections
        placed = place_blocks()
        assert [len(filled.entries) for filled in placed.front] == [number, min(number, 5)] + [min(number, 5)] * 2
        assert placed.front[0].entries[0].article.section.parent is None


def test_tag_hands_the_blocks_to_the_template():
    build.articles(2)
    build.block(heading="Mới nhất")
    template = Template(
        "{% load blocks %}{% page_blocks as placed %}"
        "{% for filled in placed.front %}{{ filled.heading }}:{% for e in filled.entries %} {{ e.title }}{% endfor %}"
        "{% endfor %}"
    )
    assert template.render(Context()) == "Mới nhất: Bản tin số 1 Bản tin số 2"
