"""A question that finds nothing leads on to what was probably meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Status, TagSynonym
from articles.search import read, suggestions
from articles.search.suggesting import Asked, Printed
from articles.text import clean

from .. import build

pytestmark = pytest.mark.django_db

TAGS = (
    "Đảng bộ",
    "Đà Lạt",
    "Hà Tĩnh",
    "Thành phố Hồ Chí Minh",
    "nông thôn mới",
    "bảo hiểm y tế",
    "thủy lợi",
    "du lịch",
)
TITLES = (
    "Ruộng bậc thang vào mùa nước đổ",
    "An toàn giao thông dịp cuối năm",
    "Nghị quyết mới về chuyển đổi số",
    "Sản xuất vụ đông: trồng trọt và chăn nuôi",
    "Ủy ban nhân dân tỉnh họp phiên tháng 11",
)


@pytest.fixture
def paper():
    build.article(title="Bản tin", tags=[build.tag(name) for name in TAGS])
    for title in TITLES:
        build.article(title=title)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Blanks missing, or one too many.
        ("dalat", "Đà Lạt"),
        ("hatinh", "Hà Tĩnh"),
        ("bao hiem yte", "bảo hiểm y tế"),
        ("thanhpho hochiminh", "Thành phố Hồ Chí Minh"),
        ("giaothong", "giao thông"),
        ("ng hi quyet", "Nghị quyết"),
        # Telex on a keyboard that is not Vietnamese, in whole or in part.
        ("ddang bo", "Đảng bộ"),
        ("ddangr booj", "Đảng bộ"),
        ("nongo thono mowis", "nông thôn mới"),
        ("dduf lijch", "du lịch"),
        # Letters missing, doubled, swapped, or beside the right key.
        ("ruong bac thnag", "Ruộng bậc thang"),
        ("giao thogn", "giao thông"),
        ("nong thom moi", "nông thôn mới"),
        ("nong thn moi", "nông thôn mới"),
        ("chuyenn doi soo", "chuyển đổi số"),
        ("du lihc", "du lịch"),
        # Sounds that are spelled alike where they are spoken alike.
        ("xản xuất", "Sản xuất"),
        ("chồng trọt", "trồng trọt"),
        ("lông thôn mới", "nông thôn mới"),
        ("ngị quyết", "Nghị quyết"),
        # Initials.
        ("tp hcm", "Thành phố Hồ Chí Minh"),
        ("tphcm", "Thành phố Hồ Chí Minh"),
        ("ubnd tinh", "Ủy ban nhân dân tỉnh"),
    ],
)
def test_realistic_slip_leads_to_what_was_meant(client, paper, typed, meant):
    assert suggestions(read(typed))[0] == meant
    page = client.get("/tim-kiem/", {"q": typed})
    assert f">{meant}</a>" in page.content.decode()
    assert client.get("/tim-kiem/", {"q": meant}).context["page"].items


@pytest.mark.parametrize("typed", ["xzqw", "a", "dd", "hn", "ubnd", "vườn quốc gia", "?", "12345"])
def test_what_is_like_nothing_leads_nowhere(typed):
    build.article(title="Ruộng bậc thang vào mùa", tags=[build.tag("nông thôn mới")])

    assert suggestions(read(typed)) == []


def test_other_names_of_tags_are_suggested():
    tag = build.tag("Đà Lạt")
    build.article(tags=[tag])
    TagSynonym.objects.create(tag=tag, name="Thành phố ngàn hoa")

    assert suggestions(read("thanh pho ngna hoa")) == ["Thành phố ngàn hoa"]


def test_nothing_is_suggested_that_readers_may_not_see():
    hidden = build.tag("quy hoạch mật")
    build.article(title="Quy hoạch kín", status=Status.DRAFT, published_at=None, tags=[hidden])
    TagSynonym.objects.create(tag=hidden, name="quy hoạch bí mật")

    assert suggestions(read("quy hoach mta")) == suggestions(read("quy hoach kni")) == []


def test_suggestions_do_not_repeat_each_other_with_a_word_more():
    build.article(title="Ruộng bậc thang vào mùa")
    build.article(title="Mùa ruộng bậc thang")

    assert suggestions(read("ruong bac thnag")) == ["ruộng bậc thang"]


def test_stretch_of_a_title_does_not_reach_over_a_comma():
    build.article(title="Bên cầu Vân, Hà về thăm")

    assert suggestions(read("vanha")) == []


def test_within_filters_the_whole_paper_is_offered_instead(client):
    build.article(title="Ruộng bậc thang")

    page = client.get("/tim-kiem/?q=ruong&tu=01/01/2030")

    assert '<a href="?q=ruong">Tìm trong cả tờ báo</a>' in page.content.decode()
    assert "suggestions" not in page.context


@given(query=st.text(max_size=60), title=st.text(max_size=60))
def test_any_question_and_any_title_can_be_compared(query, title):
    title = clean(title)
    found = [*Printed(title, Asked(read(query))).stretches(), *Printed(title, Asked(read(query))).whole()]

    assert all(stretch.spelling in title for stretch in found)
    assert all(0.5 <= stretch.closeness <= 1 or stretch.is_abbreviated for stretch in found)
