"""What the paper is for, told by the people who use it, in a real browser, with and without script."""

import re
from base64 import b64encode

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.models import User
from articles.models import Article, Picture, Status
from comments.models import Comment
from comments.models import Status as CommentStatus

from . import build
from .desk_editor import photo
from .paper import comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "ben-do-cu-ven-song"
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def house():
    """A paper that has its sections and pen names, and nothing to read yet."""
    build.house_style()
    build.section("Kinh tế")
    build.author("Hoàng Mai")


def person(group: str, username: str, full_name: str) -> User:
    user = User.objects.create_user(username, password=PASSWORD, full_name=full_name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def sign_in(page, user: User) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def write_body(page, text: str, script: bool) -> None:
    """Into the editor, or without script into the plain field that stands in its place."""
    if script:
        body = page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")
        body.click()
        body.press_sequentially(text)
    else:
        page.fill("[name=body]", text)


@WITH_AND_WITHOUT_SCRIPT
def test_editor_writes_a_story_and_a_colleague_publishes_it(visit, house, script):
    build.section("Nông nghiệp", parent=build.section("Kinh tế"))
    reporter = person("Phóng viên", "mai", "Hoàng Mai")
    secretary = person("Thư ký tòa soạn", "linh", "Trần Mai Lĩnh")

    page = visit("/admin/login/", script=script)
    sign_in(page, reporter)
    page.get_by_role("link", name="Viết bài").first.click()
    page.fill("[name=title]", "Bến đò cũ bên sông")
    page.fill("[name=lead]", "Chuyến đò cuối cùng rời bến lúc năm giờ chiều.")
    write_body(page, "Người lái đò cắm sào đã bốn mươi năm.", script)
    page.get_by_role("combobox", name="Chuyên mục:", exact=True).select_option("Kinh tế › Nông nghiệp")
    page.fill("[name=typed_byline]", "Bài, ảnh: Hoàng Mai")
    assert page.locator("[name=_publish]").count() == 0
    page.locator("[name=_submit]").click()
    page.locator(".messagelist").get_by_text("Đã gửi bài").wait_for()

    page = visit("/admin/login/", script=script)
    sign_in(page, secretary)
    page.get_by_role("link", name="Bến đò cũ bên sông").first.click()
    page.locator("[name=_publish]").click()
    page.wait_for_load_state()

    story = Article.objects.get()
    assert (story.status, story.created_by) == (Status.PUBLISHED, reporter)
    page = visit(story.get_absolute_url(), width=360, script=script)
    assert page.url.endswith(f"/nong-nghiep/ben-do-cu-ben-song-{story.pk}.html")
    assert page.get_by_role("heading", level=1).inner_text() == "Bến đò cũ bên sông"
    assert page.get_by_text("Người lái đò cắm sào đã bốn mươi năm.").is_visible()
    assert page.get_by_text("Bài, ảnh: Hoàng Mai").is_visible()


_DROP = """(window, files) => {
  const data = new DataTransfer();
  files.forEach(([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: "image/jpeg" }));
  });
  ["dragover", "drop"].forEach((name) => window.dispatchEvent(
    new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data })));
}"""


def test_photographer_drops_two_photos_one_of_them_broken_and_readers_see_the_good_one(visit, house):
    reporter = person("Phóng viên", "mai", "Hoàng Mai")
    secretary = person("Thư ký tòa soạn", "linh", "Trần Mai Lĩnh")
    good = photo("bến đò", (2400, 1600))

    page = visit("/admin/login/")
    sign_in(page, reporter)
    page.goto("/admin/articles/article/add/")
    page.fill("[name=title]", "Bến đò cũ bên sông")
    page.fill("[name=lead]", "Chuyến đò cuối cùng rời bến lúc năm giờ chiều.")
    write_body(page, "Người lái đò cắm sào đã bốn mươi năm.", script=True)
    page.get_by_role("combobox", name="Chuyên mục:", exact=True).select_option("Kinh tế")
    page.fill("[name=typed_byline]", "Bài: Hoàng Mai")

    page.get_by_role("button", name="Ảnh", exact=True).click()
    window = page.get_by_role("dialog", name="Ảnh")
    window.evaluate(_DROP, [["Bến đò.jpg", b64encode(good).decode()], ["hỏng.jpg", b64encode(good[:9000]).decode()]])
    window.get_by_text("Đã vào kho ảnh").wait_for()
    refused = window.locator("li", has_text="hỏng.jpg").locator(".upload-words")
    expect(refused).to_contain_text("Tệp bị hỏng")
    window.get_by_label("Chú thích").fill("Chuyến đò cuối ngày.")
    window.get_by_label("Nguồn ảnh").fill("Trường Khanh")
    with page.expect_popup() as opened:
        window.get_by_role("link", name="Thiếu mô tả ảnh").click()
    describe_and_focus(opened.value)
    page.bring_to_front()
    window.get_by_role("button", name="Đặt vào bài").click()
    page.locator("[name=_submit]").click()
    page.locator(".messagelist").get_by_text("Đã gửi bài").wait_for()

    page = visit("/admin/login/")
    sign_in(page, secretary)
    page.get_by_role("link", name="Bến đò cũ bên sông").first.click()
    page.locator("[name=_publish]").click()
    page.wait_for_load_state()
    call_command("tick")

    story = Article.objects.get()
    picture = Picture.objects.get()
    assert story.status == Status.PUBLISHED
    assert (picture.focal_x < 0.2, picture.focal_y < 0.2) == (True, True)
    for width, file_width in ((360, 480), (1280, 800)):
        page = visit(story.get_absolute_url(), width=width)
        shown = page.locator(".story-body figure img")
        shown.scroll_into_view_if_needed()
        shown.evaluate("image => image.decode()")
        assert shown.get_attribute("alt") == "Con đò bên bến lúc chiều"
        assert re.search(rf"full-{file_width}\.(webp|avif)$", shown.evaluate("image => image.currentSrc"))
        assert shown.evaluate("image => [image.width, image.height].every(Boolean)")
        assert page.locator("figcaption").inner_text() == "Chuyến đò cuối ngày. Ảnh: Trường Khanh."


def describe_and_focus(page) -> None:
    """In the picture's own form: what it shows, and by a click what a crop must keep."""
    page.fill("[name=alt]", "Con đò bên bến lúc chiều")
    page.locator(".focus-frame").click(position={"x": 20, "y": 20})
    page.locator("input[name=_continue]").click()
    page.wait_for_load_state()
    page.close()


@WITH_AND_WITHOUT_SCRIPT
def test_editor_withdraws_a_story_and_readers_are_told(visit, house, script):
    story = build.article(title="Tin chưa kiểm chứng")
    page = visit("/admin/login/", script=script)
    sign_in(page, person("Thư ký tòa soạn", "linh", "Trần Mai Lĩnh"))

    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.get_by_role("link", name="Gỡ bài…").click()
    page.fill("[name=reason]", "Chưa kiểm chứng đủ nguồn.")
    page.get_by_role("button", name="Gỡ bài").click()
    page.wait_for_load_state()

    reader = visit("/", script=script)
    assert reader.goto(story.get_absolute_url()).status == 410
    assert reader.get_by_text("Tin chưa kiểm chứng").count() == 0


@WITH_AND_WITHOUT_SCRIPT
def test_reader_finds_a_story_without_marks_reads_it_and_comments(visit, house, script):
    story = build.article(title="Bến đò cũ bên sông", section=build.section("Kinh tế"))

    page = visit("/", script=script, width=360)
    page.goto("/tim-kiem/")
    page.get_by_role("main").get_by_role("searchbox").fill("ben do cu")
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Bến đò cũ bên sông").click()
    page.get_by_role("textbox", name="Ý kiến của bạn").fill("Tôi đã đi chuyến đò ấy.\nXin cảm ơn báo.")
    page.get_by_role("textbox", name="Họ tên").fill("Đỗ Văn Ngữ")
    page.get_by_role("textbox", name="Thư điện tử").fill("ngu@")
    page.get_by_role("button", name="Gửi ý kiến").click()

    assert page.get_by_text("Lỗi:").count() >= 2
    assert (
        page.get_by_role("textbox", name="Ý kiến của bạn").input_value() == "Tôi đã đi chuyến đò ấy.\nXin cảm ơn báo."
    )

    page.get_by_role("textbox", name="Thư điện tử").fill("ngu@thu.example")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Gửi ý kiến").click()
    assert page.get_by_role("status").is_visible()

    page.goto(story.get_absolute_url())
    assert page.get_by_text("Tôi đã đi chuyến đò ấy.").count() == 0
    assert Comment.objects.get().status == CommentStatus.HELD


@WITH_AND_WITHOUT_SCRIPT
def test_moderator_lets_a_comment_through_and_the_reader_sees_it(visit, house, script):
    story = build.article()
    comment(story, status=CommentStatus.HELD, text="Bao giờ đò chạy lại?")
    comment(story, status=CommentStatus.HELD, text="Cho vay nhanh, gọi ngay.")

    page = visit("/admin/login/", script=script)
    sign_in(page, person("Kiểm duyệt bình luận", "van", "Lý Thị Vân"))
    page.get_by_role("link", name="Mở hàng chờ").click()
    page.get_by_role("link", name="Bao giờ đò chạy lại?").click()
    beside_the_story = page.locator(".acts")
    beside_the_story.get_by_role("button", name="Duyệt").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Cho vay nhanh").click()
    beside_the_story.locator("select[name=reason]").select_option(index=1)
    beside_the_story.get_by_role("button", name="Từ chối").click()
    page.wait_for_load_state()

    reader = visit(story.get_absolute_url(), script=script, width=360)
    assert reader.get_by_text("Bao giờ đò chạy lại?").is_visible()
    assert reader.get_by_text("Cho vay nhanh").count() == 0


def test_everything_a_reader_needs_works_without_script(visit, house):
    """Menu, section, story and print view, by pressing what is on the page."""
    story = build.article(title="Bến đò cũ bên sông", section=build.section("Kinh tế"))
    page = visit("/", script=False, width=360)

    page.locator("summary").first.click()
    page.get_by_role("link", name="Kinh tế").first.click()
    page.get_by_role("main").get_by_role("link", name="Bến đò cũ bên sông").click()
    page.get_by_role("link", name="In bài").click()

    assert page.url.endswith(story.get_print_url())
    assert page.get_by_role("heading", level=1).inner_text() == "Bến đò cũ bên sông"
