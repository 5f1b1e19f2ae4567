"""Many pictures on one page: taken in by an ordinary form, described beside each other, saved together or singly."""

import io
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from articles.models import Picture, Status
from newsroom.groups import GROUPS
from tests import build

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/picture/tai-len/"
DETAILS = "/admin/articles/picture/details/"
SCENE = Image.linear_gradient("L").rotate(30).convert("RGB")


@pytest.fixture
def desk(client):
    client.force_login(build.member("Phóng viên"))
    return client


def file(name: str, image: Image.Image = SCENE) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue())


def typed(*pictures, **fields) -> dict:
    """What the page sends beside some pictures: `fields` as "<number of the picture>-<field>" or "shared-<field>"."""
    data = {"picture": [picture.pk for picture in pictures]}
    for number, picture in enumerate(pictures):
        own = {"title": picture.title, "alt": "", "caption": "", "credit_author": "", "credit_kind": ""}
        data |= {f"{picture.pk}-{name}": fields.pop(f"p{number}_{name}", value) for name, value in own.items()}
    return data | {name.replace("_", "-", 1): value for name, value in fields.items()}


def new_pictures(number: int = 2) -> list[Picture]:
    return [build.picture(title=f"Ảnh {n + 1}", alt="") for n in range(number)]


def test_several_files_come_in_at_once_each_with_its_own_answer(desk):
    files = [
        file("Bến đò.jpg"),
        SimpleUploadedFile("hong.jpg", b"khong phai anh"),
        file("Chợ.jpg", ImageOps.mirror(SCENE)),
    ]

    answer = desk.post(PAGE, {"file": files, "send": "1"})

    assert answer.status_code == 400
    assert {picture.title for picture in Picture.objects.all()} == {"Bến đò", "Chợ"}
    assert [card.picture.title for card in answer.context["cards"]] == ["Bến đò", "Chợ"]
    [refusal] = answer.context["refusals"]
    assert (refusal.name, refusal.words) == (
        "hong.jpg",
        "Không đọc được ảnh từ tệp này. Hãy chọn tệp JPEG, PNG hoặc WebP.",
    )
    assert "hong.jpg" in answer.text


def test_files_that_all_hold_are_a_success(desk):
    answer = desk.post(PAGE, {"file": [file("Bến đò.jpg")], "send": "1"})

    assert (answer.status_code, answer.context["refusals"]) == (200, [])
    assert LogEntry.objects.get().get_change_message() == "Đã thêm."


def test_form_without_a_file_says_what_is_missing(desk):
    answer = desk.post(PAGE, {"send": "1"})

    assert (answer.status_code, answer.context["refusals"][0].words) == (400, "Hãy chọn một tệp.")


def test_copy_of_a_picture_is_shown_beside_what_the_library_has(desk):
    desk.post(PAGE, {"file": [file("Bến đò.jpg")], "send": "1"})
    first = Picture.objects.get()

    same = desk.post(PAGE, {"file": [file("lại.jpg")], "send": "1", "keep": "1"})
    alike = desk.post(PAGE, {"file": [file("nhỏ.jpg", SCENE.resize((200, 200)))], "send": "1"})

    for answer in (same, alike):
        assert [refusal.alike for refusal in answer.context["refusals"]] == [[first]]
        assert f'href="/admin/articles/picture/{first.pk}/change/"' in answer.text
    assert Picture.objects.count() == 1

    desk.post(PAGE, {"file": [file("nhỏ.jpg", SCENE.resize((200, 200)))], "send": "1", "keep": "1"})
    assert Picture.objects.count() == 2


