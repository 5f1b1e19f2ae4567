from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from comments import gates
from tests import build


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("unknown", ""),
        ("999.1.1.1", ""),
    ],
)
def test_shorten_keeps_only_the_network(address, network):
    assert gates.shorten(address) == network


def test_network_without_proxy_ignores_what_the_sender_claims(settings):
    settings.BEHIND_PROXY = False
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert gates.network_of(request) == "203.0.113.0/24"


def test_network_behind_the_proxy_is_the_last_entry(settings):
    settings.BEHIND_PROXY = True
    request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.77")
    assert gates.network_of(request) == "203.0.113.0/24"


@pytest.mark.parametrize(
    "text",
    [
        "Bài hay. Mong báo viết thêm về quỹ thủy lợi của xã.",
        "Vậy thì gọi 0912 345 678 gặp ông trưởng thôn.",
        "Tôi vay ngân hàng mười triệu để mua giống.",
        "Xem thêm ở baobinhnguyen.vn nhé.",
        "Tên làng tôi viết là Đăk Pơ\u0306, đọc chậm.",
        "Hay quá 👍🏽 1️⃣",
        "Ca\u0302\u0301p nu\u031bo\u031b\u0301c cho xã",
    ],
)
def test_suspicion_is_empty_for_what_readers_write(text):
    assert gates.suspicion(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Xem http://a.example và https://b.example",
        "Vào xoso.vip hoặc www.xoso.example",
        "Cho VAY nhanh, gọi 0912.345.678",
        "Cho v\u0336a\u0336y nhanh",
        "l\u0300\u0301\u0302ô đề",
    ],
)
def test_suspicion_speaks_for_what_advertisers_write(text):
    assert gates.suspicion(text)


def test_suspicion_names_trap_and_repetition_and_fits_its_column():
    worst = "http://a.example http://b.example vay 0912345678 x\u0336"
    assert gates.suspicion("Bài hay.", is_trapped=True) != gates.suspicion("Bài hay.", is_repeated=True)
    assert len(gates.suspicion(worst, is_trapped=True, is_repeated=True).split(", ")) == 5
    assert len(gates.suspicion(worst, is_trapped=True, is_repeated=True)) <= 200


@pytest.mark.django_db
def test_discussion_closes_by_age_counted_from_the_later_of_publication_and_arrival(settings):
    settings.COMMENTS_CLOSE_AFTER_DAYS = 30
    now = timezone.now()
    old = build.article(published_at=now - timedelta(days=31), created_at=now - timedelta(days=31))
    arrived_late = build.article(published_at=now - timedelta(days=2000), created_at=now - timedelta(days=29))
    written_early = build.article(published_at=now - timedelta(days=29), created_at=now - timedelta(days=60))
    assert [gates.is_open(story) for story in (old, arrived_late, written_early)] == [False, True, True]


@pytest.mark.django_db
def test_discussion_is_closed_by_the_story_or_by_the_house_style():
    silent = build.house_style(name="1999", shows_comments=False)
    assert not gates.is_open(build.article(comments_open=False))
    assert not gates.is_open(build.article(house_style=silent))
