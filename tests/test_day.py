"""One day of one story, in a real browser: from the first word to the front page, and down again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.admin import article_typing
from articles.models import Article

from . import build
from .desk_editor import EditorPage, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE, SLUG = "Bến đò cũ bên sông", "ben-do-cu-ben-song"
FORM = "/admin/articles/article/{}/change/"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(article_typing, "AUTOSAVE_SECONDS", 0.3)


@pytest.fixture
def desk(visit):
    """`desk(person, path)`: a page of the desk as this person sees it."""
    build.house_style()
    build.section("Kinh tế")
    build.author("Hoàng Mai")
    return lambda person, path: signed_in(visit, person, path)


def press(page, name: str) -> None:
    """A button of the state bar, and the page that comes back."""
    page.locator(f"[name={name}]").click()
    expect(page.locator(".messagelist")).to_be_visible()


def public_places(story: Article) -> dict[str, str]:
    places = {"front": "/", "section": "/kinh-te/", "feed": "/rss/tin-moi.xml", "news": "/sitemap-news.xml"}
    return places | {"search": "/tim-kiem/?q=ben+do+cu", "archive": f"/luu-tru/{timezone.localdate():%Y/%m}/"}


def shown_at(client, story: Article) -> set[str]:
    """The public places that name the story."""
    return {
        name
        for name, address in public_places(story).items()
        if TITLE in (text := client.get(address).content.decode()) or SLUG in text
    }


def test_day_of_a_story(desk, visit, client, time_machine):
    reporter = build.member("Phóng viên", full_name="Hoàng Mai")
    editor = build.member("Biên tập viên", full_name="Lê Thu Hà")
    secretary = build.member("Thư ký tòa soạn", full_name="Trần Mai Lĩnh")
    build.block()

    # The reporter writes, loses the network for a while, comes back and hands in.
    page = desk(reporter, "/admin/articles/article/add/")
    status = page.locator("#typing-status")
    page.fill("[name=title]", TITLE)
    page.get_by_role("combobox", name="Chuyên mục:", exact=True).select_option("Kinh tế")
    page.fill("[name=typed_byline]", "Hoàng Mai")
    EditorPage(page).text.locator("body").press_sequentially("Người lái đò cắm sào.")
    expect(status).to_contain_text("Đã tự lưu lúc")
    page.wait_for_url("**/change/")
    page.context.set_offline(True)
    page.fill("[name=lead]", "Chuyến đò cuối cùng rời bến lúc năm giờ chiều.")
    expect(status).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    expect(status).to_contain_text("Đã tự lưu lúc")
    press(page, "_submit")
    story = Article.objects.get()
    assert (story.status, story.lead) == ("submitted", "Chuyến đò cuối cùng rời bến lúc năm giờ chiều.")

    # The editor sends it back; the reporter reads why at the top, mends and hands in again.
    page = desk(editor, FORM.format(story.pk))
    page.get_by_text("Trả lại…").click()
    page.fill("[name=send_back_reason]", "Thiếu số chuyến mỗi ngày.")
    press(page, "_send_back")
    page = desk(reporter, FORM.format(story.pk))
    expect(page.get_by_text("Thiếu số chuyến mỗi ngày.").first).to_be_visible()
    page.fill("[name=lead]", "Chuyến đò cuối cùng trong 12 chuyến mỗi ngày rời bến lúc năm giờ chiều.")
    press(page, "_submit")

    # The editor compares and passes on; the secretary schedules for an hour ahead.
    page = desk(editor, f"/admin/articles/article/{story.pk}/versions/")
    expect(page.locator(".difference ins").first).to_contain_text("trong 12 chuyến mỗi ngày")
    page.goto(FORM.format(story.pk))
    press(page, "_pass_on")
    at = timezone.localtime() + timedelta(hours=1)
    page = desk(secretary, FORM.format(story.pk))
    page.fill("[name=published_at_0]", f"{at:%d/%m/%Y}")
    page.fill("[name=published_at_1]", f"{at:%H:%M}")
    press(page, "_schedule")
    expect(page.locator(".messagelist")).to_contain_text(f"Bài sẽ lên trang lúc {at:%H:%M}")
    story.refresh_from_db()
    assert shown_at(client, story) == set()
    assert client.get(story.get_absolute_url()).status_code == 404

    # Its time comes, and it is there: no job has run.
    time_machine.move_to(story.published_at + timedelta(minutes=1))
    assert shown_at(client, story) == set(public_places(story))
    reader = visit(story.get_absolute_url(), width=360)
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)

    # Twelve were ten: a correction stands above the text and in a place of its own.
    page = desk(secretary, f"/admin/articles/correction/add/?article={story.pk}")
    page.fill("[name=wrong]", "12 chuyến mỗi ngày.")
    page.fill("[name=right]", "10 chuyến mỗi ngày.")
    page.fill("[name=apology]", "Báo xin lỗi bạn đọc.")
    page.get_by_text("Đăng cải chính…").click()
    press(page, "_announce")
    reader = visit(story.get_absolute_url(), width=360)
    expect(reader.locator(".correction")).to_contain_text("Nay sửa lại: 10 chuyến mỗi ngày.")
    reader.get_by_role("link", name="Xem ở mục Cải chính").click()
    expect(reader.get_by_text("Báo xin lỗi bạn đọc.")).to_be_visible()

    # It is withdrawn, and gone everywhere.
    page = desk(secretary, f"/admin/articles/article/{story.pk}/withdraw/")
    page.fill("[name=reason]", "Nhân vật yêu cầu.")
    page.get_by_role("button", name="Gỡ bài").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert shown_at(client, story) == set()
    gone = client.get(story.get_absolute_url())
    assert (gone.status_code, TITLE in gone.text) == (410, False)

    # What was done stands in its log, in order.
    acts = [event.act for event in reversed(story.events.all())]
    assert acts == ["submit", "send_back", "submit", "pass_on", "schedule", "correct", "withdraw"]
