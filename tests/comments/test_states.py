"""The states of the form as a reader meets them in a browser, without script: nothing lost, all told, all in reach."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import Article
from comments.models import Comment, Status
from tests import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(page, *, email="dovanngu@thu.vn", consent=True):
    page.locator("[name=text]").fill("Xã tôi ở vùng thấp mà vụ này cũng thiếu nước.")
    page.locator("[name=name]").fill("Đỗ Văn Ngữ")
    page.locator("[name=email]").fill(email)
    if consent:
        page.locator("[name=consent]").check()


def press(page):
    page.locator(".comment-form button").click()


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def complaints(page) -> list[str]:
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def empty(page):
    pass


def mistaken(page):
    write(page, email="dovanngu@", consent=False)
    press(page)


def sent(page):
    write(page)
    press(page)


def doubted(page):
    page.evaluate("document.querySelector('[name=stamp]').value = 'forged'")
    sent(page)


def closed(page):
    write(page)
    Article.objects.update(comments_open=False)
    press(page)


STATES = [empty, mistaken, sent, doubted, closed]


@pytest.mark.parametrize("state", STATES)
def test_state_has_no_barrier_and_fits_the_window(visit, state):
    story = build.article(title="Trường học vùng cao đón nước sạch về tận sân, học trò hết cảnh gùi nước đầu ngày")
    build.comment(story, status=Status.APPROVED)
    for width, scheme in ((320, "light"), (360, "dark"), (1280, "light"), (1280, "dark")):
        Comment.objects.filter(status=Status.HELD).delete()
        Article.objects.update(comments_open=True)
        page = visit(f"/binh-luan/{story.pk}/", width=width, scheme=scheme)
        state(page)
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_reader_without_script_mends_a_mistake_and_is_told_that_it_came(visit):
    story = build.article()
    page = visit(story.get_absolute_url(), script=False)
    mistaken(page)
    assert focused(page) == "thong-bao"
    page.locator("#thong-bao a").first.click()
    assert focused(page) == "binh-luan-email"
    assert page.locator("[name=text]").input_value() == "Xã tôi ở vùng thấp mà vụ này cũng thiếu nước."
    assert not page.locator("[name=consent]").is_checked()
    page.locator("[name=email]").fill("dovanngu@thu.vn")
    page.locator("[name=consent]").check()
    press(page)
    assert focused(page) == "thong-bao"
    assert f"-{Comment.objects.get().pk}" in page.locator("#thong-bao").inner_text()
    page.reload()
    assert Comment.objects.count() == 1


def test_reader_confirms_what_was_in_doubt(visit):
    story = build.article()
    page = visit(f"/binh-luan/{story.pk}/", script=False)
    doubted(page)
    assert Comment.objects.count() == 0
    assert page.locator("[name=name]").input_value() == "Đỗ Văn Ngữ"
    page.locator("[name=consent]").check()
    press(page)
    assert Comment.objects.get().status == Status.HELD
