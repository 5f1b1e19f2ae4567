"""What a reader, a broken link or an attacker can type into the address: always a clear answer, never a failure."""

from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings
from django.test import Client

from tests import build
from tests.paper import paper

pytestmark = pytest.mark.django_db

LIMIT = 4000
PAGES = [
    "front",
    "section",
    "subsection",
    "article",
    "print",
    "tag",
    "series",
    "author",
    "search",
    "search empty",
    "comments",
    "archive",
    "archive month",
    "archive day",
    "corrections",
    "feeds",
    "page",
    "contact",
]
LISTS = ["/thoi-su/", "/chu-de/nong-thon-moi/", "/chuyen-de/giu-rung-dau-nguon/", "/tac-gia/hoang-mai/", "/tim-kiem/"]
HUGE = "9" * 40
# What is typed behind "?"; %ff is no letter in any encoding of ours.
QUERIES = {
    "word for a key": "truoc=abc",
    "word for the other key": "sau=abc",
    "key without its second half": "truoc=1700000000000000",
    "key of huge numbers": f"truoc={HUGE}-{HUGE}",
    "key beyond the last year": "truoc=99999999999999999-1",
    "key beyond the first year": "sau=-99999999999999999-1",
    "key with a huge id": "truoc=1700000000000000-99999999999999999",
    "key with digits of another script": "truoc=%E0%A5%A7%E0%A5%AD-%E0%A5%A7",
    "key with a superscript": "truoc=1700000000000000-%C2%B2",
    "NUL in a key": "truoc=%00",
    "NUL in a word": "q=%00",
    "emoji": "q=%F0%9F%98%80&truoc=%F0%9F%98%80",
    "bytes of no letter": "q=%ff%fe&truoc=%ff",
    "half a surrogate": "q=%ED%A0%80",
    "repeated parameters": "q=a&q=b&truoc=x&truoc=y&chuyen_muc=a&chuyen_muc=b",
    "brackets": "q[]=a&truoc[0]=b",
    "percent alone": "q=%&truoc=%zz",
    "no names": "=&=&&&==",
    "markup": "q=%3Cscript%3Ealert(1)%3C/script%3E",
}


@pytest.fixture
def made():
    return paper()


def status(client, address: str, query: str = "") -> int:
    """The answer to an address with a query exactly as written, byte by byte."""
    path, _, own = address.partition("?")
    return client.get(path, QUERY_STRING="&".join(filter(None, [own, query]))).status_code


def raw(path: str) -> str:
    """A path as a server hands it on: escapes undone, bytes as Latin-1, nothing taken for a host."""
    return unquote_to_bytes(path).decode("latin-1")


def filled(own: str, length: int) -> str:
    """A query of exactly `length` bytes that begins with `own`."""
    return f"{own}&x=".lstrip("&").ljust(length, "a")


def test_queries_up_to_the_limit_are_pages_and_longer_ones_are_not(client, made):
    answers = {}
    for name, address in (made.addresses() | made.machine_addresses()).items():
        path, _, own = address.partition("?")
        answers[name] = tuple(status(client, path, filled(own, length)) for length in (LIMIT, LIMIT + 1))

    assert {name: found for name, found in answers.items() if found != (200, 414)} == {}


def test_long_query_to_an_unknown_page_is_unknown_up_to_the_limit(client):
    assert [status(client, "/khong-co/", filled("", length)) for length in (LIMIT, LIMIT + 1)] == [404, 414]


@pytest.mark.parametrize("query", ["&" * LIMIT, "a=&" * 1333, "q=a&" * 1000, "%" * LIMIT, "q=" + "%20" * 1332])
def test_query_of_many_small_parts_is_a_page_up_to_the_limit(client, made, query):
    assert [status(client, address, query[:LIMIT]) for address in ("/", "/kinh-te/", "/tim-kiem/")] == [200] * 3


def test_query_that_is_too_long_is_told_in_plain_vietnamese(client):
    answer = client.get("/", QUERY_STRING=filled("", LIMIT + 1))

    assert (answer.status_code, answer["Content-Type"]) == (414, "text/plain; charset=utf-8")
    assert answer.content.decode() == "Địa chỉ quá dài."
    assert answer.cookies == {}


