"""Readers' pages from a copy that lags behind; whoever writes, signs in or looks for what was written never sees it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from newsroom.replica import _Watch
from tests.deployment import PAPER, RETOLD, House, ask, database
from tests.postgres import URL as SHARED_POSTGRES
from tests.servers import free_port, running

# What the copy does not know yet: another title, one more story, and somebody who has signed in.
SINCE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from articles.models import Article
from articles import publishing
from tests import build
first = Article.objects.get()
first.title = "Bến đò trưa"
first.save()
publishing.derive(article=first)
boss = get_user_model().objects.create_superuser("hoa", full_name="Lê Hoa")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(boss.pk), "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = boss.get_session_auth_hash()
session.save()
print(build.article(title="Bến đò đêm").get_absolute_url(), session.session_key)
"""


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A paper with a copy of its database that is two changes behind."""
    with ExitStack() as stack:
        primary = stack.enter_context(database())
        made = House(tmp_path_factory.mktemp("house"), DATABASE_URL=primary)
        made.old = made.run(PAPER).strip()
        made.copy, made.other_copy = (stack.enter_context(database(template=name_of(primary))) for _copy in range(2))
        made.new, made.session = made.run(SINCE).split()
        made.env["DATABASE_REPLICA_URL"] = made.copy
        made.server = stack.enter_context(running(made.web()))
        yield made


def titles(page: str) -> set[str]:
    return set(re.findall("Bến đò (?:sớm|trưa|đêm)", page))


def test_reader_reads_from_the_copy_every_page_whole(house):
    pages = {path: ask(house.server.port, path) for path in (house.old, "/", "/thoi-su/", "/rss/tin-moi.xml")}

    assert {path: titles(page.text) for path, page in pages.items()} == {path: {"Bến đò sớm"} for path in pages}
    assert ask(house.server.port, house.new).status == 404
    assert ask(house.server.port, house.new, "HEAD").status == 404
    assert titles(re.sub("</?mark>", "", ask(house.server.port, "/tim-kiem/?q=ben+do").text)) == {"Bến đò sớm"}


def test_whoever_has_a_session_reads_from_the_first_database(house):
    cookie = f"sessionid={house.session}"

    assert titles(ask(house.server.port, house.old, Cookie=cookie).text) >= {"Bến đò trưa"}
    assert ask(house.server.port, house.new, Cookie=cookie).status == 200
    assert titles(ask(house.server.port, "/admin/articles/article/", Cookie=cookie).text) == {
        "Bến đò trưa",
        "Bến đò đêm",
    }


def test_discussion_and_what_is_sent_to_it_are_in_the_first_database(house):
    pk = re.search(r"-(\d+)\.html", house.new)[1]
    page = ask(house.server.port, f"/binh-luan/{pk}/")
    stamp = re.search(r'name="stamp" value="([^"]+)"', page.text)[1]
    form = f"name=Ng%E1%BB%AF&email=ngu%40thu.example&text=Hay+qu%C3%A1&consent=on&stamp={stamp}&website="

    sent = ask(
        house.server.port,
        f"/binh-luan/{pk}/",
        "POST",
        form.encode(),
        Content_Type="application/x-www-form-urlencoded",
        Sec_Fetch_Site="same-origin",
    )

    assert (page.status, sent.status) == (200, 303)
    # Its receipt is read at once, by somebody without a session.
    receipt = ask(house.server.port, sent.headers["Location"].partition("#")[0])
    assert receipt.status == 200
    counts = [_count(url, "comments_comment") for url in (house.env["DATABASE_URL"], house.copy)]
    assert counts == [1, 0]


def _count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


REQUEST = """
from django.http import HttpResponse
from django.test import RequestFactory
from articles.models import Article, Tag
from newsroom.replica import ReadReplica
def view(request):
    seen = [Article.objects.order_by("pk")[0].title]
    if request.GET:
        Tag.objects.filter(pk=0).update(name="x")
    first = Article.objects.order_by("pk")[0]
    return HttpResponse(", ".join([*seen, first.title, first.credits.get().article.title]))
