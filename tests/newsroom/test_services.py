"""What the operator's watch is told, with the services that the site leans on there and not there."""

import os

import environ
import pytest
import redis
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom import services
from tests import build
from tests.servers import free_port

pytestmark = pytest.mark.django_db

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
ALL_WELL = {"database": True, "migrations": True, "media": True, "cache": True}


def cache_at(url: str) -> dict:
    return services.cache(environ.Env.cache_url_config(url))


@pytest.fixture
def real_redis(settings):
    try:
        redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3).ping()
    except redis.exceptions.RedisError as error:
        pytest.skip(f"no Redis at {REDIS_URL}: {error}")
    settings.CACHES = {"default": cache_at(REDIS_URL)}


def test_process_that_answers_is_alive(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_site_with_everything_is_ready(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, ALL_WELL)


def test_site_without_its_cache_is_alive_but_not_ready(client, settings):
    url = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": cache_at(url)}

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"cache": False})
    assert client.get("/healthz").status_code == 200


def test_pages_are_served_while_the_cache_is_away(client, settings):
    settings.CACHES = {"default": cache_at(f"redis://127.0.0.1:{free_port()}/0")}
    story = build.article()

    assert [client.get(address).status_code for address in ("/", story.get_absolute_url())] == [200, 200]


def test_site_with_redis_is_ready(client, real_redis):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, ALL_WELL)


def test_site_with_redis_serves_its_pages(client, real_redis):
    story = build.article()
    addresses = ["/", story.section.get_absolute_url(), story.get_absolute_url(), "/tim-kiem/?q=ben+do"]

    assert [client.get(address).status_code for address in [*addresses, *addresses]] == [200] * 8


def test_site_with_migrations_to_come_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("blocks", "0002_period")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"migrations": False})


def test_site_that_cannot_have_its_media_is_not_ready(client, settings, tmp_path):
    (tmp_path / "tep").touch()
    settings.MEDIA_ROOT = str(tmp_path / "tep" / "media")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"media": False})


def test_answers_to_the_watch_set_no_cookie(client):
    assert [client.get(address).cookies for address in ("/healthz", "/readyz")] == [{}, {}]