def test_everything_typed_is_saved_and_the_shared_credit_fills_the_gaps(desk):
    build.author("Trường Khanh")
    first, second = new_pictures()

    answer = desk.post(
        PAGE,
        typed(
            first,
            second,
            p0_alt="Con đò giữa sông",
            p1_credit_author="trường khanh",
            shared_credit_kind="agency",
            shared_credit_name="TTXVN",
            shared_place="Đà Lạt",
        ),
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/admin/articles/picture/")
    assert (first.alt, first.credit, first.place) == ("Con đò giữa sông", "TTXVN", "Đà Lạt")
    assert (second.alt, second.credit, second.place) == ("", "Trường Khanh", "Đà Lạt")


def test_one_picture_is_saved_alone_and_the_others_keep_what_was_typed(desk):
    first, second = new_pictures()

    answer = desk.post(PAGE, typed(first, second, p0_alt="Con đò", p1_alt="Cái chợ") | {"only": str(first.pk)})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (answer.status_code, first.alt, second.alt) == (200, "Con đò", "")
    assert [card.picture for card in answer.context["cards"]] == [second]
    assert 'value="Cái chợ"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"p0_title": " "}, "title", "bắt buộc"),
        ({"p0_credit_author": "Không Ai"}, "credit_author", "Chưa có bút danh “Không Ai”"),
        ({"p0_credit_kind": "agency"}, "", "tên hãng"),
        ({"p0_credit_kind": "không có"}, "credit_kind", "không có"),
        ({"p0_alt": "a" * 301}, "alt", "300"),
    ],
)
def test_mistake_stands_beside_its_field_and_keeps_nothing_else_from_being_saved(desk, wrong, field, words):
    first, second = new_pictures()
    data = typed(first, second, p1_alt="Cái chợ", **wrong)

    by_script = desk.post(DETAILS, data)
    by_form = desk.post(PAGE, data)

    second.refresh_from_db()
    key = f"{first.pk}-{field}" if field else str(first.pk)
    assert (by_script.status_code, by_form.status_code, second.alt) == (400, 400, "Cái chợ")
    assert by_script.json()["saved"] == [second.pk]
    assert list(by_script.json()["errors"]) == [key]
    assert words.lower() in by_script.json()["errors"][key][0].lower()
    place = f'id="id_{key}_error">' if field else f'id="{key}_error">'
    assert re.search(re.escape(place) + "[^<]+<", by_form.text)


def test_shared_credit_that_is_none_saves_nothing(desk):
    [picture] = new_pictures(1)

    answer = desk.post(DETAILS, typed(picture, p0_alt="Con đò", shared_credit_kind="agency"))

    picture.refresh_from_db()
    assert (answer.status_code, picture.alt) == (400, "")
    assert list(answer.json()["errors"]) == ["shared"]


def test_details_reach_the_stories_that_show_the_picture(client):
    client.force_login(build.member("Thư ký tòa soạn"))
    picture = build.picture()
    story = build.article(body=f'<p>Chữ</p><figure><img alt="" data-picture="{picture.pk}"></figure>')

    client.post(DETAILS, typed(picture, p0_credit_kind="reader"))

    story.refresh_from_db()
    assert "Ảnh bạn đọc" in story.body_html


def test_picture_that_readers_see_is_not_described_anew_by_a_reporter(desk):
    picture = build.picture(credit_kind="archive")
    build.article(status=Status.PUBLISHED, lead_picture=picture)

    answer = desk.post(DETAILS, typed(picture, p0_title="Tên khác"))

    picture.refresh_from_db()
    assert (answer.json()["saved"], picture.title) == ([], "Bến đò")


@pytest.mark.parametrize("names", [["abc"], ["-1"], ["9" * 30], ["²"], [""], ["999999"], []])
def test_names_of_no_picture_save_nothing(desk, names):
    assert desk.post(DETAILS, {"picture": names}).json()["saved"] == []
    assert desk.post(PAGE, {"picture": names}).status_code == 302


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_page_is_for_those_who_may_add_pictures(client, group):
    client.force_login(build.member(group))
    may_add = group in ("Phóng viên", "Biên tập viên", "Thư ký tòa soạn")
    [picture] = new_pictures(1)

    assert client.get(PAGE).status_code == (200 if may_add else 403)
    assert client.post(PAGE, {"file": [file("a.jpg")], "send": "1"}).status_code == (200 if may_add else 403)
    assert client.post(DETAILS, typed(picture)).status_code == (200 if may_add else 403)


def test_page_asks_strangers_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.post(DETAILS, {}).status_code == 403
