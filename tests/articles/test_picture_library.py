"""The library as a grid, and the page of one picture: what is found, what is marked, where it is used."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from articles import revising
from articles.contents import content_of
from articles.models import Picture, Status
from tests import build

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/picture/"


@pytest.fixture
def desk(client):
    client.force_login(build.member("Thư ký tòa soạn"))
    return client


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def body_with(picture) -> str:
    return f'<p>Chữ</p><figure><img alt="" data-picture="{picture.pk}"></figure>'


def titles(page) -> set[str]:
    return {picture.title for picture in page.context["cl"].result_list}


def complete(title: str, **fields) -> Picture:
    return build.picture(title=title, **({"credit_kind": "archive"} | fields))


def test_grid_shows_each_picture_with_its_marks(desk, yesterday):
    complete("Đủ cả")
    build.picture(title="Thiếu", alt="")
    complete("Lưu ý", made_by_ai=True, shows_child=True, use_until=yesterday)

    page = desk.get(LIST).text

    cards = {card.partition("<strong")[2].partition(">")[2].partition("<")[0]: card for card in page.split("<li>")}
    marks = ("Hết hạn", "Thiếu mô tả", "Thiếu nguồn", ">AI<", "Trẻ em")
    assert [mark for mark in marks if mark in cards["Đủ cả"]] == []
    assert [mark for mark in marks if mark in cards["Thiếu"]] == ["Thiếu mô tả", "Thiếu nguồn"]
    assert [mark for mark in marks if mark in cards["Lưu ý"]] == ["Hết hạn", ">AI<", "Trẻ em"]
    assert 'width="' in cards["Đủ cả"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lacks=alt", {"Thiếu mô tả"}),
        ("lacks=credit", {"Thiếu nguồn"}),
        ("lacks=gì đó", None),
        ("use=none", {"Thiếu mô tả", "Thiếu nguồn", "Hãng", "Người", "Trẻ em"}),
        ("use=past", {"Hết hạn"}),
        ("credit=person", {"Người"}),
        ("credit=agency", {"Hãng"}),
        ("credit=không có", set()),
        ("person=truong khanh", {"Người"}),
        ("person=không ai", set()),
        ("shows_child__exact=1", {"Trẻ em"}),
        ("q=tre em", {"Trẻ em"}),
    ],
)
def test_library_is_narrowed(desk, yesterday, query, found):
    build.picture(title="Thiếu mô tả", alt="", credit_kind="archive")
    build.picture(title="Thiếu nguồn")
    build.series(picture=complete("Hết hạn", use_until=yesterday))
    build.picture(title="Hãng", credit_kind="agency", credit_name="TTXVN")
    build.picture(title="Người", credit_author=build.author("Trường Khanh"))
    complete("Trẻ em", shows_child=True)

    page = desk.get(f"{LIST}?{query}")

    assert page.status_code == 200
    assert titles(page) == (set(Picture.objects.values_list("title", flat=True)) if found is None else found)


def test_nothing_found_is_said(desk):
    assert "Không có ảnh nào phù hợp." in desk.get(LIST, {"q": "khongcogi"}).text


def test_unused_picture_is_one_that_nothing_shows(desk):
    complete("Không")
    build.article(lead_picture=complete("Ảnh chính"))
    build.article(body=body_with(complete("Trong bài")))
    build.article(status=Status.WITHDRAWN, body=body_with(complete("Trong bài đã gỡ")))
    build.series(picture=complete("Chuyên đề"))
    build.author("Trường Khanh", portrait=complete("Chân dung"))

    assert titles(desk.get(LIST, {"use": "none"})) == {"Không"}


def test_grid_costs_the_same_whatever_it_shows(desk, django_assert_max_num_queries):
    for _ in range(30):
        build.picture(credit_author=build.author())

    with django_assert_max_num_queries(20):
        desk.get(LIST)


def test_picture_page_tells_where_it_is_used(desk):
    picture = complete("Bến đò")
    leading = build.article(title="Bài một", lead_picture=picture)
    placed = build.article(title="Bài hai", body=body_with(picture), status=Status.DRAFT, published_at=None)
    series = build.series("Giữ rừng", picture=picture)
    author = build.author("Trường Khanh", portrait=picture)

    page = desk.get(f"{LIST}{picture.pk}/change/").text

    used = page.partition("Nơi đang dùng ảnh")[2].partition("</section>")[0]
    lines = [" ".join(line.split()) for line in used.split("<li>")[1:]]
    expected = [
        (f"/admin/articles/article/{leading.pk}/change/", "Bài một", "Ảnh chính", "Đã đăng"),
        (f"/admin/articles/article/{placed.pk}/change/", "Bài hai", "Trong bài", "Bản nháp"),
        (f"/admin/articles/series/{series.pk}/change/", "Giữ rừng", "Ảnh của chuyên đề", ""),
        (f"/admin/articles/author/{author.pk}/change/", "Trường Khanh", "Ảnh chân dung", ""),
    ]
    assert len(lines) == len(expected)
    for line, parts in zip(lines, expected, strict=True):
        assert [part for part in parts if part not in line] == []


def test_picture_page_says_what_is_wrong_with_it(desk, yesterday):
    picture = build.picture(use_until=yesterday)

    page = desk.get(f"{LIST}{picture.pk}/change/").text

    assert f"hạn sử dụng đã hết ngày {yesterday:%d/%m/%Y}" in page
    assert "Chưa ghi nguồn ảnh." in page
    assert "Chưa nơi nào dùng ảnh này." in page


@pytest.mark.parametrize(
    "place",
    [
        lambda picture: build.series(picture=picture),
        lambda picture: build.author("Trường Khanh", portrait=picture),
        lambda picture: build.article(lead_picture=picture),
        lambda picture: build.article(body=body_with(picture), status=Status.WITHDRAWN),
    ],
    ids=["series", "portrait", "main picture", "text of a withdrawn story"],
)
def test_used_picture_stays_and_its_uses_are_named(desk, place):
    picture = complete("Bến đò")
    used_by = place(picture)

    page = desk.post(f"{LIST}{picture.pk}/delete/", {"post": "yes"})

    assert str(used_by) in page.text
    assert "object (" not in page.text
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_picture_of_a_text_that_waits_for_its_release_stays(desk):
    """Readers see none of it yet; the release would find a hole."""
    led, placed, story = complete("Ảnh chính"), complete("Trong bài"), build.article()
    content = content_of(story) | {"lead_picture": led.pk, "body": body_with(placed)}
    revising.save(article=story, content=content, by=None, based_on=0)

    pages = [desk.post(f"{LIST}{picture.pk}/delete/", {"post": "yes"}) for picture in (led, placed)]

    assert ["trong bản đang sửa" in page.text for page in pages] == [True, True]
    assert Picture.objects.count() == 2
    assert titles(desk.get(LIST, {"use": "none"})) == set()


def test_deleted_picture_leaves_no_file(desk, settings, django_capture_on_commit_callbacks):
    picture = complete("Bến đò")

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{LIST}{picture.pk}/delete/", {"post": "yes"})

    assert not Picture.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_same_file_is_refused_by_the_plain_form_too(desk):
    picture = complete("Bến đò")
    with picture.original.open() as file:
        answer = desk.post(
            f"{LIST}add/", {"original": file, "title": "Khác", "alt": "Khác", "focal_x": "0,5", "focal_y": "0,5"}
        )

    assert (answer.status_code, Picture.objects.count()) == (400, 1)
    assert "Kho ảnh đã có đúng ảnh này: “Bến đò”." in answer.text
