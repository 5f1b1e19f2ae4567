"""A story is read: who counts, once in a while, without a name, and without asking the database."""

import os
import uuid

import environ
import pytest
import redis
from django.core.cache import caches

from articles import readers
from articles.counting import counter
from articles.models import ReadingHour, Section
from tests import build

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile"
    " Safari/537.36"
)
OURS = {"User-Agent": PHONE, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _empty_counter(settings, tmp_path):
    """Nothing is left of the readings of other tests, and nothing of these stays."""
    settings.CACHES = settings.CACHES | {
        "readers": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    counter.forget()
    yield
    counter.forget()


def report(client, story, *, address: str = "203.0.113.7", **headers):
    pk = story if isinstance(story, int) else story.pk
    return client.post(f"/doc/{pk}/", REMOTE_ADDR=address, headers=OURS | headers)


def read(story) -> int:
    """How often the story was read, once all is written."""
    counter.write()
    return sum(ReadingHour.objects.filter(article=story).values_list("count", flat=True))


def test_reading_is_answered_with_nothing_at_all(client):
    answer = report(client, build.article())

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (204, b"", "no-store")
    assert answer.cookies == {}
    assert "Vary" not in answer


def test_dot_for_browsers_without_script_is_a_picture_that_nobody_keeps(client):
    story = build.article()
    address = f"/doc/{story.pk}.gif"

    assert f'<noscript><img src="{address}" alt="" width="1" height="1"></noscript>' in (
        client.get(story.get_absolute_url()).content.decode()
    )
    client.head(address, headers=OURS)
    assert read(story) == 0
    answer = client.get(address, headers=OURS)

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/gif", "no-store")
    assert answer.content.startswith(b"GIF89a")
    assert answer.cookies == {}
    assert "Vary" not in answer
    assert read(story) == 1


def test_reading_costs_no_query(client, django_assert_num_queries):
    story = build.article()
    with django_assert_num_queries(0):
        report(client, story)
        report(client, 999_999)
        client.get(f"/doc/{story.pk}.gif", headers=OURS)


def test_story_is_read_once_in_a_while_by_one_reader_and_again_by_another(client):
    story, other = build.article(), build.article(title="Bài khác")
    for _ in range(3):
        report(client, story)
    report(client, other)
    report(client, story, address="203.0.113.8")
    report(client, story, **{"User-Agent": PHONE.replace("126", "127")})

    assert (read(story), read(other)) == (3, 1)


def test_reader_is_not_kept_and_tomorrow_nobody_can_tell_who_it_was(client, settings):
    story = build.article()
    report(client, story)
    report(client, story)
    kept = caches["readers"]._cache

    assert not any("203.0.113.7" in str(key) + str(value) or "Android" in str(value) for key, value in kept.items())
    caches["readers"].delete("salt")
    report(client, story)
    assert read(story) == 2


@pytest.fixture
def redis_marks(settings):
    """The keys of the marks in a Redis that workers share, under a name of this test's own."""
    url, prefix = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15"), uuid.uuid4().hex
    server = redis.Redis.from_url(url, socket_connect_timeout=3)
    try:
        server.ping()
    except redis.exceptions.RedisError as error:
        pytest.skip(f"no Redis at {url}: {error}")
    settings.CACHES = settings.CACHES | {"readers": environ.Env.cache_url_config(url) | {"KEY_PREFIX": prefix}}
    yield lambda: {key: server.ttl(key) for key in server.scan_iter(f"{prefix}:*")}
    for key in server.scan_iter(f"{prefix}:*"):
        server.delete(key)


def test_marks_in_redis_count_a_reader_once_and_all_go_by_themselves(client, redis_marks):
    story = build.article()
    for _ in range(3):
        report(client, story)
    report(client, story, address="203.0.113.8")

    assert read(story) == 2
    lives = sorted(redis_marks().values())
    # For each of the two an address and a reading, and today's number.
    assert len(lives) == 5
    assert 0 < lives[0] <= lives[3] <= readers.WINDOW
    assert readers.WINDOW < lives[4] <= readers.SALT_LIVES


@pytest.mark.parametrize(
    "browser",
    [
        "",
        "Mozilla/5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0.0.0 Safari/537.36",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Go-http-client/1.1",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
        "Feedly/1.0",
    ],
)
def test_program_is_no_reader(client, browser):
    story = build.article()

    assert report(client, story, **{"User-Agent": browser}).status_code == 204
    assert read(story) == 0


@pytest.mark.parametrize(
    "browser",
    [
        PHONE,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/24070",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/471.0]",
        "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/127.0.0 Chrome/121.0.0.0 Safari/537.36",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12 Version/12.16",
    ],
)
def test_person_is_a_reader(client, browser):
    story = build.article()

    report(client, story, **{"User-Agent": browser})

    assert read(story) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://khac.example"},
        {"Sec-Fetch-Site": "", "Referer": "https://khac.example/"},
    ],
)
def test_page_fetched_ahead_or_by_another_site_is_not_read(client, headers):
    story = build.article()

    assert report(client, story, **headers).status_code == 204
    assert read(story) == 0


