"""One address for each database; a PostgreSQL that is stopped is felt at once, and used again as soon as it is back."""

import os
import subprocess
import sys
from contextlib import closing

import environ
import pytest
from django.db import InterfaceError, OperationalError
from django.db.utils import ConnectionHandler

from newsroom.services import SPARE, databases
from tests.servers import postgres_cluster, program, until

URL = "postgres://toasoan:mat@db.example:5433/bao"


def parsed(url: str) -> dict:
    return environ.Env.db_url_config(url)


def made(url: str, replica: str = "", pool: int | None = None) -> dict:
    return databases(parsed(url), parsed(replica) if replica else None, threads=4, pool=pool)


def test_postgresql_has_as_many_connections_as_threads_and_some_for_what_workers_do_by_themselves():
    options = made(URL)["default"]["OPTIONS"]

    assert options["pool"] == {"min_size": 1, "max_size": 4 + SPARE, "timeout": 2, "reconnect_timeout": 2}
    assert options["connect_timeout"] == 2


@pytest.mark.parametrize(("url", "pool"), [(URL, 0), (f"{URL}?conn_max_age=60", None)])
def test_pool_is_left_out_where_connections_are_kept_otherwise(url, pool):
    assert "pool" not in made(url, pool=pool)["default"]["OPTIONS"]


def test_what_the_address_says_goes_first():
    options = made(f"{URL}?sslmode=require&connect_timeout=9", pool=3)["default"]["OPTIONS"]

    assert (options["sslmode"], options["connect_timeout"], options["pool"]["max_size"]) == ("require", 9, 3)


def test_replica_is_a_second_database_and_in_tests_the_first():
    found = made(URL, "postgres://doc@replica.example/bao")

    assert (found["replica"]["HOST"], found["replica"]["TEST"]) == ("replica.example", {"MIRROR": "default"})
    assert "replica" not in made(URL)


@pytest.fixture(scope="module")
def cluster():
    with postgres_cluster() as server:
        yield server


@pytest.fixture
def house(cluster, request, django_db_blocker):
    """`house()`: a connection of its own to the cluster, as a thread of a web process has one."""
    name = request.node.name[:40]
    found = databases(parsed(cluster.url), None, threads=4, pool=None)
    opened = ConnectionHandler({"default": {}, name: found["default"]})
    with django_db_blocker.unblock():
        yield lambda: opened[name]
        opened[name].close()
        opened[name].close_pool()


def answer(connection) -> int:
    """One request's use of the database."""
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 42")
        return cursor.fetchone()[0]


def test_connections_are_used_again_by_the_next_requests(house):
    pids = set()
    for _request in range(12):
        with closing(house()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.add(cursor.fetchone()[0])

    # The pool opens with one, and gets a second while the first request waits for that.
    assert len(pids) <= 2


def test_restart_of_the_server_is_not_felt_by_the_next_request(house, cluster):
    assert answer(house()) == 42
    cluster.stop()
    cluster.start()

    assert [answer(house()) for _request in range(3)] == [42, 42, 42]


def test_server_that_is_away_is_waited_for_once_and_used_as_soon_as_it_is_back(house, cluster, caplog):
    assert answer(house()) == 42
    cluster.stop()
    try:
        for _request in range(50):
            with pytest.raises((OperationalError, InterfaceError)):
                answer(house())
    finally:
        cluster.start()

    # One request for each rest waits, and no other.
    rests = [record for record in caplog.records if "cannot be reached" in record.message]
    assert len(rests) == 1
    assert until(lambda: _comes_back(house()), "the database is used again") == 42


def _comes_back(connection) -> int:
    try:
        return answer(connection)
    except OperationalError:
        return 0


def test_commands_end_by_themselves_and_leave_no_connection(cluster):
    told = "from django.db import connection as c; c.ensure_connection(); print(c.vendor)"
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", told]

    done = subprocess.run(command, env=os.environ | {"DATABASE_URL": cluster.url}, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (0, "postgresql\n", "")
    count = "SELECT count(*) FROM pg_stat_activity WHERE application_name <> 'psql' AND backend_type = 'client backend'"
    told = subprocess.run([program("psql"), cluster.url, "-Atc", count], capture_output=True, text=True, check=True)
    assert told.stdout == "0\n"
