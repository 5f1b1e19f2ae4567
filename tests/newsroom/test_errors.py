"""Refusals are pages in words, with a way on."""

import pytest
from django.core.exceptions import BadRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request

from tests import build

pytestmark = pytest.mark.django_db


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
