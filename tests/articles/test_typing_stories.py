"""Text that cannot be lost, told by the people who type it, in real browsers."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.admin import article_typing
from articles.models import Article, Revision, Status

from .. import build
from ..desk_editor import EditorPage, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "ben-do-cu-ven-song"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(article_typing, "AUTOSAVE_SECONDS", 0.3)
    monkeypatch.setattr(article_typing, "REPORT_SECONDS", 0.3)


def submitted(**fields) -> Article:
    return build.article(status=Status.SUBMITTED, published_at=None, **fields)


def open_form(visit, person, story: Article | None = None, **options) -> EditorPage:
    place = f"{story.pk}/change" if story else "add"
    return EditorPage(signed_in(visit, person, f"/admin/articles/article/{place}/", **options))


def write(editor: EditorPage, text: str) -> None:
    body = editor.text.locator("body")
    body.click()
    editor.page.keyboard.press("Control+End")
    body.press_sequentially(text)


def test_reporter_loses_the_network_comes_back_and_loses_no_word(visit):
    build.house_style()
    reporter = build.member("Phóng viên", full_name="Lê Thu Hà")
    editor = open_form(visit, reporter)
    page, status = editor.page, editor.page.locator("#typing-status")

    page.fill("[name=title]", "Bến đò cũ bên sông")
    write(editor, "Người lái đò cắm sào.")
    expect(status).to_contain_text("Đã tự lưu lúc")
    page.wait_for_url("**/change/")
    story = Article.objects.get()

    page.context.set_offline(True)
    # Nor does the network come back for what is left of this window while it closes: it would save itself.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    write(editor, " Sông không còn sóng.")
    expect(status).to_contain_text("Mất kết nối. Bản sao đang được giữ trên máy này.")
    page.locator("input[name=_continue]").click()
    assert page.url.endswith(f"/{story.pk}/change/")
    context = page.context
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    with page.expect_event("close"):
        asked.value.accept()
    context.set_offline(False)
    assert "Sông không còn sóng" not in Revision.objects.first().content["body"]

    page = context.new_page()
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    editor = EditorPage(page)
    offer = page.locator("#typing-offer")
    expect(offer).to_contain_text("Có bản chưa gửi được từ")
    offer.get_by_role("button", name="Xem khác gì").click()
    expect(offer.locator("ins")).to_contain_text("Sông không còn sóng.")
    offer.get_by_role("button", name="Dùng bản này").click()
    expect(page.locator("#typing-status")).to_contain_text("Đã tự lưu lúc")
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist")).to_be_visible()

    assert Article.objects.get().body == "<p>Người lái đò cắm sào. Sông không còn sóng.</p>"
    expect(page.locator("#typing-offer")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_two_edit_one_story_and_each_knows_of_the_other(visit):
    first = build.member("Biên tập viên", full_name="Lê Thu Hà")
    second = build.member("Biên tập viên", full_name="Đỗ Văn Ngữ")
    story = submitted()
    hers, his = open_form(visit, first, story), None
    write(hers, " Đò sang ngang.")
    expect(hers.page.locator("#typing-status")).to_contain_text("Đã tự lưu lúc")

    his = open_form(visit, second, story)
    expect(his.page.locator("#typing-others")).to_contain_text("Lê Thu Hà đang mở bài này (từ")
    expect(hers.page.locator("#typing-others")).to_contain_text("Đỗ Văn Ngữ cũng đang mở bài này (từ")
    assert "Đò sang ngang." in his.data
    his.page.get_by_role("button", name="Nhận sửa tiếp").click()
    told = hers.page.locator("#typing-others")
    expect(told).to_contain_text("Đỗ Văn Ngữ đã nhận sửa tiếp bài lúc")
    expect(told).to_contain_text("Phần bạn gõ đã được giữ thành bản tự lưu.")

    his.page.fill("[name=title]", "Tít của Ngữ")
    expect(his.page.locator("#typing-status")).to_contain_text("Đã tự lưu lúc")
    hers.page.fill("[name=title]", "Tít của Hà")
    expect(hers.page.locator("#typing-status")).to_contain_text("Bài không tự lưu khi đang được giữ ở nơi khác.")
    hers.page.locator("input[name=_continue]").click()
    expect(hers.page.locator("form.versions")).to_contain_text("Đỗ Văn Ngữ đã lưu một bản khác lúc")

    # She turns away from the choice: her text waits for her, and still overwrites nothing.
    hers.page.get_by_role("link", name="Bỏ bản của tôi").click()
    hers.page.get_by_role("button", name="Dùng bản này").click()
    expect(hers.page.locator("[name=title]")).to_have_value("Tít của Hà")
    hers.page.locator("input[name=_continue]").click()
    expect(hers.page.locator("form.versions")).to_contain_text("Đỗ Văn Ngữ đã lưu một bản khác lúc")
    assert story.revisions.first().content["title"] == "Tít của Ngữ"


def test_session_that_ends_while_typing_is_renewed_beside_and_nothing_is_lost(visit):
    colleague = build.member("Biên tập viên", full_name="Lê Thu Hà")
    colleague.set_password(PASSWORD)
    colleague.save()
    story = submitted()
    page = open_form(visit, colleague, story).page
    page.fill("[name=expires_at_0]", "31/")
    expect(page.locator("#typing-status")).to_contain_text("Chưa lưu được: Hiển thị đến")
    page.fill("[name=expires_at_0]", "")
    Session.objects.all().delete()
    page.fill("[name=title]", "Tít gõ khi hết phiên")
    status = page.locator("#typing-status")
    expect(status).to_contain_text("Bạn đã hết phiên đăng nhập. Bản sao đang được giữ trên máy này.")
    page.locator("input[name=_continue]").click()
    assert page.url.endswith("/change/")
    with page.expect_popup() as opened:
        status.get_by_role("button", name="Đăng nhập lại").click()
    beside = opened.value
    beside.fill("[name=username]", colleague.username)
    beside.fill("[name=password]", PASSWORD)
    beside.press("[name=password]", "Enter")
    expect(beside.locator("#content")).to_contain_text("Đã đăng nhập, hãy đóng cửa sổ này")
    beside.close()

    expect(status).to_contain_text("Đã tự lưu lúc")
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert Article.objects.get().title == "Tít gõ khi hết phiên"