answer = ReadReplica(view)
ask = RequestFactory()
for request in (ask.get("/"), ask.get("/?write=1"), ask.post("/"), ask.get("/admin/")):
    print(answer(request).text)
print(Article.objects.order_by("pk")[0].title)
"""


def test_request_that_wrote_reads_on_from_the_first_database_and_commands_always_do(house):
    told = house.run(REQUEST).splitlines()

    assert told == [
        "Bến đò sớm, Bến đò sớm, Bến đò sớm",
        "Bến đò sớm, Bến đò trưa, Bến đò trưa",
        "Bến đò trưa, Bến đò trưa, Bến đò trưa",
        "Bến đò trưa, Bến đò trưa, Bến đò trưa",
        "Bến đò trưa",
    ]


def test_copy_that_cannot_be_reached_is_done_without(house):
    nobody = f"postgres://postgres@127.0.0.1:{free_port()}/bao"

    with running(house.web(DATABASE_REPLICA_URL=nobody)) as server:
        answers = [ask(server.port, path) for path in (house.new, "/", house.old)]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert titles(answers[1].text) >= {"Bến đò trưa", "Bến đò đêm"}
    assert server.log.read_text().count("database 'replica' cannot be reached") == 1


@contextmanager
def out_of_reach(url: str):
    """A database that takes no connection, and has ended those that it had."""
    name = name_of(url)
    with psycopg.connect(SHARED_POSTGRES, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_copy_that_goes_away_under_way_is_done_without(house):
    with running(house.web(DATABASE_REPLICA_URL=house.other_copy)) as server:
        assert ask(server.port, house.new).status == 404

        with out_of_reach(house.other_copy):
            assert ask(server.port, house.new).status == 200


class SlowWatch(_Watch):
    """One whose databases take their time to say that the copy lacks a removal."""

    def _ask(self):
        time.sleep(0.2)
        return False


def test_all_who_ask_after_a_quiet_time_hear_what_stands_now():
    watch = SlowWatch()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: watch.follows(), range(4))) == [False] * 4


def test_what_has_reached_the_copy_is_shown_at_once_in_place_of_the_kept_page(house):
    """Last but one of these tests: the copy is no longer two changes behind."""
    assert titles(ask(house.server.port, house.old).text) == {"Bến đò sớm"}

    house.run(RETOLD, DATABASE_URL=house.copy)

    assert titles(ask(house.server.port, house.old).text) == {"Bến đò trưa"}


WITHDRAWN = """
from articles import publishing
from articles.models import Article
from tests import build
story = Article.objects.order_by("pk")[0]
publishing.withdraw(article=story, by=build.user("articles.withdraw_article"), reason="Bài có sai sót.")
"""


def test_copy_that_lacks_a_withdrawal_is_not_read_until_it_has_it(house):
    """The last of these tests: it takes back the story that the others read."""

    def comes_to(path: str, status: int) -> bool:
        # A second of the copy's, and what a busy machine takes.
        until = time.monotonic() + 10
        while time.monotonic() < until:
            if ask(house.server.port, path).status == status:
                return True
            time.sleep(0.1)
        return False

    assert ask(house.server.port, house.old).status == 200
    house.run(WITHDRAWN)
    assert comes_to(house.old, 410)
    # All else comes from the first database, too, as long as the copy is behind.
    assert ask(house.server.port, house.new).status == 200
    assert "lacks a removal" in house.server.log.read_text()

    # What is known to be taken back stays so while there is nobody to ask.
    with out_of_reach(house.env["DATABASE_URL"]):
        assert [ask(house.server.port, house.old).status for _ in range(3)] == [503] * 3
    assert comes_to(house.old, 410)

    house.run(WITHDRAWN, DATABASE_URL=house.copy)
    assert comes_to(house.new, 404)
    assert ask(house.server.port, house.old).status == 410
