"""Refusals are pages in words, with a way on."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.utils import timezone
from django.views.defaults import bad_request

from articles.error_pages import write_error_pages
from articles.models import HouseStyle, Publication
from newsroom import urls as site
from tests import build
from tests.desk import sent_back

pytestmark = pytest.mark.django_db

PAPER = {
    "owner_body": "Cơ quan của Đảng bộ tỉnh Bình Nguyên",
    "head": "Đinh Trọng Vĩnh",
    "licence_number": "12/GP-BTTTT",
    "telephone": "0200 000 0000",
    "email": "toasoan@binhnguyen.example",
}
LEGAL_LINES = [*PAPER.values(), "Báo Bình Nguyên"]


def broken(request):
    raise RuntimeError("bí mật của máy chủ")


# The site with one page that fails, for settings.ROOT_URLCONF.
urlpatterns = [path("hong/", broken), *site.urlpatterns]
handler404, handler500 = site.handler404, site.handler500


@pytest.fixture
def breaking(client, settings):
    """A client of the site with a broken page, who gets the answer that a reader gets."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


def test_staff_without_the_right_are_told_whom_to_ask(client):
    client.force_login(build.user())

    answer = client.get(reverse("admin:articles_article_add"))

    assert answer.status_code == 403
    assert "Bạn không có quyền mở trang này" in answer.content.decode()
    assert reverse("admin:index") in answer.content.decode()


def test_form_with_a_stale_token_says_that_nothing_is_saved():
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert answer.status_code == 403
    assert "Chưa có gì được lưu" in answer.content.decode()


def test_request_that_cannot_be_read_is_answered_in_vietnamese():
    answer = bad_request(RequestFactory().get("/"), BadRequest("x"))

    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in answer.content.decode()


def missing(html: str) -> list[str]:
    return [line for line in LEGAL_LINES if line not in html]


def test_unknown_page_is_a_page_in_vietnamese_with_the_legal_lines(client):
    build.publication(**PAPER)

    answer = client.get("/khong-co/")

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
    assert missing(answer.content.decode()) == []


def test_story_that_is_gone_is_a_page_in_vietnamese_with_the_legal_lines(client):
    build.publication(**PAPER)
    now = timezone.now()
    story = build.article(title="Chuyện đã qua", hours_ago=3, expires_at=now - timedelta(hours=1))

    answer = client.get(story.get_absolute_url())

    assert answer.status_code == 410
    assert "Bài này đã được gỡ" in answer.content.decode()
    assert "Chuyện đã qua" not in answer.content.decode()
    assert missing(answer.content.decode()) == []


def test_failure_shows_the_written_page_with_the_legal_lines(breaking, django_assert_num_queries):
    build.publication(**PAPER)
    write_error_pages()

    with django_assert_num_queries(0):
        answer = breaking.get("/hong/")

    html = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert missing(html) == []
    assert '<html lang="vi">' in html
    assert "Trang đang gặp sự cố" in html
    assert "bí mật của máy chủ" not in html
    assert answer.cookies == {}


def test_failure_before_any_page_was_written_is_told_in_vietnamese(breaking, django_assert_num_queries):
    build.publication(**PAPER)

    with django_assert_num_queries(0):
        answer = breaking.get("/hong/")

    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Trang đang gặp sự cố" in html
    assert 'href="/"' in html
    assert "bí mật của máy chủ" not in html


def written(settings) -> dict[str, str]:
    return {file.name: file.read_text() for file in Path(settings.ERROR_PAGES_ROOT).iterdir()}


def test_written_pages_are_whole_and_lead_home(settings):
    build.publication(**PAPER)

    write_error_pages()

    pages = written(settings)
    assert sorted(pages) == ["413.html", "429.html", "500.html", "503.html"]
    assert [missing(html) for html in pages.values()] == [[]] * 4
    assert "{" not in "".join(pages.values())
    assert "Trang báo sẽ trở lại ngay" in pages["503.html"]


def test_written_pages_of_a_house_without_a_paper_are_there_all_the_same(settings):
    write_error_pages()

    assert all("<h1>" in html for html in written(settings).values())


def test_machine_that_did_not_save_the_paper_writes_its_pages_by_a_command(settings):
    build.publication(**PAPER)

    call_command("error_pages")

    assert [missing(html) for html in written(settings).values()] == [[]] * 4


def test_paper_saved_at_the_desk_rewrites_the_error_pages(client, settings):
    paper = build.publication(**PAPER)
    write_error_pages()
    client.force_login(build.member("Quản trị"))
    address = reverse("admin:articles_publication_change", args=[paper.pk])

    answer = client.post(
        address, sent_back(client.get(address)) | {"name": "Báo Bình Nguyên Mới", "hotline": "0911 222 333"}
    )

    assert answer.status_code == 302
    assert Publication.objects.get().name == "Báo Bình Nguyên Mới"
    assert HouseStyle.objects.count() == 0
    assert all("Báo Bình Nguyên Mới" in html and "0911 222 333" in html for html in written(settings).values())


def test_fault_leaves_its_traceback_in_the_log_of_the_server():
    fault = "import django, logging; django.setup(); "
    fault += "\ntry: 1 / 0\nexcept ZeroDivisionError: logging.getLogger('django.request').exception('a fault')"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "0"}
    heard = subprocess.run([sys.executable, "-c", fault], env=environment, stderr=subprocess.PIPE, text=True)
    assert "ZeroDivisionError" in heard.stderr
