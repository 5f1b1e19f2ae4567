"""Pictures in the text: chosen in our window, uploaded there, pasted or dropped onto the text."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from articles.html import clean_body
from articles.models import Article, Picture
from tests import build
from tests.desk_editor import draft, open_editor, photo, squeezed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BROKEN = ("Ảnh hỏng.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 cut off")


def as_upload(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


@pytest.fixture
def library():
    """Three pictures: one to be found by its name alone, one with everything, one that may not be placed."""
    boat = build.picture(photo("bến"), title="Bến đò", alt="Con đò", caption="Đò sớm.", credit_author=build.author())
    market = build.picture(photo("chợ"), title="Chợ phiên", alt="Phiên chợ", credit_kind="archive")
    gone = build.picture(photo("cũ"), title="Ảnh hết hạn", alt="x", use_until=timezone.localdate() - timedelta(days=1))
    return boat, market, gone


def open_window(editor, *, empty: bool = False):
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")
    editor.press("deskpicture")
    loaded = (
        editor.dialog.get_by_text("Không tìm thấy ảnh nào.") if empty else editor.dialog.locator(".picture-grid img")
    )
    loaded.first.wait_for()
    return editor.dialog


def place(editor):
    editor.dialog.get_by_role("button", name="Đặt vào bài").click()
    # What was chosen is in the text once the window is gone, not yet when it closes.
    editor.page.locator("dialog").wait_for(state="detached")


def test_picture_of_the_library_is_placed_with_its_caption_and_a_credit_of_this_placing(visit, library):
    boat, *_ = library
    editor = open_editor(visit)

    dialog = open_window(editor)
    dialog.get_by_role("button", name="Bến đò").click()
    assert dialog.get_by_text("Mô tả ảnh: Con đò").is_visible()
    assert dialog.get_by_label("Chú thích").input_value() == "Đò sớm."
    assert dialog.get_by_label("Nguồn ảnh").get_attribute("placeholder") == "Hoàng Mai"
    dialog.get_by_label("Nguồn ảnh").fill("Hà My & Sìn")
    dialog.get_by_label("Bên phải").check()
    place(editor)

    assert editor.stored == (
        f'<figure class="align-right"><img alt="Con đò" data-picture="{boat.pk}">'
        "<figcaption>Đò sớm. <small>Hà My &amp; Sìn</small></figcaption></figure>"
    )
    shown = editor.text.locator("figure img")
    assert shown.get_attribute("src") == f"/admin/articles/picture/{boat.pk}/thumbnail/"
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_placed_picture_is_changed_by_a_double_click_and_the_change_undone_at_once(visit, library):
    boat, market, _gone = library
    body = (
        f'<p>Mở đầu.</p><figure class="align-left"><img alt="Con đò" data-picture="{boat.pk}">'
        "<figcaption>Đò <em>sớm</em>. <small>Hà My</small></figcaption></figure>"
    )
    editor = open_editor(visit, draft(body))

    editor.text.locator("figure img").dblclick()
    dialog = editor.dialog
    dialog.locator(".chosen-list img").wait_for()
    assert dialog.get_by_role("heading", level=2).inner_text() == "Sửa ảnh"
    assert dialog.get_by_label("Chú thích").input_value() == "Đò sớm."
    assert dialog.get_by_label("Nguồn ảnh").input_value() == "Hà My"
    assert dialog.get_by_label("Bên trái").is_checked()
    dialog.get_by_label("Rộng hết cột chữ").check()
    dialog.get_by_role("button", name="Chợ phiên").click()
    dialog.get_by_role("button", name="Bỏ ra: Bến đò").click()
    place(editor)

    assert editor.stored == (
        f'<figure><img alt="Phiên chợ" data-picture="{market.pk}">'
        "<figcaption>Đò <em>sớm</em>. <small>Hà My</small></figcaption></figure>"
    )
    editor.press("undo")
    assert editor.stored == body.removeprefix("<p>Mở đầu.</p>")


def test_caption_is_typed_in_place_and_the_credit_stays(visit, library):
    boat, *_ = library
    body = (
        f'<p>Mở đầu.</p><figure><img alt="" data-picture="{boat.pk}">'
        "<figcaption>Đò sớm. <small>Hà My</small></figcaption></figure>"
    )
    editor = open_editor(visit, draft(body))

    editor.text.locator("figcaption").click()
    editor.page.keyboard.press("End")
    editor.page.keyboard.type(" Ở bến Vân.")

    assert editor.stored == body.removeprefix("<p>Mở đầu.</p>").replace("Đò sớm.", "Đò sớm. Ở bến Vân.")


def test_several_pictures_become_a_gallery_in_the_order_of_the_desk(visit, library):
    boat, market, _gone = library
    editor = open_editor(visit)

    dialog = open_window(editor)
    dialog.get_by_role("button", name="Bến đò").click()
    dialog.get_by_role("button", name="Chợ phiên").click()
    assert dialog.get_by_label("Bên trái").is_hidden()
    assert dialog.get_by_label("Nguồn ảnh").get_attribute("placeholder") == "Hoàng Mai, Ảnh tư liệu"
    dialog.get_by_role("button", name="Lên trước: Chợ phiên").click()
    dialog.get_by_label("Chú thích").fill("Hai cảnh.")
    place(editor)
    first, second = (f'<img alt="{p.alt}" data-picture="{p.pk}">' for p in (market, boat))
    assert editor.stored == f'<figure class="gallery">{first}{second}<figcaption>Hai cảnh.</figcaption></figure>'

    editor.text.locator("figure img").first.dblclick()
    dialog.get_by_role("button", name="Bỏ ra: Bến đò").click()
    place(editor)
    assert editor.stored == f"<figure>{first}<figcaption>Hai cảnh.</figcaption></figure>"


def test_picture_past_its_day_is_shown_with_the_reason_and_not_chosen(visit, library):
    editor = open_editor(visit)

    dialog = open_window(editor)
    tile = dialog.get_by_role("button", name="Ảnh hết hạn")
    assert "Không được dùng cho bài mới" in tile.inner_text()
    tile.click(force=True)
    dialog.get_by_role("button", name="Đặt vào bài").click()

    assert dialog.get_by_role("alert").inner_text() == "Hãy chọn một ảnh trước."
    assert dialog.locator(".chosen-list li").count() == 0


def test_library_is_searched_without_marks_and_shows_more_on_demand(visit):
    for number in range(26):
        build.picture(title=f"Ruộng bậc {number}", alt="Ruộng")
    build.picture(title="Đập Khe Lánh", alt="Đập nước")
    editor = open_editor(visit)

    dialog = open_window(editor)
    tiles = dialog.locator(".picture-grid button")
    assert tiles.count() == 24
    dialog.get_by_role("button", name="Xem thêm ảnh").click()
    editor.until(lambda: tiles.count() == 27)
    assert dialog.get_by_role("button", name="Xem thêm ảnh").is_hidden()

    dialog.get_by_label("Tìm trong kho ảnh").fill("dap khe")
    editor.until(lambda: tiles.all_inner_texts() == ["Đập Khe Lánh\nChưa ghi nguồn ảnh."])
    dialog.get_by_label("Tìm trong kho ảnh").fill("khong co gi")
    dialog.get_by_text("Không tìm thấy ảnh nào.").wait_for()


def test_uploads_in_the_window_go_one_by_one_with_words_for_each(visit, library):
    boat, *_ = library
    editor = open_editor(visit)
    with boat.original.open("rb") as file:
        same = file.read()

    dialog = open_window(editor)
    dialog.locator("input[type=file]").set_input_files(
        [as_upload("Cầu Vân.jpg", photo("cầu")), as_upload(BROKEN[0], BROKEN[2]), as_upload("lại.jpg", same)]
    )
    editor.until(lambda: dialog.locator(".upload-list progress").count() == 0)

    rows = dialog.locator(".upload-list li").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == [
        "lại.jpg Kho ảnh đã có ảnh này; ảnh ấy được dùng.",
        "Ảnh hỏng.jpg Không đọc được ảnh từ tệp này. Hãy chọn tệp JPEG, PNG hoặc WebP.",
        "Cầu Vân.jpg Đã vào kho ảnh",
    ]
    assert dialog.locator(".chosen-list strong").all_inner_texts() == ["Cầu Vân", "Bến đò"]
    assert "Thiếu mô tả ảnh" in dialog.locator(".chosen-list li").first.inner_text()
    place(editor)
    new = Picture.objects.get(title="Cầu Vân")
    assert [f'data-picture="{pk}"' in editor.data for pk in (new.pk, boat.pk)] == [True, True]


def test_photo_that_looks_like_one_of_the_library_is_offered_and_may_be_sent_again(visit):
    known = build.picture(photo("phiên", (900, 600)), title="Chợ phiên", alt="Chợ")
    editor = open_editor(visit)

    dialog = open_window(editor)
    for _twice in range(2):
        dialog.locator("input[type=file]").set_input_files([as_upload("nhỏ.jpg", photo("phiên", (640, 427)))])
    dialog.get_by_role("button", name="Dùng ảnh này: Chợ phiên").nth(1).wait_for()
    dialog.get_by_role("button", name="Vẫn tải tệp này lên").first.click()
    dialog.get_by_text("Đã vào kho ảnh").wait_for()
    dialog.get_by_role("button", name="Dùng ảnh này: Chợ phiên").click()

    assert dialog.locator(".chosen-list strong").all_inner_texts() == ["nhỏ", "Chợ phiên"]
    assert Picture.objects.exclude(pk=known.pk).count() == 1


def test_upload_that_was_cut_off_is_tried_again(visit):
    editor = open_editor(visit)
    dialog = open_window(editor, empty=True)
    editor.page.route("**/upload/", lambda route: route.abort(), times=1)

    dialog.locator("input[type=file]").set_input_files([as_upload("một.jpg", photo())])
    dialog.get_by_text("Máy chủ không trả lời.").wait_for()
    dialog.get_by_role("button", name="Thử lại").click()
    dialog.get_by_text("Đã vào kho ảnh").wait_for()

    assert Picture.objects.get().title == "một"


def test_alternative_text_added_in_another_tab_is_seen_on_coming_back(visit, library):
    boat, *_ = library
    Picture.objects.filter(pk=boat.pk).update(alt="")
    editor = open_editor(visit)
    dialog = open_window(editor)
    dialog.get_by_role("button", name="Bến đò").click()
    form = dialog.get_by_role("link", name="Thiếu mô tả ảnh")
    assert form.get_attribute("href") == f"/admin/articles/picture/{boat.pk}/change/"

    Picture.objects.filter(pk=boat.pk).update(alt="Con đò chở lúa")
    editor.page.evaluate("window.dispatchEvent(new Event('focus'))")

    dialog.get_by_text("Mô tả ảnh: Con đò chở lúa").wait_for()


@pytest.mark.parametrize("how", ["paste", "drop"])
def test_photos_pasted_or_dropped_on_the_text_go_into_the_library_and_stand_as_figures(visit, how):
    editor = open_editor(visit)
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")

    editor.paste(
        files=[("một.jpg", "image/jpeg", photo("một")), BROKEN, ("hai.png", "image/png", photo("hai"))], how=how
    )
    editor.until(lambda: editor.data.count("<figure") == 2)
    editor.until(lambda: "%" not in editor.news)

    assert editor.news == "Ảnh hỏng.jpg: Không đọc được ảnh từ tệp này. Hãy chọn tệp JPEG, PNG hoặc WebP."
    first, second = Picture.objects.order_by("pk")
    assert (first.title, second.title) == ("một", "hai")
    assert clean_body(editor.data).count(f'data-picture="{first.pk}"') == 1
    assert clean_body(editor.data).count(f'data-picture="{second.pk}"') == 1


def test_typing_goes_on_while_a_pasted_photo_is_on_its_way(visit):
    editor = open_editor(visit, draft("<p>Mở đầu.</p><p>Hai.</p>"))
    editor.click_into("Mở đầu.")
    editor.page.keyboard.press("End")
    editor.page.route("**/upload/", lambda route: (editor.page.wait_for_timeout(700), route.continue_()))

    editor.paste(files=[("một.jpg", "image/jpeg", photo("một"))])
    editor.click_into("Hai.")
    editor.page.keyboard.press("End")
    editor.page.keyboard.type(" Ba.")
    editor.until(lambda: "<figure" in editor.data)

    picture = Picture.objects.get()
    assert squeezed(clean_body(editor.data)) == (
        f'<p>Mở đầu.</p><figure><img alt="" data-picture="{picture.pk}"></figure><p>Hai. Ba.</p>'
    )


def test_pasted_photo_like_one_of_the_library_is_asked_about(visit):
    known = build.picture(photo("phiên", (900, 600)), title="Chợ phiên", alt="Chợ")
    editor = open_editor(visit)
    editor.click_into("Mở đầu.")

    editor.paste(files=[("nhỏ.jpg", "image/jpeg", photo("phiên", (640, 427)))])
    editor.dialog.get_by_role("button", name="Dùng ảnh này: Chợ phiên").click()
    place(editor)

    assert f'data-picture="{known.pk}"' in editor.data
    assert Picture.objects.count() == 1


def test_who_may_not_upload_is_told_so(visit):
    story = draft(created_by=None)
    reader = build.user("articles.view_article", "articles.change_article", "articles.view_picture")
    editor = open_editor(visit, story, user=_may_edit(reader, story))

    editor.paste(files=[("một.jpg", "image/jpeg", photo())])
    editor.until(lambda: editor.news and "%" not in editor.news)

    assert editor.news == "một.jpg: Tài khoản của bạn không có quyền làm việc này với ảnh."
    assert Picture.objects.count() == 0


def _may_edit(user, story):
    Article.objects.filter(pk=story.pk).update(created_by=user)
    return user


def test_uploading_after_signing_out_says_so_and_keeps_the_text(visit):
    editor = open_editor(visit)
    editor.page.context.clear_cookies()

    editor.paste(files=[("một.jpg", "image/jpeg", photo())])
    editor.until(lambda: editor.news and "%" not in editor.news)

    assert "đăng nhập lại" in editor.news
    assert editor.data.strip() == "<p>Mở đầu.</p>"


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_window_is_accessible_and_fits(visit, library, width, scheme):
    editor = open_editor(visit, width=width, scheme=scheme)
    dialog = open_window(editor)
    dialog.locator("input[type=file]").set_input_files([as_upload(BROKEN[0], BROKEN[2])])
    dialog.locator(".upload-failed").wait_for()
    dialog.get_by_role("button", name="Bến đò").click()

    found = Axe().run(editor.page, context=".desk-dialog", options={"preload": False, "resultTypes": ["violations"]})

    assert found.response["violations"] == []
    assert dialog.evaluate("window => window.scrollWidth - window.clientWidth") == 0
    editor.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert editor.stored == ""
