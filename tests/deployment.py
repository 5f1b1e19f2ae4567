"""The site as it runs on servers: processes of gunicorn with deploy/'s settings, on databases of a test's own."""

import os
import secrets
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg import sql

from tests.postgres import URL as SHARED_POSTGRES

from .servers import Server, free_port

ROOT = Path(__file__).parent.parent

# For House.run: a paper of one story, whose address is printed; and the same story with other words.
PAPER = """
from django.core.management import call_command
from tests import build
call_command("migrate", verbosity=0)
build.block()
print(build.article(title="Bến đò sớm").get_absolute_url())
"""
RETOLD = """
from articles import edition, publishing
from articles.models import Article
story = Article.objects.order_by("pk")[0]
story.title = "Bến đò trưa"
story.save()
publishing.derive(article=story)
edition.bump_story(story)
"""

# Certificates of tests are nobody's.
_ANY = ssl._create_unverified_context()


@contextmanager
def database(server_url: str = SHARED_POSTGRES, template: str | None = None) -> Iterator[str]:
    """DATABASE_URL of a new database on a server, empty or a copy of another; dropped afterwards."""
    name = f"newsroom_{secrets.token_hex(4)}"
    try:
        connection = psycopg.connect(server_url, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL at {server_url}: {error}")
    with connection:
        _execute(connection, "CREATE DATABASE {} TEMPLATE {}", name, template or "template0")
        try:
            yield f"{server_url.rpartition('/')[0]}/{name}"
        finally:
            _execute(connection, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class House:
    """One paper with its settings (`env`), and the processes that serve it."""

    def __init__(self, folder: Path, **env: str):
        self.folder = folder
        own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "VAR_DIR": str(folder / "var"), "SECRET_KEY": "bi-mat"}
        own |= {"MEDIA_ROOT": str(folder / "var" / "media"), "WEB_CONCURRENCY": "1", "EMAIL_URL": "dummymail://"}
        self.env = {name: value for name, value in os.environ.items() if name not in ("CACHE_URL", "DATABASE_URL")}
        self.env |= own | env

    def run(self, code: str, **env: str) -> str:
        """What a program with the site's settings prints."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        done = subprocess.run(command, env=self.env | env, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def manage(self, *args: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *args], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def web(self, **env: str) -> Server:
        """A web machine, not started yet; what it says goes to `log` of the server."""
        port = free_port()
        log = self.folder / f"web-{port}.log"
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        env = self.env | {"BIND": f"127.0.0.1:{port}"} | env
        server = Server(command, port, cwd=ROOT, env=env, stderr=log.open("w"), stdout=subprocess.DEVNULL)
        server.log = log
        return server


class Answer:
    """What a server says: `status`, `headers`, `content` in bytes and `text`."""

    def __init__(self, response):
        self.status, self.headers, self.content = response.status, response.headers, response.read()
        self.text = self.content.decode(errors="replace")


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, *, tls=False, **headers: str) -> Answer:
    """One request on a connection of its own; names of headers with _ for -."""
    kind = partial(HTTPSConnection, context=_ANY) if tls else HTTPConnection
    connection = kind("127.0.0.1", port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Person:
    """Somebody with a browser: keeps cookies, sends tokens; speaks to one web machine as the proxy before it would."""

    def __init__(self, port: int, host: str):
        self.port, self.host, self.cookies = port, host, SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._asked(path, "GET")

    def post(self, path: str, fields: dict) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"].value}
        return self._asked(path, "POST", urlencode(token | fields, doseq=True).encode())

    def sign_in(self, username: str, password: str) -> None:
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})
        assert (answer.status, answer.headers["Location"]) == (302, "/admin/"), answer.text

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())

    def _asked(self, path: str, method: str, body: bytes | None = None) -> Answer:
        headers = {"Host": self.host, "Cookie": self.cookie, "Referer": f"https://{self.host}{path}"}
        headers |= {"Content_Type": "application/x-www-form-urlencoded", "X_Forwarded_Proto": "https"}
        answer = ask(self.port, path, method, body, **headers)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        return answer
