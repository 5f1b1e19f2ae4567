"""A video on a reader's page: nothing foreign before the reader asks, a link without script, a player in its place."""

import pytest
from django.conf import settings
from tinyhtml5.parser import HTMLParser

from articles.html import clean_body
from articles.renditions import reader_html
from articles.videos import HOSTS, video_of
from tests import build

PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90"
PAGE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90"
BODY = (
    f'<p>Trước.</p><figure><iframe src="{PLAYER}" title="Lễ thông xe &quot;cầu Bến Vân&quot;"></iframe>'
    "<figcaption>Sáng thứ Bảy.</figcaption></figure><p>Sau.</p>"
)


def test_frame_becomes_a_screen_with_its_title_and_a_link_to_the_page_of_the_video():
    assert reader_html(clean_body(BODY), {}) == (
        '<p>Trước.</p><figure><div class="video" data-player="'
        f'{PLAYER}" data-play="Phát video"><div class="video-screen">'
        '<span class="video-title">Lễ thông xe &quot;cầu Bến Vân&quot;</span></div>'
        f'<a class="video-link" href="{PAGE.replace("&", "&amp;")}" rel="noopener nofollow" '
        'aria-label="Xem trên YouTube: Lễ thông xe &quot;cầu Bến Vân&quot;">Xem trên YouTube</a></div>'
        "<figcaption>Sáng thứ Bảy.</figcaption></figure><p>Sau.</p>"
    )


def test_video_without_a_title_is_named_by_its_host():
    shown = reader_html('<figure><iframe src="https://player.vimeo.com/video/7"></iframe></figure>', {})

    assert '<span class="video-title">Video Vimeo</span>' in shown
    assert 'aria-label="Xem trên Vimeo: Video Vimeo"' in shown


def test_frame_of_no_listed_host_goes_even_if_no_cleaner_has_seen_it():
    assert reader_html('<figure><iframe src="https://kia.example/7" title="x"></iframe></figure>', {}) == (
        "<figure></figure>"
    )


def test_screen_of_a_video_is_valid_html():
    parser = HTMLParser()
    parser.parse(f"<!doctype html><title>x</title><body>{reader_html(clean_body(BODY), {})}")

    assert parser.errors == []


def test_policy_lets_in_the_players_of_the_listed_hosts_and_no_other_frame():
    listed = {"https://" + host.players.split("/")[2] for host in HOSTS}

    assert {*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"]} == listed


@pytest.fixture
def story():
    return build.article(body=BODY)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_video_plays_in_its_place_at_the_press_of_a_key_and_asks_nothing_before(hostile, story):
    with hostile(viewport={"width": 360, "height": 800}) as page:
        page.goto(story.get_absolute_url())
        button = page.get_by_role("button", name='Phát video Lễ thông xe "cầu Bến Vân"')
        before = button.bounding_box()
        assert page.calls == []
        assert page.locator("main iframe").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") == 360

        button.focus()
        page.keyboard.press("Enter")
        player = page.locator("main iframe")

        page.wait_for_timeout(100)
        assert [video_of(call) for call in page.calls] == [video_of(PLAYER)]
        assert player.get_attribute("title") == 'Lễ thông xe "cầu Bến Vân"'
        assert player.bounding_box() == before
        assert page.evaluate("document.activeElement.tagName") == "IFRAME"
        assert page.evaluate("stopped") == []
        assert page.get_by_role("link", name="Xem trên YouTube").get_attribute("href") == PAGE


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_video_is_a_link_without_script_and_an_address_on_paper(hostile, story):
    with hostile(java_script_enabled=False) as page:
        page.goto(story.get_absolute_url())
        page.locator(".video").click(position={"x": 200, "y": 100}, no_wait_after=True)
        page.wait_for_timeout(100)
        assert page.calls == [PAGE]

    with hostile(java_script_enabled=False) as page:
        page.goto(story.get_print_url())
        page.emulate_media(media="print")
        shown = page.locator(".video-link").evaluate("link => getComputedStyle(link, '::after').content")
        assert shown == f'": {PAGE}"'