def test_length_is_asked_before_anything_reads_the_query_or_the_visitor():
    guard = settings.MIDDLEWARE.index("newsroom.middleware.QueryStringLimit")

    assert settings.MIDDLEWARE[:guard] == [
        "newsroom.replica.ReadReplica",  # It only marks the request.
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
    ]


def test_query_that_is_too_long_costs_no_query_of_the_database(client, django_assert_num_queries):
    client.cookies["sessionid"] = "x" * 32

    with django_assert_num_queries(0):
        assert status(client, "/admin/", filled("q=", LIMIT + 1)) == 414


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_nonsense_in_a_query_is_a_page_or_unknown(client, made, query):
    addresses = made.addresses() | made.machine_addresses()

    answers = {name: status(client, address, query) for name, address in addresses.items()}

    assert {name: found for name, found in answers.items() if found not in (200, 404)} == {}


@pytest.mark.parametrize("query", ["truoc=abc", "sau=abc", "truoc=1700000000000000", f"truoc={HUGE}-{HUGE}", "sau=%00"])
# The search page answers any query at all with words.
@pytest.mark.parametrize("address", [address for address in LISTS if address != "/tim-kiem/"])
def test_list_from_a_place_that_does_not_exist_is_unknown(client, address, query):
    build.article(tags=[build.tag()], series=build.series())

    assert status(client, address, f"{query}&q=ben") == 404


@pytest.mark.parametrize("parameter", ["", "truoc=", "sau=", "truoc=&sau=", "trang=7"])
def test_list_with_an_empty_place_begins_at_its_beginning(client, parameter):
    build.article(title="Tin vừa đăng")

    assert "Tin vừa đăng" in client.get("/thoi-su/", QUERY_STRING=parameter).content.decode()


@pytest.mark.parametrize(
    "address", ["/khac/{slug}-{pk}", "/thoi-su/khac-{pk}", "/khac/khac-{pk}", "/thoi-su/{slug}-0{pk}"]
)
@pytest.mark.parametrize("ending", [".html", "/in.html"])
def test_wrong_address_of_a_story_leads_to_the_right_one(client, address, ending):
    story = build.article()
    wrong = address.format(slug=story.slug, pk=story.pk) + ending

    answer = client.get(wrong)

    assert (answer.status_code, answer["Location"]) == (301, f"/thoi-su/{story.slug}-{story.pk}{ending}")


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 15, "9" * 16, "9" * 40, "-1", "1e3", "1.5", "", "%D9%A1"])
@pytest.mark.parametrize("ending", [".html", "/in.html"])
def test_story_with_an_id_of_nobody_is_unknown(client, pk, ending):
    assert client.get(f"/thoi-su/bai-{pk}{ending}").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 16, "9" * 40, "9" * 5000, "-1", "abc", "%00"])
def test_comments_of_a_story_of_nobody_are_unknown(client, pk):
    assert client.get(f"/binh-luan/{pk}/").status_code == 404
    assert client.post(f"/binh-luan/{pk}/", {"text": "Tôi có ý kiến."}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/THOI-SU/",
        "/Thoi-Su/",
        "/thoi-su//",
        "//thoi-su/",
        "//khong-co.example/",
        "/thoi-su/../admin/",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/.env",
        "/thoi-su/%00/",
        "/%00",
        "/%ff%fe/",
        "/%F0%9F%98%80/",
        "/thời-sự/",
        "/thoi-su/index.php",
        "/wp-login.php",
        "/chu-de//",
        "/chu-de/%00/",
        "/chu-de/khong-co/",
        "/chuyen-de/khong-co/",
        "/tac-gia/khong-co/",
        "/rss/khong-co.xml",
        "/atom/khong-co.xml",
        "/sitemap-khong-co.xml",
        "/sitemap-.xml",
        f"/{'a' * 3000}/",
        f"/{'a/' * 1500}",
    ],
)
def test_path_that_leads_nowhere_is_unknown_in_vietnamese(client, path):
    build.section()

    answer = client.get("/", PATH_INFO=raw(path))

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
    assert answer.cookies == {}


def test_upper_case_in_the_address_of_a_story_is_unknown(client):
    story = build.article()

    assert client.get(story.get_absolute_url().upper()).status_code == 404


@pytest.mark.parametrize("path", ["/tim-kiem", "/thoi-su", "/rss"])
def test_address_without_its_last_stroke_leads_to_the_page(client, path):
    build.section()

    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (301, f"{path}/")


