"""A reader narrows a search by links alone, takes each filter back, and is told what could not be understood."""

import html
import re
from datetime import UTC, datetime

import pytest

from articles.facets import SHOWN
from articles.models import TagSynonym

from .. import build

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a (?:class="chip" )?href="(\?[^"]*)"[^>]*>([^<]*)(?:<span[^>]*>([^<]*)</span>)?')


@pytest.fixture
def stories():
    """Three stories about a ferry: two of one tag, two of one author, two of one paper."""
    water = build.tag("Đường thủy")
    old = build.publication(name="Báo Vân Hà", code="BVH", is_current=False)
    return [
        build.article(title="Bến đò một", tags=[water], by="Lê Khoa", section=build.section("Kinh tế")),
        build.article(title="Bến đò hai", tags=[water, build.tag("Du lịch")], by="Bá Đạt"),
        build.article(title="Bến đò ba", by="Bá Đạt", house_style=build.house_style(publication=old)),
    ]


def ask(client, address: str):
    """(titles, filters offered or in use: label -> (address, count), the page) of a search."""
    answer = client.get(f"/tim-kiem/{address}")
    page = answer.content.decode()
    links = {label.strip(): (html.unescape(query), count) for query, label, count in LINK.findall(page)}
    return {story.title for story in answer.context["page"].items}, links, page


@pytest.mark.parametrize(
    ("label", "count", "titles"),
    [
        ("Kinh tế", "1", {"Bến đò một"}),
        ("Đường thủy", "2", {"Bến đò một", "Bến đò hai"}),
        ("Du lịch", "1", {"Bến đò hai"}),
        ("Bá Đạt", "2", {"Bến đò hai", "Bến đò ba"}),
        ("Báo Vân Hà", "1", {"Bến đò ba"}),
    ],
)
def test_filter_is_chosen_by_a_link_that_says_what_it_leaves_and_taken_back_by_another(
    client, stories, label, count, titles
):
    everything, offered, _page = ask(client, "?q=ben+do")
    found, then, _page = ask(client, offered[label][0])
    chips = [query for name, (query, _count) in then.items() if name.endswith(f": {label}")]

    assert offered[label][1] == count
    assert found == titles
    assert len(chips) == 1
    assert ask(client, chips[0])[0] == everything == {story.title for story in stories}


def test_filters_add_up_and_a_new_question_keeps_them(client, stories):
    _titles, offered, _page = ask(client, "?q=ben+do")
    _titles, offered, _page = ask(client, offered["Bá Đạt"][0])
    titles, offered, page = ask(client, offered["Đường thủy"][0])

    assert titles == {"Bến đò hai"}
    assert {"Tác giả: Bá Đạt", "Thẻ: Đường thủy"} <= set(offered)
    assert '<input type="hidden" name="the" form="search" value="duong-thuy">' in page
    assert '<input type="hidden" name="tac_gia" form="search" value="ba-dat">' in page


def test_filter_begins_at_the_first_page(client, stories):
    _titles, offered, _page = ask(client, "?q=ben+do&sap_xep=moi&truoc=&sau=")

    assert offered["Du lịch"][0] == "?q=ben+do&sap_xep=moi&the=du-lich"


def test_most_frequent_tags_come_first_and_rare_ones_stay_away(client):
    tags = [build.tag(f"Thẻ {chr(97 + number)}") for number in range(SHOWN + 2)]
    for number in range(3):
        build.article(title=f"Bến đò {number}", tags=tags[-1:] if number else tags)

    choices = client.get("/tim-kiem/?q=ben+do").context["results"].facets[0].choices

    assert [(choice.label, choice.count) for choice in choices] == [
        (tags[-1].name, 3),
        *((tag.name, 1) for tag in tags[: SHOWN - 1]),
    ]


def test_papers_are_offered_only_where_there_is_a_choice(client, stories):
    labels = [facet.label for facet in client.get("/tim-kiem/?q=ben+do").context["results"].facets]
    of_one = [facet.label for facet in client.get("/tim-kiem/?q=ben+do&the=duong-thuy").context["results"].facets]

    assert (labels, of_one) == (["Thẻ", "Tác giả", "Ấn phẩm"], ["Tác giả"])


def test_address_of_another_name_of_a_tag_filters_by_the_tag(client, stories):
    TagSynonym.objects.create(tag=build.tag("Đường thủy"), name="Giao thông sông nước")

    titles, links, _page = ask(client, "?q=ben+do&the=giao-thong-song-nuoc")

    assert titles == {"Bến đò một", "Bến đò hai"}
    assert "Thẻ: Đường thủy" in links


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("chuyen_muc", "Lỗi: không có chuyên mục này. Bộ lọc được bỏ qua."),
        ("the", "Lỗi: không có thẻ này. Bộ lọc được bỏ qua."),
        ("tac_gia", "Lỗi: không có tác giả này. Bộ lọc được bỏ qua."),
        ("an_pham", "Lỗi: không có ấn phẩm này. Bộ lọc được bỏ qua."),
        ("tu", "Lỗi: ngày không hợp lệ. Hãy viết ngày/tháng/năm, ví dụ 21/11/2026."),
        ("den", "Lỗi: ngày không hợp lệ. Hãy viết ngày/tháng/năm, ví dụ 21/11/2026."),
    ],
)
def test_unknown_value_is_told_at_its_place_and_the_other_filters_hold(client, stories, name, sentence):
    is_author = name == "tac_gia"
    other = "the=du-lich" if is_author else "tac_gia=ba-dat"

    titles, _links, page = ask(client, f"?q=ben+do&{name}=xua-roi&{other}")
    _titles, _links, hopeless = ask(client, f"?q=khong+co+gi&{name}=xua-roi&{other}")

    assert titles == {"Bến đò hai"} | (set() if is_author else {"Bến đò ba"})
    for answer in (page, hopeless):
        assert f'<a href="#loi-{name}">' in answer
        assert f'<p class="error" id="loi-{name}">{sentence}</p>' in answer


def test_days_in_the_wrong_order_are_told_and_lose_nothing(client, stories):
    titles, _links, page = ask(client, "?q=ben+do&tu=21/11/2026&den=01/11/2026&tac_gia=ba-dat")

    assert titles == {"Bến đò hai", "Bến đò ba"}
    assert (
        '<p class="error" id="loi-den">Lỗi: ngày này đứng trước mục “Từ ngày”. Cả hai ngày đều được bỏ qua.</p>' in page
    )
    assert 'name="tu" form="search" value="21/11/2026"' in page
    assert 'name="den" form="search" value="01/11/2026"' in page
    assert "Tác giả: Bá Đạt" in page


def test_both_days_may_be_the_same(client):
    build.article(title="Bến đò xưa", published_at=datetime(2024, 7, 2, 3, tzinfo=UTC))

    assert ask(client, "?tu=02/07/2024&den=02/07/2024")[0] == {"Bến đò xưa"}