def test_house_itself_does_not_read(admin_client):
    story = build.article()
    report(admin_client, story)

    assert read(story) == 0


def test_reader_behind_the_proxy_is_told_from_the_next(client, settings):
    settings.BEHIND_PROXY = True
    story = build.article()
    for reader in ("198.51.100.1", "198.51.100.2", "198.51.100.2"):
        # What stands before the proxy's own entry anyone can write.
        report(client, story, address="127.0.0.1", **{"X-Forwarded-For": f"10.0.0.9, {reader}"})

    assert read(story) == 2


@pytest.mark.parametrize("line", ["203.0.113.7", "2001:db8:1:2::{}", "::ffff:203.0.113.7"])
def test_machine_that_takes_ever_new_names_counts_so_often_and_no_more(client, line):
    story = build.article()
    for number in range(readers.PER_ADDRESS + 20):
        report(client, story, address=line.format(number), **{"User-Agent": f"{PHONE} {number}"})
    report(client, story, address="198.51.100.1")

    assert read(story) == readers.PER_ADDRESS + 1


@pytest.mark.parametrize(
    "fields", [{"status": "draft", "published_at": None}, {"hours_ago": -2}, {"status": "withdrawn"}]
)
def test_story_that_readers_may_not_see_is_not_counted_nor_told(client, fields):
    story = build.article(**fields)

    assert report(client, story).status_code == report(client, 999_999).status_code == 204
    assert read(story) == 0


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/doc/1/", 405),
        ("put", "/doc/1/", 405),
        ("post", "/doc/1.gif", 405),
        ("post", "/doc/999999999999999/", 204),
        ("post", "/doc/0/", 204),
        ("post", "/doc/9999999999999999/", 404),
        ("post", f"/doc/{'9' * 5000}/", 404),
        ("post", "/doc/-1/", 404),
        ("post", "/doc/x/", 404),
        ("post", "/doc/١/", 404),
        ("get", "/doc/", 404),
    ],
)
def test_odd_address_or_method_is_answered_and_counts_nothing(client, method, address, status):
    assert getattr(client, method)(address, headers=OURS).status_code == status
    counter.write()
    assert ReadingHour.objects.count() == 0


def test_section_cannot_take_the_address_of_the_counter():
    assert Section.objects.create(name="Đọc").slug == "doc-2"


def test_search_engines_are_told_to_leave_the_counter_alone(client):
    assert "Disallow: /doc/\n" in client.get("/robots.txt").content.decode()


def test_print_view_and_preview_do_not_count(client):
    story = build.article()

    assert "/doc/" not in client.get(story.get_print_url()).content.decode()


# --- In a browser


def open_story(visit, story, *, script: bool = True):
    """The story before a person's eyes: the tests' own browser says that it is headless."""
    page = visit("/", script=script)
    page.context.set_extra_http_headers({"User-Agent": PHONE})
    page.clock.install()
    page.goto(story.get_absolute_url())
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_story_that_stands_before_a_reader_for_some_seconds_counts_once(visit):
    story = build.article()
    page = open_story(visit, story)
    asked = []
    page.on("request", lambda request: "/doc/" in request.url and asked.append((request.method, request.url)))

    page.clock.run_for(4_000)
    assert (asked, read(story)) == ([], 0)
    with page.expect_response(f"**/doc/{story.pk}/") as answer:
        page.clock.run_for(2_000)
    page.clock.run_for(60_000)

    assert (answer.value.status, len(asked), read(story)) == (204, 1, 1)
    assert page.context.cookies() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_story_counts_without_script(visit):
    story = build.article()
    open_story(visit, story, script=False)

    assert read(story) == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_front_page_counts_nothing(visit):
    story = build.article()
    build.block()
    page = open_story(visit, story)
    page.goto("/")
    page.clock.run_for(60_000)

    assert read(story) == 0
