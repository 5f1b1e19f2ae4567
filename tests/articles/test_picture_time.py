"""A picture past its time of use: the desk is warned, nothing new shows it, and what shows it already keeps it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Picture, Status
from articles.readiness import problems
from tests import build

from .test_admin_article import ADD, typed

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def desk(client):
    client.force_login(build.member("Thư ký tòa soạn"))
    build.house_style()
    return client


@pytest.fixture
def past() -> Picture:
    return build.picture(title="Hội làng", credit_kind="archive", use_until=TODAY() - timedelta(days=1))


def body_with(*pictures) -> str:
    figures = (f'<figure><img alt="" data-picture="{picture.pk}"></figure>' for picture in pictures)
    return f"<p>Người lái đò cắm sào.</p>{''.join(figures)}"


def told(picture) -> str:
    return f"“{picture.title}” không được dùng cho bài mới: hạn sử dụng đã hết ngày {picture.use_until:%d/%m/%Y}."


def change(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.mark.parametrize("place", ["lead_picture", "body"])
def test_past_picture_is_not_placed_in_a_story_and_nothing_typed_is_lost(desk, past, place):
    value = past.pk if place == "lead_picture" else body_with(past)

    page = desk.post(ADD, typed(title="Hội làng mở lại", **{place: value}))

    assert (page.status_code, Article.objects.count()) == (200, 0)
    assert page.context["adminform"].form.errors[place] == [told(past)]
    assert "Hội làng mở lại" in page.text
    assert place == "lead_picture" or f"data-picture=&quot;{past.pk}&quot;" in page.text


def test_picture_on_its_last_day_is_placed(desk):
    picture = build.picture(use_until=TODAY())

    assert desk.post(ADD, typed(lead_picture=picture.pk)).status_code == 302


@pytest.mark.parametrize("place", ["lead_picture", "body"])
def test_story_that_shows_a_picture_keeps_it_past_its_time(desk, past, place):
    shown = {"lead_picture": past} if place == "lead_picture" else {"body": body_with(past)}
    story = build.article(status=Status.DRAFT, published_at=None, **shown)

    answer = desk.post(change(story), typed(title="Tên mới", lead_picture=past.pk, body=body_with(past)))

    story.refresh_from_db()
    assert (answer.status_code, story.title, story.lead_picture) == (302, "Tên mới", past)


def test_second_past_picture_is_refused_by_its_own_name(desk, past):
    other = build.picture(title="Chợ phiên", use_until=TODAY() - timedelta(days=9))
    story = build.article(status=Status.DRAFT, published_at=None, body=body_with(past))

    page = desk.post(change(story), typed(body=body_with(past, other)))

    assert page.context["adminform"].form.errors["body"] == [told(other)]


@pytest.mark.parametrize(
    ("address", "field", "name"),
    [("/admin/articles/series/", "picture", "Lễ hội"), ("/admin/articles/author/", "portrait", "Trường Khanh")],
)
def test_past_picture_is_given_to_no_series_and_no_pen_name(client, past, address, field, name):
    client.force_login(build.member("Biên tập viên"))

    page = client.post(f"{address}add/", {"name": name, "slug": "", "description": "", "bio": "", field: past.pk})

    assert page.context["adminform"].form.errors == {field: [told(past)]}


def test_past_picture_is_not_offered_where_a_picture_is_chosen(desk, past):
    build.picture(title="Hội xuân")

    offered = desk.get(
        "/admin/autocomplete/",
        {"term": "hoi", "app_label": "articles", "model_name": "article", "field_name": "lead_picture"},
    )

    assert [row["text"] for row in offered.json()["results"]] == ["Hội xuân"]


def test_desk_is_warned_of_a_past_picture_but_may_publish(desk, past):
    leading = build.article(status=Status.DRAFT, published_at=None, lead_picture=past)
    placed = build.article(status=Status.DRAFT, published_at=None, body=body_with(past))

    for story in (leading, placed):
        [problem] = problems(story)
        assert (problem.blocking, past.title in problem.text) == (False, True)
        assert f"{past.use_until:%d/%m/%Y}" in problem.text


def test_form_of_a_published_story_warns_of_its_main_picture(desk, past):
    story = build.article(lead_picture=past)

    assert f"hạn sử dụng đã hết ngày {past.use_until:%d/%m/%Y}" in desk.get(change(story)).text
