"""The list and the form of a story in a browser: acts on many, the quick look over the list, the keys of the form."""

import pytest

from articles.models import Article, Status
from tests import build
from tests.desk_editor import draft, open_editor, signed_in

from .test_acts import EDITOR, SECRETARY, story_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Faster than any page goes away.
PRESSED_TWICE = """() => [1, 2].forEach(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
  { key: "Enter", code: "Enter", ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true })))"""


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_editor_looks_at_stories_over_the_list_and_sends_them_back_together(visit):
    for title in ("Bến đò", "Chợ phiên", "Đường mới"):
        story_at("submitted", title=title)
    page = signed_in(visit, build.member(EDITOR), "/admin/articles/article/?viec=cho-toi&o=1")
    title, box = page.locator("dialog[open] #look-title"), page.locator("dialog")

    page.click("text=Xem nhanh >> nth=0")
    assert (title.inner_text(), focused(page)) == ("Bến đò", "look-title")
    page.keyboard.press("ArrowRight")
    page.get_by_role("dialog", name="Chợ phiên").wait_for()
    assert focused(page) == "look-title"
    page.keyboard.press("ArrowLeft")
    page.get_by_role("dialog", name="Bến đò").wait_for()
    page.click("text=Bài sau")
    page.get_by_role("dialog", name="Chợ phiên").wait_for()
    page.keyboard.press("Escape")
    page.locator('a.to-look[aria-label="Xem nhanh: Chợ phiên"]:focus').wait_for()
    assert not box.is_visible()

    page.check(".action-select >> nth=0")
    page.check(".action-select >> nth=2")
    page.select_option("[name=action]", "send_back")
    page.click("text=Thực hiện")
    page.fill("[name=reason]", "Thiếu số liệu của xã.")
    page.click("text=Trả lại 2 bài")
    page.wait_for_selector("text=Đã trả lại 2 bài.")
    assert "viec=cho-toi" in page.url
    assert set(Article.objects.filter(status=Status.DRAFT).values_list("title", flat=True)) == {"Bến đò", "Đường mới"}


def test_quick_look_is_a_page_where_no_script_runs(visit):
    story_at("submitted", title="Chợ phiên")
    page = signed_in(visit, build.member(EDITOR), "/admin/articles/article/", script=False)

    page.click("text=Xem nhanh")

    assert page.inner_text("h1#look-title") == "Chợ phiên"


def test_keys_save_from_within_the_text_and_press_what_stands_in_the_bar_once(visit):
    story = draft(created_by=build.member("Phóng viên"))
    editor = open_editor(visit, story, user=build.member(SECRETARY))
    page = editor.page

    editor.click_into("Mở đầu.")
    page.keyboard.type("Một câu. ")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert "Một câu." in Article.objects.get().body
    editor.text.locator("body.cke_editable").wait_for()

    assert page.get_attribute(".state-acts > button.main", "aria-keyshortcuts") == "Control+Enter Meta+Enter"
    page.click(".desk-keys summary")
    page.uncheck(".desk-keys input")
    assert page.get_attribute(".state-acts > button.main", "aria-keyshortcuts") == ""
    page.focus("#id_title")
    page.keyboard.press("Control+Enter")
    page.check(".desk-keys input")
    assert Article.objects.get().status == Status.DRAFT

    sent = []
    page.on("request", lambda request: request.method == "POST" and "/change/" in request.url and sent.append(request))
    page.focus("#id_title")
    with page.expect_navigation():
        page.evaluate(PRESSED_TWICE)
    page.wait_for_selector(".state-submitted")
    assert (len(sent), Article.objects.get().status) == (1, Status.SUBMITTED)

    page.focus("#id_title")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector(".state-published")
    assert Article.objects.get().status == Status.PUBLISHED


def test_check_leads_to_the_very_words_that_it_speaks_of(visit):
    story = draft("<p>Mở đầu.</p><p>Nhân <strong>điển hình</strong> tiến tiến của xã.</p>", lead="Ông nói: “Được rồi.")
    page = open_editor(visit, story).page

    page.get_by_role("link", name="Lặp từ: Nhân điển hình tiến tiến").click()
    selected = "CKEDITOR.instances.id_body.window.$.getSelection().toString()"
    page.wait_for_function(f'{selected} === "Nhân điển hình tiến tiến"')

    page.get_by_role("link", name="Dấu ngoặc kép thiếu một nửa: “Được rồi.").click()
    area = "document.activeElement"
    assert page.evaluate(f"{area}.value.slice({area}.selectionStart, {area}.selectionEnd)") == "“Được rồi."
