"""Addresses are made on the server by one function; no script of Django's makes another."""

import pytest
from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Section, Status, Tag

from .. import build

pytestmark = pytest.mark.django_db


def test_no_form_of_the_desk_uses_the_slug_script_of_django():
    assert [model for model, desk in admin.site._registry.items() if desk.prepopulated_fields] == []


@pytest.mark.parametrize("model", ["tag", "series", "section", "author"])
def test_server_says_which_address_a_name_will_get(admin_client, model):
    view = reverse(f"admin:articles_{model}_slug")

    assert admin_client.get(view, {"name": "Đổi mới công tác Đảng"}).json() == {"slug": "doi-moi-cong-tac-dang"}
    assert admin_client.get(view).json() == {"slug": ""}
    assert admin_client.get(view, {"name": "…" * 300}).json() == {"slug": "bai-2" if model == "section" else "bai"}


def test_address_that_is_taken_is_shown_with_its_number(admin_client):
    build.tag("Đà Lạt")

    assert admin_client.get(reverse("admin:articles_tag_slug"), {"name": "Da lát"}).json() == {"slug": "da-lat-2"}


def test_empty_address_is_filled_on_saving(admin_client):
    admin_client.post(reverse("admin:articles_tag_add"), {"name": "Xây dựng Đảng", "slug": "", "description": ""})

    assert Tag.objects.get().slug == "xay-dung-dang"


def test_address_is_asked_only_by_who_sees_the_names(client):
    client.force_login(build.member("Kiểm duyệt bình luận"))

    assert client.get(reverse("admin:articles_section_slug"), {"name": "Thời sự"}).status_code == 403


def test_form_of_a_story_shows_its_address(admin_client):
    story = build.article(title="Huyện Đắk Lắk đón mưa", status=Status.DRAFT, published_at=None)

    page = admin_client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    new = admin_client.get(reverse("admin:articles_article_add")).content.decode()

    assert f"/thoi-su/huyen-dak-lak-don-mua-{story.pk}.html" in page
    assert "Tạo từ tít khi lưu bài." in new


@pytest.mark.browser
def test_browser_shows_the_address_to_be_while_the_field_is_empty(visit, transactional_db, live_server, client):
    assert Section.objects.count() == 0
    client.force_login(build.member(is_superuser=True))
    page = visit("/")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto("/admin/articles/tag/add/")
    page.fill("#id_name", "Đổi mới sáng tạo")
    page.press("#id_name", "Tab")
    expect(page.locator("#id_slug")).to_have_attribute("placeholder", "doi-moi-sang-tao")
    assert page.input_value("#id_slug") == ""
