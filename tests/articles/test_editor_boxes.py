"""The named styles of the text: info box, pull quote, table, and the lines that belong to them."""

import pytest

from tests.desk_editor import draft, open_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def select(editor, first: str, last: str):
    editor.click_into(first)
    editor.page.keyboard.press("Home")
    editor.text.locator("p", has_text=last).click(modifiers=["Shift"])
    editor.page.keyboard.press("Shift+End")


def test_info_box_holds_what_was_selected_and_lets_it_go_again(visit):
    editor = open_editor(visit, draft("<p>Một</p><p>Hai</p><ul><li>Ba</li></ul><p>Bốn</p>"))

    select(editor, "Hai", "Bốn")
    editor.press("deskbox")
    assert editor.stored == '<p>Một</p><div class="info-box"><p>Hai</p><ul><li>Ba</li></ul><p>Bốn</p></div>'
    editor.press("deskbox")
    assert editor.stored == "<p>Một</p><p>Hai</p><ul><li>Ba</li></ul><p>Bốn</p>"


def test_pull_quote_has_a_line_for_the_speaker(visit):
    editor = open_editor(visit, draft("<p>Một</p><p>Nước lên thì thuyền lên.</p>"))

    editor.click_into("Nước lên")
    editor.press("deskquote")
    editor.text.locator("p.speaker").click()
    editor.page.keyboard.type("Bà Mai")

    assert editor.stored == (
        '<p>Một</p><blockquote class="pull-quote"><p>Nước lên thì thuyền lên.</p>'
        '<p class="speaker">Bà Mai</p></blockquote>'
    )


def test_pull_quote_without_a_speaker_leaves_no_empty_line(visit):
    editor = open_editor(visit, draft("<p>Nước lên thì thuyền lên.</p>"))

    editor.click_into("Nước lên")
    editor.press("deskquote")

    assert editor.stored == '<blockquote class="pull-quote"><p>Nước lên thì thuyền lên.</p></blockquote>'


def test_styles_of_single_lines_are_chosen_by_their_names(visit):
    editor = open_editor(visit, draft("<p>Nguồn: xã Phù Hạ</p>"))

    editor.click_into("Nguồn")
    editor.page.locator(".cke_combo__styles a.cke_combo_button").click()
    editor.page.frame_locator("iframe.cke_panel_frame").get_by_text("Dòng nguồn").click()

    assert editor.stored == '<p class="source">Nguồn: xã Phù Hạ</p>'


def test_table_asks_for_what_a_table_of_the_paper_has_and_no_more(visit):
    editor = open_editor(visit, draft("<p>Một</p>"))

    editor.click_into("Một")
    editor.page.keyboard.press("End")
    editor.press("table")
    window = editor.page.locator(".cke_dialog:visible")
    window.wait_for()
    asked = [label.rstrip("*") for label in window.locator(".cke_dialog_ui_labeled_label:visible").all_inner_texts()]
    assert asked == ["Số hàng", "Số cột", "Ô tiêu đề", "Tên bảng"]
    window.get_by_label("Số hàng").fill("2")
    window.get_by_label("Ô tiêu đề").select_option("row")
    window.get_by_label("Tên bảng").fill("Giá cam")
    window.get_by_text("Đồng ý").click()
    editor.page.keyboard.type("Loại")

    assert editor.stored == (
        '<p>Một</p><table><caption>Giá cam</caption><thead><tr><th scope="col">Loại</th><th scope="col"></th></tr>'
        "</thead><tbody><tr><td></td><td></td></tr></tbody></table>"
    )


def test_link_asks_for_an_address_and_no_targets(visit):
    editor = open_editor(visit, draft("<p>Một</p>"))

    select(editor, "Một", "Một")
    editor.press("link")
    window = editor.page.locator(".cke_dialog:visible")
    window.get_by_label("Địa chỉ").fill("https://binhnguyen.example/cam")
    assert window.locator(".cke_dialog_tab:visible").count() == 0
    window.get_by_text("Đồng ý").click()
    editor.until(lambda: "href" in editor.data)

    assert editor.stored == '<p><a href="https://binhnguyen.example/cam">Một</a></p>'
