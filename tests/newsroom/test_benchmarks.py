"""The benchmark measures what it says, tells it twice, and leaves nothing behind."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.db import connection

from newsroom.benchmarks import report, search

# The curated stories and a few of the volume.
TINY = 70


@pytest.mark.django_db
def test_benchmark_of_a_tiny_paper_has_all_its_rows_and_leaves_nothing_behind(tmp_path, monkeypatch):
    out, file = io.StringIO(), tmp_path / "told" / "bench.json"
    (tmp_path / "used").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "used"))
    monkeypatch.setattr("tempfile.tempdir", None)
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**connection.settings_dict)
    options = {
        "sizes": [TINY],
        "parts": ["site"],
        "runs": 1,
        "engines": [connection.vendor],
        "server": server,
        "json": file,
    }

    call_command("bench", stdout=out, **options)

    rows = json.loads(file.read_text())["rows"]
    tables = report.by_table(rows)
    assert list(tables) == ["Constant view", "Search", "Index of search"]
    assert {row["stories"] for row in rows} == {TINY}
    assert [(row["query"], row["marks"], row["order"]) for row in tables["Search"] if row["page"] == 1] == [
        (query, marks, order) for query in search.QUERIES for marks in ("with", "without") for order in search.ORDERS
    ]
    assert all(f"### {title}\n" in out.getvalue() for title in tables)
    assert out.getvalue().count("\n| ") == len(rows) + len(tables)
    assert list((tmp_path / "used").iterdir()) == []
    assert databases() == []


def databases() -> list[str]:
    """Those of a benchmark that this process started, on the server of these tests."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname = %s", [f"newsroom_bench_{os.getpid()}"])
        return [name for (name,) in cursor.fetchall()]
