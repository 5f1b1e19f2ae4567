"""A Redis that stops, hangs, is emptied or comes back: the site goes on, says so in its log, and uses it again."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import environ
import pytest
from django.core.cache import CacheHandler

from newsroom import caches, services
from tests.servers import free_port, redis_server, until


@pytest.fixture(scope="module")
def server():
    with redis_server() as running:
        yield running


def opened(url: str):
    """A cache as one thread of a web process has it."""
    return CacheHandler({"default": services.cache(environ.Env.cache_url_config(url))})["default"]


@pytest.fixture
def cache(server):
    made = opened(server.url)
    made.clear()
    return made


@pytest.fixture
def no_cache():
    return opened(f"redis://:mat-khau@127.0.0.1:{free_port()}/0")


def test_address_of_redis_is_ours_and_keeps_what_it_says():
    made = services.cache(environ.Env.cache_url_config("rediscache://127.0.0.1:6379/1?key_prefix=bao"))

    assert made["BACKEND"] == "newsroom.caches.RedisCache"
    assert (made["LOCATION"], made["KEY_PREFIX"]) == ("redis://127.0.0.1:6379/1", "bao")


def test_local_memory_holds_as_many_pages_as_a_worker_can_bear_or_as_the_address_says():
    made = [services.cache(environ.Env.cache_url_config(f"locmemcache://{more}")) for more in ("", "?max_entries=50")]

    assert [one["OPTIONS"]["MAX_ENTRIES"] for one in made] == [services.LOCAL_ENTRIES, 50]


def test_redis_that_is_there_is_a_cache(cache):
    cache.set("số", 1)
    cache.set_many({"trang": b"<p>", "khối": None})

    assert (cache.incr("số"), cache.add("số", 9), cache.add("mới", 9)) == (2, False, True)
    assert cache.get_many(["trang", "khối", "không"]) == {"trang": b"<p>", "khối": None}
    assert (cache.has_key("số"), cache.touch("số", 60), cache.delete("số"), cache.get("số", "?")) == (
        True,
        True,
        True,
        "?",
    )


def test_redis_that_is_away_is_an_empty_cache_that_forgets_at_once(no_cache):
    no_cache.set("trang", 1)
    no_cache.delete_many(["trang"])

    assert (no_cache.get("trang"), no_cache.get("trang", "?"), no_cache.get_many(["trang"])) == (None, "?", {})
    assert (no_cache.add("trang", 1), no_cache.add("trang", 1)) == (True, True)
    assert (no_cache.has_key("trang"), no_cache.touch("trang"), no_cache.delete("trang")) == (False, False, False)
    assert no_cache.set_many({"trang": 1, "khối": 2}) == ["trang", "khối"]
    assert no_cache.get_or_set("trang", lambda: "mới") == "mới"
    assert no_cache.clear() is False
    with pytest.raises(ValueError, match="trang"):
        no_cache.incr("trang")


def test_log_names_the_server_once_a_rest_and_never_its_password(no_cache, caplog):
    for _request in range(100):
        no_cache.get("trang")

    [said] = [record.getMessage() for record in caplog.records]
    assert said.startswith("cache 127.0.0.1:")
    assert "mat-khau" not in said


def test_restart_of_redis_is_not_felt_but_that_it_is_empty(cache, server, caplog):
    cache.set("trang", 1)
    server.stop()
    server.start()

    assert cache.get("trang") is None
    cache.set("trang", 2)
    assert cache.get("trang") == 2
    assert caplog.records == []


def test_redis_that_hangs_is_waited_for_once_by_all_and_used_again_when_it_answers(cache, server, caplog):
    cache.set("trang", 1)
    server.process.send_signal(signal.SIGSTOP)
    try:
        found = [cache.get("trang") for _request in range(100)]
    finally:
        server.process.send_signal(signal.SIGCONT)

    assert found == [None] * 100
    assert len(caplog.records) == 1
    assert until(lambda: cache.get("trang"), "Redis is used again") == 1
    assert caplog.records[-1].getMessage().endswith("answers again")


def test_threads_share_what_is_known_of_the_server(caplog):
    url, together = f"redis://127.0.0.1:{free_port()}/0", threading.Barrier(8)
    opened(url).get("trang")

    def request(_number):
        together.wait(timeout=60)
        return opened(url).get("trang", "?")

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(request, range(8))) == ["?"] * 8
    assert len(caplog.records) == 1
    assert caches.REST > caches.PATIENCE
