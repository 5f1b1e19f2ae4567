"""The desk finds names, stories, pictures and people by the keys of the readers' search, and while it types."""

import unicodedata

import pytest
from django.contrib import admin
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Status, Tag
from articles.search import matching, matching_rows, matching_stories

from .. import build
from .test_admin_article import typed

pytestmark = pytest.mark.django_db

NAMES = ("Xây dựng Đảng", "xây dựng nông thôn", "Hòa Bình", "Chỉ thị 05-CT/TW")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("xay d", {"Xây dựng Đảng", "xây dựng nông thôn"}),
        ("dang", {"Xây dựng Đảng"}),
        ("đả", {"Xây dựng Đảng"}),
        (unicodedata.normalize("NFD", "đảng"), {"Xây dựng Đảng"}),
        ("ng", set()),
        ("ựng", set()),
        ("no th", {"xây dựng nông thôn"}),
        ("thon xay", {"xây dựng nông thôn"}),
        ('"thon xay"', set()),
        ('"nông thôn"', {"xây dựng nông thôn"}),
        ('"nông th"', set()),
        ('"nông th', {"xây dựng nông thôn"}),
        ("05-ct/tw", {"Chỉ thị 05-CT/TW"}),
        ("05-ct/t", {"Chỉ thị 05-CT/TW"}),
        ("05/tw", set()),
        ("hoà", {"Hòa Bình"}),
        ("", set(NAMES)),
        ("%", set(NAMES)),
        ("\x00", set(NAMES)),
    ],
)
def test_names_are_found_by_beginnings_phrases_and_whole_numbers(query, found):
    for name in NAMES:
        build.tag(name)

    assert set(matching(query, Tag.objects.all()).values_list("name", flat=True)) == found
    assert set(matching_rows(query, Tag.objects.all(), "name").values_list("name", flat=True)) == found


def test_stories_of_every_state_are_found_by_their_words_and_by_the_beginning_of_their_title():
    draft = build.article(title="Bến đò chưa đăng", status=Status.DRAFT, published_at=None)
    gone = build.article(title="Chợ phiên", body="<p>Bến đò xưa.</p>", status=Status.WITHDRAWN)
    build.article(title="Ruộng bậc thang", lead="", body="<p>Lúa.</p>")

    def found(query):
        return set(matching_stories(query, Article.objects.all()))

    assert found("ben do") == {draft, gone}
    assert found("bến đò ch") == {draft}
    assert found('"đò xưa"') == {gone}
    assert len(found("")) == 3


def test_draft_is_found_by_its_new_words_as_soon_as_it_is_saved(admin_client):
    story = build.article(title="Bến đò", by=None, status=Status.DRAFT, published_at=None)
    list_page = reverse("admin:articles_article_changelist")
    sent = typed(title="Cầu mới", body="<p>Thông xe sáng nay.</p>")
    admin_client.post(reverse("admin:articles_article_change", args=[story.pk]), sent)

    def titles(query):
        return [row.title for row in admin_client.get(list_page, {"q": query}).context["cl"].result_list]

    assert (titles("thong xe"), titles("cau m"), titles("lai do")) == (["Cầu mới"], ["Cầu mới"], [])


def test_staff_groups_papers_and_pages_are_found_without_marks(admin_client):
    build.user(username="nguoi1", full_name="Vũ Thị Ánh", email="anh@bao.example")
    build.publication(name="Báo Đất Cảng", is_current=False)

    def found(table, query):
        page = admin_client.get(reverse(f"admin:{table}_changelist"), {"q": query})
        return [str(row) for row in page.context["cl"].result_list]

    assert found("accounts_user", "anh") == found("accounts_user", '"thị ánh"') == ["Vũ Thị Ánh"]
    assert found("accounts_user", "anh@bao.example") == ["Vũ Thị Ánh"]
    assert found("auth_group", "thu ki") == ["Thư ký tòa soạn"]
    assert found("articles_publication", "dat c") == ["Báo Đất Cảng"]
    assert "Giới thiệu" in found("flatpages_flatpage", "gioi th")[0]


def test_pictures_are_found_by_their_words_their_agency_and_their_photographer(admin_client):
    pictures = [
        build.picture(title="Lúa chín", caption="Ruộng bậc thang"),
        build.picture(title="Chợ", credit_author=build.author("Bá Đạt")),
        build.picture(title="Cầu", credit_kind="agency", credit_name="TTXVN"),
    ]

    def found(query):
        page = admin_client.get(reverse("admin:articles_picture_changelist"), {"q": query})
        return list(page.context["cl"].result_list)

    assert (found("bac thang"), found("ba dat"), found("ttxvn")) == ([pictures[0]], [pictures[1]], [pictures[2]])


SEARCHED = [
    model for model, desk in admin.site._registry.items() if desk.search_fields and model._meta.app_label != "axes"
]
AWKWARD = [
    "\x00",
    '"',
    '"bến',
    "'",
    "%",
    "\\",
    "*",
    "😀",
    "\ud800",
    "b" * 3900,
    "bến " * 300,
    "½ﬁﷺ",
    "a\x00b",
    "NEAR(a)",
]


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.label)
def test_any_look_up_at_the_desk_is_answered(admin_client, model):
    build.article(tags=[build.tag()], series=build.series())
    list_page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    for query in AWKWARD:
        assert admin_client.get(list_page, {"q": query.encode("utf-8", "replace")}).status_code == 200, query


FIELDS = [("article", field) for field in ("tags", "related", "more_sections", "series", "lead_picture")]


@pytest.mark.parametrize(("model", "field"), [*FIELDS, ("credit", "author")])
def test_any_look_up_while_typing_is_answered(admin_client, model, field):
    build.article(tags=[build.tag()], series=build.series())
    asked = {"app_label": "articles", "model_name": model, "field_name": field}

    for query in AWKWARD:
        answer = admin_client.get(reverse("admin:autocomplete"), asked | {"term": query.encode("utf-8", "replace")})
        assert answer.status_code == 200, query


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(max_size=200))
def test_any_text_can_be_looked_up(db, query):
    list(matching(query, Tag.objects.all()))
    list(matching_rows(query, Tag.objects.all(), "name"))
    list(matching_stories(query, Article.objects.all()))