def test_two_strokes_before_a_host_lead_to_no_foreign_host(client):
    answer = client.get("/", PATH_INFO="//khong-co.example/tim-kiem")

    assert not answer.get("Location", "/").startswith("//")


@pytest.mark.parametrize(
    "month",
    [
        "0/1",
        "2026/0",
        "2026/13",
        "9999/12",
        "10000/1",
        "1/1",
        "1/2",
        "1/12",
        "9999/11",
        "99999999999/1",
        "2026/99999999999",
        f"{HUGE}/1",
    ],
)
def test_archive_of_a_month_that_never_was_is_unknown_or_empty(client, month):
    build.article()

    assert client.get(f"/luu-tru/{month}/").status_code in (200, 404)


@pytest.mark.parametrize("month", ["0/1", "2026/13", "9999/12", "2026/0"])
def test_archive_of_no_month_is_unknown(client, month):
    assert client.get(f"/luu-tru/{month}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("strict", [False, True])
def test_other_ways_of_asking_do_not_fail(made, method, strict):
    visitor = Client(enforce_csrf_checks=strict)
    addresses = made.addresses() | made.machine_addresses()

    answers = {name: getattr(visitor, method)(address).status_code for name, address in addresses.items()}

    assert {name: found for name, found in answers.items() if found >= 500} == {}


def test_head_is_answered_like_get_without_the_page(client, made):
    answers = {
        name: (answer.status_code, answer.content)
        for name, address in (made.addresses() | made.machine_addresses()).items()
        for answer in [client.head(address)]
    }

    assert {name: found for name, found in answers.items() if found != (200, b"")} == {}


@pytest.mark.parametrize(
    "words",
    [
        '"bến đò"',
        '"bến đò',
        "'; DROP TABLE articles_article; --",
        "bến AND đò OR NOT x NEAR(a, b)",
        "bến* đ*",
        "*",
        "%",
        "_",
        "\\",
        "bến\x00đò",
        "bến:đò ^ ~ ! ( ) { } [ ]",
        "?!.,;:-–—…",
        "😀 😀",
        "b" * 3900,
        "bến " * 600,
        "\u0301\u0323",
        "\u202ebến",
        "<script>alert(1)</script>",
        "{{ 7|add:7 }}",
    ],
)
def test_any_words_can_be_searched_for(client, words):
    build.article(title="Bến đò số một")

    answer = client.get("/tim-kiem/", {"q": words})

    assert answer.status_code == (414 if len(answer.request["QUERY_STRING"]) > LIMIT else 200)
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("words", ["*", "%", "_", "?!.,;:-", "😀", "\u0301", "\x00", "   "])
def test_search_without_any_letter_asks_for_words(client, words):
    build.article(title="Bến đò số một")

    answer = client.get("/tim-kiem/", {"q": words})

    assert answer.context["is_asked"] is False
    assert "page" not in answer.context


def test_search_with_an_invisible_letter_finds_what_was_meant_and_no_more(client):
    build.article(title="Bến đò số một")
    build.article(title="Chợ phiên", lead="", body="<p>Rau và cá.</p>")

    answer = client.get("/tim-kiem/", {"q": "bến\x00 đò"})

    assert [story.title for story in answer.context["page"].items] == ["Bến đò số một"]


@pytest.mark.parametrize(
    "day", ["31/02/2026", "2026-13-45", "0/0/0", "32/1/2026", "hôm qua", "\x00", "1" * 50, "01/01/0001", "31/12/9999"]
)
@pytest.mark.parametrize("name", ["tu", "den"])
def test_search_from_a_day_that_does_not_exist_still_finds(client, name, day):
    build.article(title="Bến đò số một")

    answer = client.get("/tim-kiem/", {"q": "bến đò", name: day})

    assert answer.status_code == 200
    assert "số một" in answer.content.decode() or day in ("01/01/0001", "31/12/9999")


@pytest.mark.parametrize("name", ["chuyen_muc", "tac_gia", "the"])
@pytest.mark.parametrize("value", ["khong-co", "\x00", "😀", "1", "' OR 1=1 --", "a" * 3000])
def test_search_in_what_does_not_exist_still_finds(client, name, value):
    build.article(title="Bến đò số một")

    answer = client.get("/tim-kiem/", {"q": "bến đò", name: value})

    assert answer.status_code == 200
    assert "số một" in answer.content.decode()
