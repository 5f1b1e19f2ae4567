"""The counter of readings: nothing is lost among threads, with the database away, or when a server stops in order."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from threading import Thread

import pytest
from django.conf import settings as house
from django.db import OperationalError, connection

from articles import counting, most_read
from articles.counting import HOUR, ReadingCounter
from articles.models import ReadingHour
from tests import build

NOON = 500_000 * HOUR
# Seconds, for a busy machine: what does not come by then does not come.
PATIENCE = 60


def comes(condition) -> bool:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not condition():
        time.sleep(0.01)
    return condition()


def rows() -> dict[tuple[int, int], int]:
    return {(row.article_id, row.hour): row.count for row in ReadingHour.objects.all()}


@pytest.mark.django_db
def test_readings_are_written_by_story_and_hour_and_added_up():
    one, other = build.article(), build.article(title="Bài khác")
    counter = ReadingCounter()
    for at in (NOON, NOON + HOUR - 1, NOON + HOUR):
        counter.note(one.pk, at)
    counter.note(other.pk, NOON)
    first = counter.write()
    counter.note(one.pk, NOON)

    assert (first, counter.write(), counter.write()) == (4, 1, 0)
    assert rows() == {(one.pk, 500_000): 3, (one.pk, 500_001): 1, (other.pk, 500_000): 1}


@pytest.mark.django_db
def test_reading_is_counted_in_the_hour_that_the_lists_ask_for():
    story = build.article()
    counter = ReadingCounter()
    counter.note(story.pk)
    counter.write()

    assert most_read.refresh("day") is True


@pytest.mark.django_db
def test_more_stories_than_one_portion_are_written(monkeypatch):
    monkeypatch.setattr(counting, "PORTION", 2)
    stories, counter = build.articles(5), ReadingCounter()
    for story in stories:
        counter.note(story.pk, NOON)

    assert counter.write() == 5
    assert len(rows()) == 5


@pytest.mark.django_db
def test_nothing_is_lost_while_the_database_is_away():
    story = build.article()
    counter = ReadingCounter()
    counter.note(story.pk, NOON)

    def away(*_):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away):
        assert counter.write() == 0
        counter.note(story.pk, NOON)
        assert counter.write() == 0

    assert counter.write() == 2
    assert rows() == {(story.pk, 500_000): 2}


@pytest.mark.django_db
def test_flood_of_made_up_stories_fills_no_memory_and_stops_no_story_that_is_counted(monkeypatch):
    monkeypatch.setattr(counting, "STORIES_AT_MOST", 10)
    story = build.article()
    counter = ReadingCounter()
    counter.note(story.pk, NOON)
    for number in range(1000):
        counter.note(10_000 + number, NOON)
    counter.note(story.pk, NOON)

    assert len(counter._counts) == 10
    assert counter.write() == 2


@pytest.mark.django_db
def test_threads_that_count_at_once_lose_nothing():
    story = build.article()
    counter = ReadingCounter()
    threads = [Thread(target=lambda: [counter.note(story.pk, NOON) for _ in range(2000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counter.write() == 8000


@pytest.mark.django_db(transaction=True)
def test_readings_of_a_quiet_worker_are_written_by_themselves():
    story = build.article()
    counter = ReadingCounter(write_after=0.01)
    counter.write_by_itself()
    for number in (1, 2):
        counter.note(story.pk, NOON)
        assert comes(lambda number=number: rows() == {(story.pk, 500_000): number} and not counter._writer)


# A house of its own with one story.
MAKE_HOUSE = """
import django
django.setup()
from django.core.management import call_command
from tests import build
call_command("migrate", verbosity=0)
print(build.article().pk)
"""
READERS = 40


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def ask(port: int, method: str, address: str, **headers) -> int:
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connected.request(method, address, headers=headers)
        return connected.getresponse().status
    finally:
        connected.close()


def answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/healthz") == 200
    except OSError:
        return False


@pytest.fixture(params=[signal.SIGTERM, signal.SIGINT], ids=["told to stop", "broken off by hand"])
def stopped_server(tmp_path, request):
    """The database of a server of two workers that was read by READERS people, and then stopped."""
    database = tmp_path / "house.sqlite3"
    own = {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "newsroom.settings", "BEHIND_PROXY": "1"}
    env = os.environ | own | {"MEDIA_ROOT": str(tmp_path / "media"), "CACHE_URL": "locmemcache://"}
    made = subprocess.run([sys.executable, "-c", MAKE_HOUSE], env=env, stdout=subprocess.PIPE, check=True, text=True)
    port = free_port()
    options = ["--config", "deploy/gunicorn.conf.py", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *options]
    with subprocess.Popen(command, env=env, cwd=house.BASE_DIR) as server:
        assert comes(lambda: answers(port))
        for number in range(READERS):
            reader = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0)", "X-Forwarded-For": f"203.0.113.{number}"}
            assert ask(port, "POST", f"/doc/{made.stdout.strip()}/", **reader) == 204
        server.send_signal(request.param)
    return database


def test_server_that_stops_in_order_writes_all_that_it_has_counted(stopped_server):
    with sqlite3.connect(stopped_server) as opened:
        [(count,)] = opened.execute("SELECT SUM(count) FROM articles_readinghour")

    assert count == READERS
