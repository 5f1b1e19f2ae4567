"""A PostgreSQL that stops in the middle of the day: a plain page for everybody, and the site is back when it is."""

from contextlib import ExitStack

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from newsroom.errors import RETRY_AFTER, is_database_away
from tests.deployment import House, ask
from tests.servers import postgres_cluster, running, until

PAPER = """
from django.core.management import call_command
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import get_user_model, BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from articles.error_pages import write_error_pages
from tests import build
call_command("migrate", verbosity=0)
build.publication(name="Báo Bình Nguyên")
story = build.article(title="Bến đò sớm")
write_error_pages()
boss = get_user_model().objects.create_superuser("hoa", full_name="Lê Hoa")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(boss.pk), "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = boss.get_session_auth_hash()
session.save()
print(story.get_absolute_url(), session.session_key)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A running site on a database that may be stopped."""
    with ExitStack() as stack:
        cluster = stack.enter_context(postgres_cluster())
        house = House(tmp_path_factory.mktemp("house"), DATABASE_URL=cluster.url)
        house.story, session = house.run(PAPER).split()
        house.cookie, house.cluster = f"sessionid={session}", cluster
        house.server = stack.enter_context(running(house.web()))
        yield house


@pytest.fixture
def away(site):
    """The site, used and warm, after its database was stopped; comes back after the test."""
    assert asked(site) == [200, 200, 200, 200]
    site.cluster.stop()
    yield site
    site.cluster.start()
    until(lambda: asked(site) == [200, 200, 200, 200], "the site is back by itself")


def requests(site):
    """A reader's page, a list, the front door of the desk and a form there, as somebody signed in asks for them."""
    desk = {"Cookie": site.cookie}
    return [(site.story, {}), ("/", {}), ("/admin/", desk), ("/admin/articles/article/add/", desk)]


def asked(site) -> list[int]:
    return [ask(site.server.port, path, **headers).status for path, headers in requests(site)]


def test_pages_that_need_the_database_give_way_to_the_static_page_at_the_desk_as_well(away):
    answers = [ask(away.server.port, path, **headers) for path, headers in requests(away)[2:]]
    answers.append(ask(away.server.port, "/tim-kiem/?q=ben+do"))
    answers.append(ask(away.server.port, "/admin/login/", "POST", b"username=a&password=b"))

    page = (away.folder / "var" / "errors" / "503.html").read_text()
    assert "Báo Bình Nguyên" in page
    assert [(answer.status, answer.text) for answer in answers] == [(503, page)] * 4
    assert {answer.headers["Retry-After"] for answer in answers} == {str(RETRY_AFTER)}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_pages_that_are_kept_are_shown_on_and_no_others(away):
    kept = [ask(away.server.port, path) for path in (away.story, "/", away.story, "/")]
    others = [ask(away.server.port, path) for path in ("/tac-gia/hoang-mai/", "/khong-co/", "/tac-gia/hoang-mai/")]

    assert [answer.status for answer in kept] == [200] * 4
    assert [(answer.status, answer.headers["Retry-After"]) for answer in others] == [(503, str(RETRY_AFTER))] * 3


def test_log_says_that_the_database_is_away_and_when_it_is_back(site):
    before = len(site.server.log.read_text())
    site.cluster.stop()
    assert ask(site.server.port, "/tim-kiem/?q=ben").status == 503
    site.cluster.start()
    until(lambda: asked(site) == [200, 200, 200, 200], "the site is back by itself")

    log = site.server.log.read_text()[before:]
    assert "database 'default' cannot be reached" in log
    assert "database 'default' answers again" in log
    assert ("Traceback" in log, "tim-kiem" in log) == (False, False)


def test_watch_is_told_and_the_process_is_alive(away):
    ready = ask(away.server.port, "/readyz")

    assert (ready.status, '"database": false' in ready.text) == (503, True)
    assert ask(away.server.port, "/healthz").status == 200


def raised(kind, cause):
    error = kind("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (raised(OperationalError, psycopg.OperationalError("connection refused")), True),
        (raised(OperationalError, psycopg.errors.AdminShutdown("terminated")), True),
        (raised(OperationalError, psycopg.errors.CannotConnectNow("starting up")), True),
        (raised(OperationalError, psycopg.errors.TooManyConnections("no slot left")), True),
        (raised(InterfaceError, psycopg.InterfaceError("the connection is closed")), True),
        (raised(OperationalError, psycopg.errors.DeadlockDetected("deadlock")), False),
        (raised(OperationalError, psycopg.errors.QueryCanceled("took too long")), False),
        (raised(IntegrityError, psycopg.errors.UniqueViolation("twice")), False),
        (OperationalError("no such table"), False),
        (RuntimeError("x"), False),
        (None, False),
    ],
)
def test_only_a_server_that_cannot_be_reached_is_away(error, is_away):
    assert is_database_away(error) is is_away
