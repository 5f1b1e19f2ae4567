"""The servers that a measurement reads from: the site's own, as `manage.py serve` starts it, and an nginx before it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import processes, proxy
from .clients import reader

try:
    import redis
except ImportError:  # Only a server's lock has the client; without it nothing is measured with Redis.
    redis = None

# Names of caches that nobody else uses.
_OWN, _caches = f"bench-{os.getpid()}", count()

# Seconds that a server may take to start on a busy machine, and to end.
STARTING, ENDING = 120, 30


class NotStarted(Exception):
    """A server did not come up; says what it told in its log."""


@dataclass(frozen=True)
class Work:
    """Seconds of CPU that have been worked so far, by those who take part in an answer."""

    web: float = 0
    database: float = 0
    cache: float = 0
    proxy: float = 0

    def since(self, before: "Work") -> "Work":
        """What was worked in between, never less than nothing: of PostgreSQL, others' processes may have gone."""
        return Work(**{name: max(0, value - getattr(before, name)) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, and the process that started the others of it."""

    host: str
    master: int
    # Where nginx answers for it, and its process; '' and 0 where none does.
    front: str = ""
    nginx: int = 0

    @property
    def web(self) -> list[int]:
        """The web processes: gunicorn's first one and its workers."""
        return [self.master, *(pid for pid in processes.children(self.master) if not _is_tick(pid))]

    @property
    def all(self) -> list[int]:
        """All processes that `manage.py serve` has started, `tick` among them."""
        return [self.master, *processes.children(self.master)]

    def work(self) -> Work:
        """What everybody has worked so far. The database is counted without our own connection to it.

        A web process that has served its time is replaced: what it had worked is known to the one that started it.
        """
        proxies = [self.nginx, *processes.children(self.nginx)] if self.nginx else []
        return Work(
            web=sum(map(processes.cpu_seconds, self.web)) + processes.cpu_of_children_gone(self.master),
            database=_database_seconds(),
            cache=_cache_seconds(),
            proxy=sum(map(processes.cpu_seconds, proxies)),
        )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def served(folder: Path, *, cache: dict[str, str], nginx: str = "") -> Iterator[Site]:
    """The site on our database as long as the block lasts. `cache`: the environment that says what it keeps pages in.

    `folder`: for logs and for files that are served as they are. `nginx`: the program, where one is to stand before it.
    Raises NotStarted.
    """
    host = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "manage.py", "serve", "--bind", host]
    behind = {"BEHIND_PROXY": "1"} if nginx else {}
    with _running(command, folder / "site.log", host, **cache, **behind) as master:
        ticks = [pid for pid in processes.children(master) if _is_tick(pid)]
        if nginx:
            with _proxied(folder, host, nginx) as (front, proxy):
                yield Site(host, master, front, proxy)
        else:
            yield Site(host, master)
    # `tick` looks every second whether its server is there.
    _wait(lambda: not any(map(processes.is_alive, ticks)), ENDING)


@contextmanager
def _proxied(folder: Path, host: str, nginx: str) -> Iterator[tuple[str, int]]:
    front, plain = (f"127.0.0.1:{free_port()}" for _ in range(2))
    conf = proxy.written(folder / "nginx", host, front, plain)
    command = [nginx, "-c", str(conf), "-g", "daemon off;"]
    with _running(command, folder / "nginx.log", front) as pid:
        yield front, pid


@contextmanager
def _running(command: list[str], log: Path, host: str, **environment: str) -> Iterator[int]:
    """A server's process, once it answers; ended and waited for when the block ends."""
    with log.open("a") as told:
        process = subprocess.Popen(  # noqa: S603 (our own interpreter, or the nginx that the operator names)
            command, env=os.environ | environment, cwd=settings.BASE_DIR, stdout=told, stderr=told
        )
        try:
            if not _wait(lambda: process.poll() is not None or _answers(host), STARTING) or process.poll() is not None:
                raise NotStarted(log.read_text()[-2000:])
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(host: str) -> bool:
    try:
        with reader(host) as one:
            return one.get("/healthz")[0] == 200
    except OSError:
        return False


def _wait(is_done, seconds: float) -> bool:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if is_done():
            return True
        time.sleep(0.05)
    return False


def _is_tick(pid: int) -> bool:
    """Whether a child of gunicorn is no web process: time's work leads a session of its own."""
    return processes.session(pid) == pid


def _database_seconds() -> float:
    """Of PostgreSQL on this machine: the processes for others' connections to our database, and those that ended.

    The server counts the ended ones of all its databases together.
    """
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        own = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        pids = [pid for (pid,) in cursor.execute(own).fetchall()]
    own_server = processes.parent(connection.connection.info.backend_pid)
    return processes.cpu_of_children_gone(own_server) + sum(map(processes.cpu_seconds, pids))


def _cache_seconds() -> float:
    """What the Redis of the measurement has worked, by its own count; 0 where there is none."""
    if not settings.BENCH_REDIS:
        return 0
    with redis.Redis.from_url(settings.BENCH_REDIS) as server:
        told = server.info("cpu")
    return told["used_cpu_user"] + told["used_cpu_sys"]


def answering(url: str) -> bool:
    """Whether a Redis answers there, and the program has what it takes to speak to it."""
    if redis is None:
        return False
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3) as server:
            return server.ping()
    except redis.RedisError:
        return False


def empty_cache() -> dict[str, str]:
    """The environment of a site whose cache holds nothing yet: its own memory, or Redis under a new name."""
    if not settings.BENCH_REDIS:
        return {"CACHE_URL": "locmemcache://"}
    return {"CACHE_URL": settings.BENCH_REDIS, "BENCH_KEYS": f"{_OWN}-{next(_caches)}"}


def forget_caches() -> None:
    """Removes from Redis what this measurement has kept there."""
    if settings.BENCH_REDIS:
        with redis.Redis.from_url(settings.BENCH_REDIS) as server:
            for key in server.scan_iter(f"{_OWN}-*", count=1000):
                server.delete(key)
