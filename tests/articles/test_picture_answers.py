"""The library as scripts of the desk meet it: what is answered, and to whom."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageOps

from articles import library, uploads
from articles.models import Picture
from newsroom.groups import GROUPS
from tests import build

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/articles/picture/upload/"
LIBRARY = "/admin/articles/picture/library/"
# Who may do what with pictures, as the newsroom wants it; "" is a member of staff in no group.
MAY_ADD = {"Phóng viên", "Biên tập viên", "Thư ký tòa soạn"}
MAY_LOOK = MAY_ADD | {"Quản trị"}


@pytest.fixture
def desk(client):
    client.force_login(build.member("Phóng viên"))
    return client


def photo(name: str = "Bến đò sớm.jpg", colour: str = "#406080", kind: str = "JPEG") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(buffer, kind)
    return SimpleUploadedFile(name, buffer.getvalue())


def drawn(image: Image.Image) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile("a.jpg", buffer.getvalue())


def files_in(folder) -> list[str]:
    return [str(path) for path in Path(folder).rglob("*") if path.is_file()]


def test_file_that_is_taken_answers_with_its_picture(desk):
    answer = desk.post(UPLOAD, {"file": photo()})

    picture = Picture.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "picture": {
            "id": picture.pk,
            "title": "Bến đò sớm",
            "alt": "",
            "caption": "",
            "credit": "",
            "thumbnail": f"/admin/articles/picture/{picture.pk}/thumbnail/",
            "width": 600,
            "height": 400,
            "warning": "Thiếu mô tả ảnh. Chưa ghi nguồn ảnh.",
            "placeable": True,
        }
    }
    assert desk.get(answer.json()["picture"]["thumbnail"]).status_code == 302


def test_same_file_is_not_stored_twice_but_offered(desk, settings):
    first = desk.post(UPLOAD, {"file": photo()}).json()["picture"]
    stored = files_in(settings.MEDIA_ROOT)

    again = desk.post(UPLOAD, {"file": photo("ten-khac.jpg"), "keep": "1"})

    assert (again.status_code, again.json()["same"]["id"]) == (409, first["id"])
    assert again.json()["error"] == "Kho ảnh đã có đúng ảnh này."
    assert Picture.objects.count() == 1
    assert files_in(settings.MEDIA_ROOT) == stored


def test_picture_that_looks_the_same_is_offered_first_and_kept_on_demand(desk, settings):
    scene = Image.linear_gradient("L").rotate(30).convert("RGB")
    first = desk.post(UPLOAD, {"file": drawn(scene)}).json()["picture"]
    stored = files_in(settings.MEDIA_ROOT)
    smaller = scene.resize((200, 200))

    again = desk.post(UPLOAD, {"file": drawn(smaller)})

    assert (again.status_code, [picture["id"] for picture in again.json()["alike"]]) == (409, [first["id"]])
    assert again.json()["error"] == "Kho ảnh đã có ảnh trông gần như giống hệt."
    assert files_in(settings.MEDIA_ROOT) == stored

    kept = desk.post(UPLOAD, {"file": drawn(smaller), "keep": "1"})

    assert (kept.status_code, Picture.objects.count()) == (201, 2)


def test_different_pictures_are_both_taken_without_a_question(desk):
    scene = Image.linear_gradient("L").rotate(30).convert("RGB")

    answers = [desk.post(UPLOAD, {"file": drawn(image)}) for image in (scene, ImageOps.mirror(scene))]

    assert [answer.status_code for answer in answers] == [201, 201]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("DSC_0042.JPG", "DSC 0042"),
        ("Cho\u031b\u0323 phie\u0302n Ðà Lạt.jpeg", "Chợ phiên Đà Lạt"),
        ("../../etc/passwd.jpg", "passwd"),
        ("C:\\anh\\bến đò.jpg", "bến đò"),
        ("bến\x00đò\u200b.jpg", "bếnđò"),
        ("ả" * 300 + ".jpg", "ả" * 150),
        ("<script>alert(1)<.jpg", "<script>alert(1)<"),
        ("virus.php", "virus"),
        ("\u202e.jpg", "jpg"),
        ("___.jpg", "Ảnh chưa có tên"),
    ],
)
def test_title_comes_from_the_name_and_the_file_gets_one_of_ours(desk, settings, given, title):
    answer = desk.post(UPLOAD, {"file": photo(given)})

    picture = Picture.objects.get()
    assert (answer.status_code, picture.title) == (201, title)
    assert picture.original.name.rpartition("/")[2].rpartition(".")[2] == "jpg"
    assert all(Path(name).name.isascii() for name in files_in(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({}, 400, "Hãy chọn một tệp."),
        ({"file": SimpleUploadedFile("a.jpg", b"<html>")}, 400, "Không đọc được"),
        ({"file": [SimpleUploadedFile("a.jpg", b"a"), SimpleUploadedFile("b.jpg", b"b")]}, 400, "từng tệp"),
        ({"file": "ảnh"}, 400, "Hãy chọn một tệp."),
    ],
    ids=["no file", "no picture", "two files", "a word"],
)
def test_what_is_not_one_picture_is_refused_in_words(desk, settings, sent, status, words):
    answer = desk.post(UPLOAD, sent)

    assert (answer.status_code, Picture.objects.count()) == (status, 0)
    assert words in answer.json()["error"]
    assert files_in(settings.MEDIA_ROOT) == []


def test_file_that_grows_too_long_is_refused_with_413(desk, settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(uploads, "SIZE_LIMIT", 200_000)

    answer = desk.post(UPLOAD, {"file": SimpleUploadedFile("a.jpg", b"\xff\xd8" + bytes(300_000))})

    assert (answer.status_code, answer.json()) == (413, {"error": "Tệp lớn hơn 30 MB. Hãy xuất lại ảnh nhỏ hơn."})
    assert files_in(tmp_path) == []


def test_failure_on_the_way_leaves_neither_row_nor_file(desk, settings, monkeypatch):
    settings.STORAGES = settings.STORAGES | {"renditions": {"BACKEND": "khong.co"}}
    desk.raise_request_exception = False

    assert desk.post(UPLOAD, {"file": photo()}).status_code == 500
    assert not Picture.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_library_and_upload_are_for_those_who_have_the_right(client, group):
    client.force_login(build.member(group))

    added = client.post(UPLOAD, {"file": photo()})
    shown = client.get(LIBRARY)

    assert added.status_code == (201 if group in MAY_ADD else 403)
    assert shown.status_code == (200 if group in MAY_LOOK else 403)
    for answer in (added, shown):
        if answer.status_code == 403:
            assert answer.json() == {"error": "Tài khoản của bạn không có quyền làm việc này với ảnh."}


def test_person_who_is_signed_out_is_told_so(client):
    for answer in (client.post(UPLOAD, {"file": photo()}), client.get(LIBRARY)):
        assert answer.status_code == 403
        assert answer.json()["error"].startswith("Bạn đã đăng xuất.")


def test_account_that_is_no_staff_is_not_let_in(client):
    client.force_login(build.user("articles.add_picture", "articles.view_picture", is_staff=False))

    assert client.post(UPLOAD, {"file": photo()}).status_code == 403
    assert client.get(LIBRARY).status_code == 403


@pytest.mark.parametrize("token", ["", "x" * 32])
def test_file_without_a_token_is_refused_in_words(token):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(build.member("Phóng viên"))

    answer = visitor.post(UPLOAD, {"file": photo()}, headers={"X-CSRFToken": token} if token else {})

    assert answer.status_code == 403
    assert "tải lại trang" in answer.json()["error"]
    assert not Picture.objects.exists()


def test_file_with_the_token_of_the_page_is_taken():
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(build.member("Phóng viên"))
    visitor.get("/admin/articles/picture/add/")

    token = visitor.cookies["csrftoken"].value
    answer = visitor.post(UPLOAD, {"file": photo()}, headers={"X-CSRFToken": token})

    assert answer.status_code == 201


def test_other_methods_are_refused_in_json(desk):
    assert [desk.get(UPLOAD).status_code, desk.post(LIBRARY).status_code] == [405, 405]


def test_library_is_searched_with_and_without_marks(desk):
    build.picture(title="Chợ phiên Bản Sói")
    build.picture(title="Sông sớm")

    for words in ("cho phien", "Chợ phiên", "CHO\u031b\u0323"):
        found = desk.get(LIBRARY, {"q": words}).json()
        assert [picture["title"] for picture in found["pictures"]] == ["Chợ phiên Bản Sói"]
        assert found["next"] is None


def test_library_is_leafed_through_by_key(desk, monkeypatch):
    monkeypatch.setattr(library, "PAGE_SIZE", 2)
    for number in range(5):
        build.picture(title=f"Ảnh {number}")

    titles, key = [], ""
    while key is not None:
        page = desk.get(LIBRARY, {"sau": key}).json()
        titles.append([picture["title"] for picture in page["pictures"]])
        key = page["next"]

    assert titles == [["Ảnh 4", "Ảnh 3"], ["Ảnh 2", "Ảnh 1"], ["Ảnh 0"]]


@pytest.mark.parametrize("key", ["abc", "-1", "1.5", "9" * 19, "²", "1 OR 1"])
def test_key_of_no_page_is_refused(desk, key):
    assert desk.get(LIBRARY, {"sau": key}).status_code == 400


def test_picture_past_its_day_may_not_be_placed(desk):
    today = timezone.localdate()
    build.picture(title="Hết hạn", credit_kind="archive", use_until=today - timedelta(days=1))
    build.picture(title="Hôm nay", credit_kind="archive", use_until=today)

    last, past = desk.get(LIBRARY).json()["pictures"]

    assert (last["placeable"], last["warning"]) == (True, "")
    assert past["placeable"] is False
    assert f"{today - timedelta(days=1):%d/%m/%Y}" in past["warning"]


def test_library_costs_the_same_whatever_it_holds(desk, django_assert_num_queries):
    for _ in range(library.PAGE_SIZE + 1):
        build.picture(credit_author=build.author())
    desk.get(LIBRARY)

    # Session, person, the two looks at rights, pictures.
    with django_assert_num_queries(5):
        desk.get(LIBRARY)


def test_settings_hold_django_to_the_number_of_files(settings):
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == uploads.FILES_AT_ONCE


def test_pictures_that_stand_in_a_story_are_asked_for_by_their_numbers(desk):
    first, _other, last = (build.picture(title=title) for title in ("Bến đò", "Chợ phiên", "Cầu treo"))

    answer = desk.get(LIBRARY, {"so": f"{last.pk},{first.pk},999,-1,{'9' * 40},abc"}).json()

    assert {picture["id"] for picture in answer["pictures"]} == {first.pk, last.pk}
    assert answer["next"] is None
