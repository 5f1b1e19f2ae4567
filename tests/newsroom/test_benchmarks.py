"""The benchmark measures what it says, tells it twice, and leaves nothing behind."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.db import connection

from newsroom.benchmarks import aims, report, search

# The curated stories and a few of the volume.
TINY = 70
# Of a table's columns those that hold times: nothing is asked of them but that they are there.
PAGES_MADE = {"front", "section, page 1", "section, page 200", "article", "search, common", "search, rare number"}
PAGES_KEPT = {"front, from the cache", "section, page 1, from the cache", "article, from the cache"}


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """Runs the command on the engine of these tests, without wrk, nginx and Redis; gives rows by table and the text."""
    (tmp_path / "used").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "used"))
    monkeypatch.setattr("tempfile.tempdir", None)
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**connection.settings_dict)
    without = {"wrk": "", "nginx": "", "redis": ""}
    places = {"engines": [connection.vendor], "server": server, "json": tmp_path / "told" / "bench.json"}

    def run(*parts: str, **options) -> tuple[dict[str, list[dict]], str]:
        out = io.StringIO()
        call_command(
            "bench", stdout=out, parts=list(parts), sizes=[TINY], runs=1, seconds=0.05, **places, **without, **options
        )
        assert list((tmp_path / "used").iterdir()) == []
        assert databases() == []
        return report.by_table(json.loads(places["json"].read_text())["rows"]), out.getvalue()

    return run


@pytest.mark.django_db
def test_benchmark_of_search_has_all_its_rows_and_leaves_nothing_behind(bench):
    tables, said = bench("search")

    assert list(tables) == ["Volume", "Constant view", "Search", "Index of search"]
    assert {row["stories"] for table in tables.values() for row in table} == {TINY}
    assert [(row["query"], row["marks"], row["order"]) for row in tables["Search"] if row["page"] == 1] == [
        (query, marks, order) for query in search.QUERIES for marks in ("with", "without") for order in search.ORDERS
    ]
    assert all(f"### {title}\n" in said for title in tables)
    assert said.count("\n| ") == sum(len(table) + 1 for table in tables.values())


@pytest.mark.django_db
def test_benchmark_of_reading_asks_a_running_site_and_leaves_nothing_behind(bench, tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"# Costs\n\n{report.TABLES}\n### Pictures\n\nOld.\n\n### Weight\n\nOlder.\n")

    tables, _said = bench("reading", page=page)

    assert list(tables) == ["Volume", "Reading", "Weight", "Aims of reading"]
    made = {row["page"] for row in tables["Reading"] if row["kept"] == "nothing"}
    assert made == PAGES_MADE | {"constant view"}
    assert {row["page"] for row in tables["Reading"] if row["kept"] == "pages"} >= PAGES_KEPT
    # A site that fails is quick.
    assert {row["failed"] for row in tables["Reading"]} == {0}
    assert all(row["web ms"] > 0 and row["constant ms"] > 0 for row in tables["Reading"])
    assert {row["unit"] for row in tables["Weight"]} == {"MB", "bytes"}
    # Tables of other parts stay on the page, those of this one take the place of older ones.
    assert page.read_text().count("### Pictures\n\nOld.\n") == 1
    assert "Older." not in page.read_text()
    assert page.read_text().count("### Reading\n") == 1


def row(stories: int, page: str, ratio: float, **more) -> dict:
    about = {"part": "Reading", "servers": "SQLite", "stories": stories, "kept": "pages", "page": page}
    return about | {"ratio": ratio, "ratio of all": ratio, "a second": 1, "median ms": 1.0, "longest ms": 1.0} | more


def test_aims_tell_at_each_size_what_was_measured_and_by_how_much_one_is_missed():
    measured = [row(1000, "comment sent", 12), row(20_000, "comment sent", 30)]

    found = [told for told in aims.rows(measured) if told["aim"] == "comment sent"]

    assert [(told["at 1,000"], told["at 20,000"], told["limit"], told[""]) for told in found] == [
        (12, 30, "≤ 20", "missed: 1.5 × the limit")
    ]


def test_aim_that_is_to_be_reached_is_missed_from_below():
    busy = "front, section, stories, a publication each second"
    measured = [
        row(1000, "article, behind nginx", 1, **{"a second": 950}),
        row(1000, "article as a file, from nginx", 1, **{"a second": 1000}),
        row(1000, busy, 1, **{"median ms": 2.0, "longest ms": 19.0}),
    ]

    told = {found["aim"]: (found["at 1,000"], found[""]) for found in aims.rows(measured)}

    assert told == {
        "article behind nginx, answers a second by those of the same page as a file": (0.95, "met"),
        "a publication each second: longest by median": (9.5, "met"),
    }


def test_growth_compares_the_largest_archive_with_twenty_thousand():
    measured = [row(size, "front, from the cache", ratio) for size, ratio in ((1000, 9), (20_000, 2), (10**6, 3))]
    # Nothing that nginx answers by itself can grow.
    measured += [row(size, "front, behind nginx", 0) for size in (20_000, 10**6)]

    [found] = [told for told in aims.rows(measured) if told["part"] == aims.GROWTH]

    assert (found["at 20,000"], found["at 1,000,000"], found["times"], found[""]) == (2, 3, 1.5, "missed, ≤ 1.3")


def databases() -> list[str]:
    """Those of a benchmark that this process started, on the server of these tests."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname = %s", [f"newsroom_bench_{os.getpid()}"])
        return [name for (name,) in cursor.fetchall()]
