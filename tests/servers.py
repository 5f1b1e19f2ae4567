"""Servers of a test's own on this machine: started on a free port, stopped and started again, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

# Seconds that a server may take to come or to go: twenty times what it takes on an idle machine.
PATIENCE = 60
# Whom PostgreSQL runs as where the tests are root, whom it refuses.
POSTGRES_USER = "postgres"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def until(holds: Callable[[], object], what: str):
    """What `holds` gives as soon as that is something; fails the test if it never is."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := holds():
            return found
        time.sleep(0.05)
    pytest.fail(f"waited {PATIENCE} s in vain: {what}")


def answers_at(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A program that listens on `port`; `command` starts it in the foreground."""

    def __init__(self, command: list[str], port: int, **options):
        self.command, self.port, self.options = command, port, options
        self.process = None

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, **self.options)
        until(lambda: answers_at(self.port) or self._has_ended(), f"{self.command[0]} on port {self.port}")

    def _has_ended(self) -> None:
        if self.process.poll() is not None:
            pytest.fail(f"{' '.join(self.command)} ended with {self.process.returncode}")

    def stop(self) -> None:
        """In order, as an operator stops it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


def program(name: str, *places: str) -> str:
    """Where a program is; skips the test where it is not."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *places]))
    return found or pytest.skip(f"no {name} on this machine")


@contextmanager
def redis_server() -> Iterator[Server]:
    """A Redis that keeps nothing on disk; its `url` goes into CACHE_URL."""
    port = free_port()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(Server(command, port, stdout=subprocess.DEVNULL)) as server:
        server.url = f"redis://127.0.0.1:{port}/0"
        server.client = redis.Redis(port=port)
        yield server


@contextmanager
def postgres_cluster() -> Iterator[Server]:
    """A PostgreSQL with an empty database, apart from the one that other tests use; its `url` is DATABASE_URL."""
    folders = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    initdb, postgres = program("initdb", *folders), program("postgres", *folders)
    # Not below pytest's folder, which is its owner's alone.
    home, port = Path(tempfile.mkdtemp(prefix="newsroom-postgres-")), free_port()
    as_whom = {"cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:
        shutil.chown(home, POSTGRES_USER, POSTGRES_USER)
        as_whom |= {"user": POSTGRES_USER, "group": POSTGRES_USER, "extra_groups": []}
    options = ["--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run([initdb, "--pgdata", str(home / "data"), *options], check=True, **as_whom)
    command = [postgres, "-D", str(home / "data"), "-p", str(port), "-k", str(home)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    try:
        with running(Cluster(command, port, **as_whom)) as server:
            server.url = f"postgres://postgres@127.0.0.1:{port}/postgres"
            yield server
    finally:
        shutil.rmtree(home)


class Cluster(Server):
    """PostgreSQL; stopped it sends its clients away instead of waiting for them."""

    def start(self) -> None:
        super().start()
        until(self._takes_clients, "PostgreSQL takes clients")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(2)  # SIGINT: "fast" in its handbook.
            self.process.wait(PATIENCE)

    def _takes_clients(self) -> bool:
        try:
            psycopg.connect(f"postgres://postgres@127.0.0.1:{self.port}/postgres", connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True
