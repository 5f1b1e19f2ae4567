"""What every test stands on: throw-away media, a browser and the services where they are, and no silent skipping."""

import os
import shutil
from pathlib import Path

import pytest
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

from newsroom import storages
from tests import source_pages

from .chromium import CHROMIUM, CHROMIUM_FLAGS

# Playwright keeps an event loop in the test's thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is no failure: what is asked of the text is not how fast it comes.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


def pytest_runtest_makereport(item, call):
    """With FORBID_SKIPS set a skip is a failure: a machine that should have everything must not pass by lacking it."""
    if os.environ.get("FORBID_SKIPS") and call.excinfo and call.excinfo.errisinstance(pytest.skip.Exception):
        call.excinfo = pytest.ExceptionInfo.from_exc_info(_failure(call.excinfo))


def pytest_terminal_summary(terminalreporter):
    """Tests that were never collected are no skips: the summary says what the faithful test has read."""
    terminalreporter.write_line(source_pages.summary())


def _failure(excinfo):
    failed = pytest.fail.Exception(f"skipping is forbidden here: {excinfo.value}")
    return type(failed), failed, excinfo.tb


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in a house: forms report by themselves while a test writes, and in memory all threads would
    share one connection and trip over each other's transactions."""
    database = connections.settings["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        # Nobody asks for it after a power cut.
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    """Media of this test alone, plain static files, quick passwords."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ERROR_PAGES_ROOT = tmp_path / "errors"
    settings.STORAGES = storages.local(tmp_path / "media", settings.MEDIA_URL) | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Where `make run` has collected files, each new client of a test would look at all of them.
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The site is read once a process; a test that begins with a cold process would count one query more.
    Site.objects.clear_cache()
    # Pages are kept beyond a test's end, and numbers begin anew with its database.
    cache.clear()


@pytest.fixture(scope="session")
def _browser():
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(_browser, live_server, settings):
    """`visit(path, width=…, density=…, scheme=…, script=…)`: a page of the running site in a browser of its own.

    Fails the test if the page breaks its content security policy, throws, or asks a foreign host for anything but
    the pictures that the test keeps there.
    """
    contexts, complaints = [], []
    picture_hosts = storages.foreign_origins(settings.STORAGES)

    def open_page(path: str = "/", *, width: int = 1280, density: int = 1, scheme: str = "light", script: bool = True):
        context = _browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            device_scale_factor=density,
            color_scheme=scheme,
            java_script_enabled=script,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda message: "Content Security" in message.text and complaints.append(message.text))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((live_server.url, "data:", "blob:", "about:", *picture_hosts))
                or complaints.append(f"foreign host: {request.url}")
            ),
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session", autouse=True)
def _clean_up_media(tmp_path_factory):
    """Pictures are large: nothing is kept from earlier runs."""
    yield
    shutil.rmtree(tmp_path_factory.getbasetemp(), ignore_errors=True)
