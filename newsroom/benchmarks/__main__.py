"""One engine: `python -m newsroom.benchmarks FILE SIZE…` with DATABASE_URL, MEDIA_ROOT and BENCH_FILES of its own.

Writes the rows into FILE as JSON. Ends with NOT_THERE where no server answers.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client

from newsroom.benchmarks import indexing, reading, search, servers, throwaway, timing, urls
from newsroom.benchmarks.gauge import Tools
from newsroom.progress import bar

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# Parts of a site that are measured in this process.
PARTS = (search, indexing)
NOT_THERE = 3
# Larger archives are not indexed twice for the table of indexing: PostgreSQL takes eight milliseconds for a story.
SEARCH_MOST = 100_000


def main() -> int:
    asked = _arguments()
    try:
        with throwaway.database():
            rows = [row for size in sorted(asked.sizes) for row in _measured(size, asked)]
    except throwaway.Unreachable as error:
        print(error, file=sys.stderr)
        return NOT_THERE
    finally:
        servers.forget_caches()
    asked.file.write_text(json.dumps(rows))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--parts", nargs="+", choices=["search", "reading"], required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--wrk", default="")
    parser.add_argument("--nginx", default="")
    return parser.parse_args()


def _measured(size: int, asked: argparse.Namespace) -> Iterator[dict]:
    taken = throwaway.grow(size)
    engine = ENGINES[connection.vendor]
    yield {"part": throwaway.TITLE, "engine": engine, "stories": size, **taken}
    if "search" in asked.parts and size <= SEARCH_MOST:
        yield from _searched(size, asked.runs, engine)
    if "reading" in asked.parts:
        tools = Tools(Path(settings.BENCH_FILES), asked.seconds, asked.runs, asked.wrk, asked.nginx)
        watch = bar(f"{engine}, {size}: {reading.TITLE}")
        yield from reading.measure(tools, {"servers": _servers(tools), "stories": size}, watch)


def _searched(size: int, runs: int, engine: str) -> Iterator[dict]:
    client, about = Client(HTTP_HOST="127.0.0.1"), {"engine": engine, "stories": size}
    # Many runs: it takes a fraction of a millisecond, and every ratio stands on it.
    constant = timing.usual(lambda: client.get(urls.CONSTANT), 20 * runs)
    yield {"part": "Constant view", **about, "ms": round(constant.cpu, 3), "clock ms": round(constant.clock, 3)}
    for part in PARTS:
        watch = bar(f"{engine}, {size}: {part.TITLE}")
        yield from ({"part": part.TITLE, **about, **row} for row in part.measure(client, constant, runs, watch))


def _servers(tools: Tools) -> str:
    """What the pages come from, in one phrase of a table."""
    redis = "Redis" if settings.BENCH_REDIS else ""
    return " + ".join(filter(None, [ENGINES[connection.vendor], redis, tools.nginx and "nginx"]))


if __name__ == "__main__":
    sys.exit(main())
