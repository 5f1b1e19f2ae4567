"""Rules of the newsroom's rows, in the database where one row can tell, by name where it takes several."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import (
    RESERVED_SLUGS,
    Act,
    Article,
    ArticleEvent,
    Author,
    Credit,
    HouseStyle,
    Publication,
    Section,
    SectionEditor,
    Series,
    Status,
    Tag,
)
from articles.models.named import SLUG_LENGTH
from articles.urls import urlpatterns as article_urls
from newsroom.urls import urlpatterns as house_urls

from .. import build

pytestmark = pytest.mark.django_db

NAMED = [Tag, Author, Series, Section]
# "Hòa Bình kỹ thuật Đà Lạt" in the spellings that keyboards, code pages and schools produce.
NAME = "Hòa Bình kỹ thuật Đà Lạt"
SPELLINGS = {
    "capitals": NAME.upper(),
    "small letters": NAME.lower(),
    "decomposed": unicodedata.normalize("NFD", NAME),
    "tone on the second vowel": NAME.replace("òa", "oà"),
    "i for y": NAME.replace("ỹ", "ĩ"),
    "Icelandic Eth": NAME.replace("Đ", "\u00d0"),
    "blanks": f"  {NAME.replace(' ', chr(0xA0) + ' ')} ",
    "zero-width space": NAME.replace(" ", "\u200b "),
    "soft hyphen": NAME.replace("Bình", "Bì\u00adnh"),
    "wide letters": NAME.replace("L", "\uff2c"),
    "line break": NAME.replace(" ", "\n", 1),
}


def refused(constraint: str):
    """The database itself says no, and names the rule (SQLite names the columns of a unique one)."""
    return pytest.raises(IntegrityError, match=constraint)


def test_paper_is_current_alone():
    build.publication()

    with refused("one_current_publication|is_current"), transaction.atomic():
        Publication.objects.create(name="Báo Thượng Du", is_current=True)

    Publication.objects.create(name="Báo Thượng Du")
    assert Publication.objects.current().name == "Báo Bình Nguyên"


def test_house_without_a_paper_has_a_blank_one_to_print():
    assert (Publication.objects.current().name, Publication.objects.count()) == ("Tòa soạn", 0)


def test_papers_of_one_name_are_one_in_every_spelling():
    Publication.objects.create(name="Báo Hòa Bình")

    with refused("key"), transaction.atomic():
        Publication.objects.create(name="BÁO HOÀ BÌNH")


def test_style_is_current_alone_in_its_paper():
    style = build.house_style()

    with refused("one_current_style|publication_id"), transaction.atomic():
        HouseStyle.objects.create(publication=style.publication, name="2019", is_current=True)

    other = Publication.objects.create(name="Báo Thượng Du")
    HouseStyle.objects.create(publication=other, is_current=True)
    HouseStyle.objects.create(publication=style.publication, name="2019")


def test_style_is_named_once_in_its_paper():
    style = build.house_style(name="2019")

    with refused("house_style_named_once|name"), transaction.atomic():
        HouseStyle.objects.create(publication=style.publication, name="2019")


@pytest.mark.parametrize(
    ("form", "code", "prefix"),
    [("{code} -", "BBN", "BBN -"), ("({code}) -", "BBN", "(BBN) -"), ("", "BBN", ""), ("{code} -", "", "")],
)
def test_prefix_of_a_style_is_made_of_the_papers_code(form, code, prefix):
    assert HouseStyle(publication=Publication(code=code), prefix_form=form).lead_prefix == prefix


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("model", NAMED)
def test_name_is_one_row_in_every_spelling(model, spelling):
    model.objects.create(name=NAME)

    with refused("key"), transaction.atomic():
        model.objects.create(name=spelling)
    with pytest.raises(ValidationError) as told:
        model(name=spelling, slug="khac").full_clean(exclude=["key", "search_text"])
    assert [error.code for error in told.value.error_dict["name"]] == ["twin"]
    assert NAME in str(told.value)


@pytest.mark.parametrize("model", NAMED)
def test_names_that_differ_in_a_mark_are_two_rows_with_two_addresses(model):
    first, second, third = [model.objects.create(name=name) for name in ("Đăng", "Đảng", "Dâng")]

    assert [first.slug, second.slug, third.slug] == ["dang", "dang-2", "dang-3"]


@pytest.mark.parametrize("model", NAMED)
def test_address_stays_when_the_name_changes(model):
    row = model.objects.create(name="Xây dựng Đảng")
    row.name = "Công tác Đảng"
    row.save()

    assert (row.slug, row.search_text) == ("xay-dung-dang", " cong tac dang ")


def test_name_without_a_letter_gets_an_address_all_the_same():
    assert [Tag.objects.create(name=name).slug for name in ("!!!", "???", "😀")] == ["bai", "bai-2", "bai-3"]


def test_address_of_a_long_name_is_cut_at_a_word():
    slug = Tag.objects.create(name="Nông thôn mới " * 9).slug

    assert len(slug) <= SLUG_LENGTH
    assert slug.endswith("-moi-nong-thon")
    assert Tag.objects.create(name="Nông thôn mới " * 9 + "nữa").slug == f"{slug}-2"


@pytest.mark.parametrize("model", NAMED)
@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_name_of_nothing_is_refused_in_words(model, name):
    with pytest.raises(ValidationError) as told:
        model(name=name).clean()

    assert [error.code for error in told.value.error_dict["name"]] == ["empty"]


def test_sections_have_two_levels_at_most():
    top = build.section("Kinh tế")
    below = build.section("Nông nghiệp", parent=top)

    with pytest.raises(ValidationError) as told:
        Section(name="Lúa", parent=below).clean()
    assert [error.code for error in told.value.error_dict["parent"]] == ["too_deep"]


def test_section_with_parts_cannot_become_a_part():
    top = build.section("Kinh tế")
    build.section("Nông nghiệp", parent=top)
    top.parent = build.section("Đời sống")

    with pytest.raises(ValidationError) as told:
        top.clean()
    assert [error.code for error in told.value.error_dict["parent"]] == ["too_deep"]


def test_section_is_not_its_own_parent():
    section = build.section()

    with refused("section_not_its_own_parent"), transaction.atomic():
        Section.objects.filter(pk=section.pk).update(parent=section)


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_address_of_the_site_itself_is_no_section(slug):
    with refused("section_slug_not_reserved"), transaction.atomic():
        Section.objects.create(name="Mục mới", slug=slug)


@pytest.mark.parametrize("name", ["Liên hệ", "Tìm kiếm", "Chuyên đề"])
def test_section_named_like_a_page_of_the_site_gets_the_next_address(name):
    slug = Section.objects.create(name=name).slug

    assert slug.endswith("-2")
    assert slug.removesuffix("-2") in RESERVED_SLUGS


def test_every_first_segment_of_an_address_is_reserved():
    routes = [str(entry.pattern) for entry in (*house_urls, *article_urls)]
    first = {route.split("/")[0].removesuffix(".xml").removesuffix(".txt") for route in routes if route[:1] not in "^<"}

    assert {name for name in first if name and "<" not in name} - set(RESERVED_SLUGS) == set()


def test_section_edited_by_one_person_is_noted_once():
    person, section = build.user(), build.section()
    SectionEditor.objects.create(user=person, section=section)

    with refused("section_editor_once|user_id"), transaction.atomic():
        SectionEditor.objects.create(user=person, section=section)


def test_credit_needs_a_role():
    article = build.article(by=None)

    with refused("credit_has_a_role"), transaction.atomic():
        Credit.objects.create(article=article, author=build.author(), text=False)

    Credit.objects.create(article=article, author=build.author(), text=False, compiled=True)


def test_author_is_credited_once_a_story():
    article = build.article()

    with refused("author_credited_once|author_id"), transaction.atomic():
        Credit.objects.create(article=article, author=build.author(), photo=True)


def test_credit_prints_the_name_as_the_byline_writes_it():
    article = build.article(by=None)

    printed = Credit.objects.create(article=article, author=build.author(), printed_name=" HOÀNG  MAI ")

    assert (printed.shown_name, Credit(author=build.author()).shown_name) == ("HOÀNG MAI", "Hoàng Mai")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"credit_kind": "archive"}, "picture_one_credit"),
        ({"focal_x": -0.01}, "focal_point_in_picture"),
        ({"focal_x": 1.01}, "focal_point_in_picture"),
        ({"focal_y": -0.01}, "focal_point_in_picture"),
        ({"focal_y": 1.01}, "focal_point_in_picture"),
        ({"credit_author": None, "credit_kind": "agency"}, "agency_has_a_name"),
    ],
)
def test_picture_that_breaks_a_rule_is_refused(fields, rule):
    picture = build.picture(credit_author=build.author())

    with refused(rule), transaction.atomic():
        type(picture).objects.filter(pk=picture.pk).update(**fields)


def test_focal_point_may_lie_on_the_edge():
    picture = build.picture()
    type(picture).objects.update(focal_x=0, focal_y=1)
    picture.refresh_from_db()

    assert (picture.focal_x, picture.focal_y) == (0, 1)


@pytest.mark.parametrize(
    ("fields", "credit", "is_credited"),
    [
        ({}, "", False),
        ({"credit_kind": "archive"}, "Ảnh tư liệu", True),
        ({"credit_kind": "byline"}, "", True),
        ({"credit_kind": "agency", "credit_name": "TTXVN"}, "TTXVN", True),
    ],
)
def test_credit_of_a_picture_is_a_name_or_a_kind(fields, credit, is_credited):
    picture = build.picture(**fields)

    assert (picture.credit, picture.is_credited) == (credit, is_credited)


def test_story_cannot_end_before_it_begins():
    story = build.article()

    for end in (story.published_at, story.published_at - timedelta(seconds=1)):
        with refused("expires_after_publication"), transaction.atomic():
            Article.objects.filter(pk=story.pk).update(expires_at=end)
    Article.objects.filter(pk=story.pk).update(expires_at=story.published_at + timedelta(seconds=1))


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
@pytest.mark.parametrize("lost", [{"published_at": None}, {"section": None}, {"slug": ""}])
def test_story_that_was_public_keeps_time_section_and_address(status, lost):
    story = build.article(status=status)

    with refused("published_has_time_section_slug"), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**lost)


@pytest.mark.parametrize(
    ("column", "value", "rule"), [("status", "dang", "article_status_known"), ("title", "", "title")]
)
def test_story_has_a_title_and_a_state_that_the_house_knows(column, value, rule):
    story = build.article()

    with refused(rule), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**{column: value})


def test_story_is_imported_once_and_own_ones_are_not_counted():
    build.article(source="bao-cu", source_id="7")
    build.article()
    build.article()
    build.article(source="bao-khac", source_id="7")

    with refused("article_imported_once|source_id"), transaction.atomic():
        build.article(source="bao-cu", source_id="7")


def test_address_of_a_draft_follows_its_title_and_then_stays():
    story = build.article(status=Status.DRAFT, published_at=None, title="Lễ kỷ niệm ở Đắk Lắk")
    assert story.slug == "le-ky-niem-o-dak-lak"
    story.title = "Ngày hội"
    story.save()
    assert story.slug == "ngay-hoi"

    story.status, story.published_at, story.title = Status.PUBLISHED, timezone.now(), "Ngày hội lớn"
    story.save()

    assert story.slug == "ngay-hoi"


def test_story_whose_title_has_no_letter_has_an_address():
    assert build.article(title="!!!").slug == "bai"


def test_two_stories_may_share_a_slug_since_the_number_parts_them():
    first, second = build.article(), build.article()

    assert first.slug == second.slug
    assert first.get_absolute_url() != second.get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "visible"),
    [
        ({}, True),
        ({"hours_ago": -1}, False),
        ({"status": Status.DRAFT, "published_at": None}, False),
        ({"status": Status.SUBMITTED}, False),
        ({"status": Status.EDITED}, False),
        ({"status": Status.WITHDRAWN}, False),
        ({"hours_ago": 2, "expires_at": timezone.now() - timedelta(hours=1)}, False),
        ({"hours_ago": 2, "expires_at": timezone.now() + timedelta(hours=1)}, True),
    ],
)
def test_story_at_hand_and_list_agree_on_who_is_visible(fields, visible):
    story = build.article(**fields)

    assert story.is_visible is visible
    assert Article.objects.published().filter(pk=story.pk).exists() is visible


def pointed_at() -> dict:
    """What a story, a picture or a log points to, each in use."""
    picture = build.picture(credit_author=build.author("Người chụp"))
    person = build.user()
    section = build.section("Kinh tế")
    story = build.article(
        section=build.section("Nông nghiệp", parent=section),
        series=build.series(picture=build.picture()),
        lead_picture=picture,
        created_by=person,
    )
    ArticleEvent.objects.create(article=story, act=Act.PUBLISH, by=person, before="draft", after="published")
    return {
        "publication": story.publication,
        "style": story.house_style,
        "section": story.section,
        "section with parts": section,
        "series": story.series,
        "picture": picture,
        "picture of a series": story.series.picture,
        "author": build.author("Hoàng Mai"),
        "photographer": picture.credit_author,
        "writer": person,
        "story with a log": story,
    }


@pytest.mark.parametrize(
    "name",
    [
        "publication",
        "style",
        "section",
        "section with parts",
        "series",
        "picture",
        "picture of a series",
        "author",
        "photographer",
        "writer",
        "story with a log",
    ],
)
def test_row_that_others_point_to_cannot_be_deleted(name):
    row = pointed_at()[name]

    with pytest.raises(ProtectedError):
        row.delete()


def test_log_of_a_story_is_only_added_to():
    story = build.article()
    event = ArticleEvent.objects.create(article=story, act=Act.PUBLISH, by=None, before="draft", after="published")
    event.note = "Sửa lại"

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert ArticleEvent.objects.get().note == ""


def test_archive_begins_at_a_day_even_for_a_paper_that_names_none():
    build.publication()

    assert Publication.objects.get().archive_from == date(2000, 1, 1)


def test_sections_to_choose_from_stand_under_their_parents():
    sport, economy = build.section("Thể thao", order=2), build.section("Kinh tế", order=1)
    build.section("Bóng đá", parent=sport)
    build.section("Thị trường", parent=economy, order=2)
    build.section("Nông nghiệp", parent=economy, order=1)
    assert [section.full_name for section in Section.objects.under_parents()] == [
        "Kinh tế",
        "Kinh tế › Nông nghiệp",
        "Kinh tế › Thị trường",
        "Thể thao",
        "Thể thao › Bóng đá",
    ]
