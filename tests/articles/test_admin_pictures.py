"""The library at the desk: what may come in, and what may not leave."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from articles import publishing, uploads
from articles.models import Article, Picture, Status
from tests import build

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/picture/add/"


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def file(
    kind: str = "JPEG", name: str = "Ảnh Đà Lạt.jpg", size=(600, 400), cut: int | None = None
) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#406080").save(buffer, kind)
    return SimpleUploadedFile(name, buffer.getvalue()[:cut])


def typed(original, **fields) -> dict:
    return {
        "original": original,
        "title": "Sông sớm",
        "alt": "Con đò giữa sông",
        "caption": "",
        "credit_author": "",
        "credit_kind": "archive",
        "credit_name": "",
        "focal_x": "0,5",
        "focal_y": "0,5",
    } | fields


def test_photo_gets_a_name_of_our_own_and_its_renditions(desk):
    desk.post(ADD, typed(file("PNG", "virus.html")))
    picture = Picture.objects.get()
    assert picture.original.name.endswith(".png")
    assert "virus" not in picture.original.name
    assert (picture.width, picture.height) == (600, 400)
    assert set(picture.renditions) == {"base", "recipe", "full", "card", "square"}


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (lambda: file("GIF", "a.gif"), "invalid_image"),
        (lambda: file(size=(900, 900), cut=2000), "damaged"),
        (lambda: SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>"), "invalid_image"),
        (lambda: SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "invalid_image"),
    ],
    ids=["gif", "cut off", "no picture", "svg"],
)
def test_unreadable_file_is_refused_in_words(desk, bad, code):
    page = desk.post(ADD, typed(bad()))
    assert page.status_code == 400
    assert page.context["adminform"].form.errors.as_data()["original"][0].code == code
    assert not Picture.objects.exists()


def test_limits_hold_before_decoding(desk, monkeypatch):
    monkeypatch.setitem(uploads.PIXEL_LIMITS, "JPEG", 100 * 100)
    page = desk.post(ADD, typed(file()))
    assert page.context["adminform"].form.errors.as_data()["original"][0].code == "too_many_pixels"
    monkeypatch.setattr(uploads, "SIZE_LIMIT", 100)
    page = desk.post(ADD, typed(file()))
    assert page.status_code == 413
    assert "Sông sớm" in page.text
    assert page.context["adminform"].form.errors.as_data()["original"][0].code == "too_big"


def test_picture_in_use_cannot_be_deleted(desk):
    desk.post(ADD, typed(file()))
    picture = Picture.objects.get()
    leading = build.article(lead_picture=picture)
    answer = desk.post(f"/admin/articles/picture/{picture.pk}/delete/", {"post": "yes"})
    assert (answer.status_code, Picture.objects.count()) == (200, 1)
    assert "Ảnh đang được dùng nên không xóa được." in answer.text
    assert f'<a href="/admin/articles/article/{leading.pk}/change/">' in answer.text
    leading.lead_picture = None
    leading.save()
    placed = build.article(body=f'<p>Chữ</p><figure><img alt="" data-picture="{picture.pk}"></figure>')
    desk.post(f"/admin/articles/picture/{picture.pk}/delete/", {"post": "yes"})
    assert Picture.objects.count() == 1
    placed.body = "<p>Chữ</p>"
    publishing.derive(article=placed)
    desk.post(f"/admin/articles/picture/{picture.pk}/delete/", {"post": "yes"})
    assert not Picture.objects.exists()


def test_many_pictures_are_not_deleted_at_once(desk):
    used, unused = build.picture(), build.picture()
    build.article(lead_picture=used)

    typed = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}
    answer = desk.post("/admin/articles/picture/", typed)

    assert (answer.status_code < 500, Picture.objects.count()) == (True, 2)
    assert "delete_selected" not in desk.get("/admin/articles/picture/").text


@pytest.mark.parametrize("use", ["leading", "within"])
@pytest.mark.parametrize(
    ("group", "status", "may_change"),
    [
        ("Phóng viên", Status.DRAFT, True),
        ("Phóng viên", Status.PUBLISHED, False),
        ("Thư ký tòa soạn", Status.PUBLISHED, True),
    ],
)
def test_picture_that_readers_see_is_changed_by_who_may_change_published_stories(
    client, group, status, may_change, use
):
    picture = build.picture(credit_kind="archive")
    shown = {"lead_picture": picture} if use == "leading" else {}
    build.article(status=status, body=f'<p>Chữ</p><figure><img alt="" data-picture="{picture.pk}"></figure>', **shown)
    if use == "leading":
        Article.objects.update(body="<p>Chữ</p>")
    client.force_login(build.member(group))
    address = f"/admin/articles/picture/{picture.pk}/change/"
    page = client.get(address)
    answer = client.post(address, typed("", title="Tên khác"))
    picture.refresh_from_db()
    assert (answer.status_code, picture.title) == ((302, "Tên khác") if may_change else (403, "Bến đò"))
    assert (page.status_code, picture.original.name in page.content.decode()) == (200, False)


def test_new_credit_reaches_the_stories_that_show_the_picture(desk):
    desk.post(ADD, typed(file()))
    picture = Picture.objects.get()
    story = build.article(body=f'<figure><img alt="" data-picture="{picture.pk}"></figure>')
    assert "Ảnh tư liệu" in story.body_html
    desk.post(f"/admin/articles/picture/{picture.pk}/change/", typed("", credit_kind="reader"))
    story.refresh_from_db()
    assert "Ảnh bạn đọc" in story.body_html


def test_library_is_searched_without_marks(desk):
    desk.post(ADD, typed(file(), title="Chợ phiên Bản Sói"))
    desk.post(ADD, typed(file(), title="Sông sớm"))
    found = desk.get("/admin/articles/picture/", {"q": "cho phien"}).context["cl"].queryset
    assert [picture.title for picture in found] == ["Chợ phiên Bản Sói"]


def test_photo_of_a_phone_with_a_second_picture_behind_it_is_a_jpeg(desk):
    front, behind = (Image.new("RGB", (600, 400), colour) for colour in ("#406080", "#000000"))
    buffer = io.BytesIO()
    front.save(buffer, "MPO", save_all=True, append_images=[behind])
    assert desk.post(ADD, typed(SimpleUploadedFile("IMG_0001.JPG", buffer.getvalue()))).status_code == 302
    picture = Picture.objects.get()
    assert picture.original.name.endswith(".jpg")
    assert picture.renditions["full"]["webp"] == [[480, 320]]


@pytest.mark.parametrize("size", [(6000, 1), (1, 6000), (300, 30000)])
def test_strip_that_is_no_photo_is_refused_and_leaves_no_file(desk, settings, size):
    answer = desk.post(ADD, typed(file("PNG", size=size)))
    assert "hơn tám lần" in answer.text
    assert not Picture.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_photo_taken_upright_stands_upright(desk):
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), "#406080").save(buffer, "JPEG", exif=exif)
    desk.post(ADD, typed(SimpleUploadedFile("a.jpg", buffer.getvalue())))
    assert Picture.objects.get().renditions["full"]["webp"] == [[400, 600]]


def test_thumbnail_is_for_those_who_may_see_the_library(client):
    client.force_login(User.objects.create_user("moi", is_staff=True))
    assert client.get(f"/admin/articles/picture/{build.picture().pk}/thumbnail/").status_code == 403
