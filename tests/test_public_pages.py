"""What holds for every page that a reader or a program can ask for."""

import re

import pytest
from django.contrib.sites.models import Site
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import RequestFactory
from django.views.defaults import bad_request, permission_denied
from tinyhtml5.parser import HTMLParser

from articles.error_pages import write_error_pages
from articles.models import Article, Status
from comments import stamps
from newsroom.errors import server_error

from .paper import paper

# The literal number of queries of each page that is kept nowhere, whatever stands in the archive; one of them asks for
# the numbers of the edition. Raising one needs a reason in the commit.
QUERIES = {
    # The numbers of all lists at once, and what stands in the blocks by number before the texts of all of them.
    "front": 13,
    # A list takes two: its ids from an index, which costs the same at any depth, and the cards of these. All
    # sections at once: the page's own, and those below it.
    "section": 10,
    "subsection": 10,
    # One of them brings the paper for the frame, which all pages ask for once; here no frame has a number yet.
    "article": 11,
    "print": 4,
    "tag": 6,
    "series": 8,
    # How many stories, since when, and three for the most read among the newest: none of them counts the archive.
    "author": 11,
    # Three of them count tags, authors and papers among the hits.
    "search": 15,
    "search filtered": 16,
    "search empty": 5,
    "search hopeless": 11,
    "comments": 6,
    # First and last story, the years and the months that hold any.
    "archive": 7,
    # The days that hold stories, the month before and the one behind.
    "archive month": 8,
    "archive day": 8,
    "corrections": 4,
    "feeds": 3,
    "page": 5,
    "contact": 5,
}
MACHINE_QUERIES = {
    "rss": 4,
    "section rss": 5,
    "atom": 4,
    "section atom": 5,
    # The files of stories and how many lists there are: nothing of it reads a story.
    "sitemap": 4,
    "sitemap of stories": 2,
    # For each kind of list its rows, and which of them show anything.
    "sitemap of lists": 8,
    "sitemap of pages": 3,
    "news sitemap": 3,
    "robots": 1,
}
# The open story and one other, and many: blocks without any story need no texts.
ARCHIVES = [2, 31]
LOADED = re.compile(
    r"""<(?:img|script|source|iframe|link rel="(?:stylesheet|icon|preload)")[^>]*?(?:src|href)="([^"]*)"""
)


def count(client, address, django_assert_num_queries, number):
    Site.objects.get_current()
    client.get("/robots.txt")  # When the next story is due is asked once for each edition, not by each page.
    with django_assert_num_queries(number):
        response = client.get(address)
    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("stories", ARCHIVES)
@pytest.mark.parametrize(("name", "number"), QUERIES.items())
def test_queries_of_a_page_do_not_depend_on_the_archive(client, name, number, stories, django_assert_num_queries):
    count(client, paper(stories).addresses()[name], django_assert_num_queries, number)


@pytest.mark.django_db
@pytest.mark.parametrize("stories", ARCHIVES)
@pytest.mark.parametrize(("name", "number"), MACHINE_QUERIES.items())
def test_queries_of_a_feed_do_not_depend_on_the_archive(client, name, number, stories, django_assert_num_queries):
    count(client, paper(stories).machine_addresses()[name], django_assert_num_queries, number)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*QUERIES, "not found", "gone"])
def test_page_is_valid_html_with_one_first_heading(client, name):
    made = paper()
    addresses = made.addresses() | {"not found": "/khong-co-trang-nay/", "gone": made.story.get_absolute_url()}
    if name == "gone":
        type(made.story).objects.filter(pk=made.story.pk).update(status="withdrawn")
    assert_whole(client.get(addresses[name]).content.decode())


def assert_whole(html: str) -> None:
    """Valid, in Vietnamese, with one first heading and a title."""
    parser = HTMLParser()
    parser.parse(html)

    assert parser.errors == []
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert '<html lang="vi"' in html
    assert re.search(r"<title>[^<]*\S[^<]*</title>", html)


OURS = {"Sec-Fetch-Site": "same-origin"}
SENT = {"text": "Xã tôi cũng thiếu nước.", "name": "Đỗ Văn Ngữ", "email": "ngu@thu.example", "consent": "on"}
# What a reader meets beside the pages with an address: status, how to get there, and whether a cookie may be set.
ANSWERS = {
    "comment with mistakes": (422, lambda client, made: send(client, made, name=""), False),
    "receipt": (200, lambda client, made: client.get(send(client, made)["Location"]), False),
    "confirm": (200, lambda client, made: send(client, made, headers={}), True),
    "comments closed": (403, lambda client, made: send(client, closed(made)), False),
    "comment that is no form": (400, lambda client, made: unreadable(client, made), False),
    "bad request": (400, lambda client, made: bad_request(request(), BadRequest("x")), False),
    "forbidden": (403, lambda client, made: permission_denied(request(), PermissionDenied()), False),
    "not found": (404, lambda client, made: client.get("/khong-co-trang-nay/"), False),
    "gone": (410, lambda client, made: client.get(withdrawn(made)), False),
    "failure": (500, lambda client, made: server_error(request()), False),
}


def request():
    return RequestFactory().get("/")


def send(client, made, headers=OURS, **fields):
    typed = {"stamp": stamps.make(made.story.pk)} | SENT | fields
    return client.post(f"/binh-luan/{made.story.pk}/", typed, headers=headers)


def unreadable(client, made):
    address = f"/binh-luan/{made.story.pk}/"
    return client.post(address, b"--x", content_type="multipart/form-data", headers=OURS)


def closed(made):
    Article.objects.filter(pk=made.story.pk).update(comments_open=False)
    return made


def withdrawn(made) -> str:
    Article.objects.filter(pk=made.story.pk).update(status=Status.WITHDRAWN)
    return made.story.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ANSWERS)
def test_answer_to_what_went_wrong_or_was_sent_is_valid_html_without_a_cookie(client, name):
    status, ask, may_set_cookie = ANSWERS[name]
    answer = ask(client, paper())

    assert answer.status_code == status
    assert_whole(answer.content.decode())
    assert list(answer.cookies) == (["csrftoken"] if may_set_cookie else [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_page_written_for_a_failure_is_valid_html(settings, name):
    paper()
    write_error_pages()

    assert_whole((settings.ERROR_PAGES_ROOT / name).read_text())


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUERIES)
def test_page_sets_no_cookie_and_is_the_same_for_everybody(client, name):
    response = client.get(paper().addresses()[name])

    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUERIES)
def test_page_loads_nothing_from_a_foreign_host_and_carries_no_style_or_script(client, name):
    html = client.get(paper().addresses()[name]).content.decode()

    assert [address for address in LOADED.findall(html) if not address.startswith(("/", "data:"))] == []
    assert " style=" not in html
    assert "<style" not in html
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "ld+json" not in tag] == []
    assert not re.search(r"<[^>]+\son[a-z]+=", html)


@pytest.mark.django_db
def test_every_address_of_the_house_answers(client):
    made = paper()
    answers = {
        address: client.get(address).status_code
        for address in [*made.addresses().values(), *made.machine_addresses().values(), "/healthz", "/readyz"]
    }

    assert {address: status for address, status in answers.items() if status != 200} == {}
