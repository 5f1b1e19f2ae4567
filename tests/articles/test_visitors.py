"""What a request says of who sent it."""

import pytest
from django.test import RequestFactory

from articles.visitors import Origin, origin_of


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, Origin.OURS),
        ({"Sec-Fetch-Site": "none"}, Origin.OURS),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, Origin.FOREIGN),
        ({"Sec-Fetch-Site": "same-site"}, Origin.FOREIGN),
        ({"Origin": "http://testserver"}, Origin.OURS),
        ({"Origin": "http://TESTSERVER"}, Origin.OURS),
        ({"Origin": "http://testserver:8081"}, Origin.FOREIGN),
        ({"Origin": "https://testserver.example"}, Origin.FOREIGN),
        ({"Origin": "null"}, Origin.UNKNOWN),
        ({"Origin": "null", "Referer": "http://testserver/thoi-su/"}, Origin.OURS),
        ({"Origin": "http://[broken"}, Origin.FOREIGN),
        ({"Referer": "http://testserver/thoi-su/bai-1.html"}, Origin.OURS),
        ({"Referer": "http://testserver.example/"}, Origin.FOREIGN),
        ({}, Origin.UNKNOWN),
    ],
)
def test_origin_is_read_from_what_the_browser_says(headers, origin):
    assert origin_of(RequestFactory().post("/", headers=headers)) is origin


def test_origin_that_the_operator_trusts_is_ours(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://bao.example"]
    assert origin_of(RequestFactory().post("/", headers={"Origin": "https://bao.example"})) is Origin.OURS
