"""One engine: `python -m newsroom.benchmarks FILE --runs N SIZE…` with DATABASE_URL and MEDIA_ROOT of its own.

Writes the rows into FILE as JSON. Ends with NOT_THERE where no server answers.
"""

import argparse
import json
import sys
from pathlib import Path

from django.db import connection
from django.test import Client, override_settings

from newsroom.benchmarks import indexing, search, throwaway, timing, urls
from newsroom.progress import bar

# Parts of a site, measured at every size.
PARTS = (search, indexing)
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
NOT_THERE = 3


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--runs", type=int, required=True)
    asked = parser.parse_args()
    try:
        with throwaway.database(), override_settings(ROOT_URLCONF=urls.__name__):
            rows = [row for size in sorted(asked.sizes) for row in _measured(size, asked.runs)]
    except throwaway.Unreachable as error:
        print(error, file=sys.stderr)
        return NOT_THERE
    asked.file.write_text(json.dumps(rows))
    return 0


def _measured(size: int, runs: int) -> list[dict]:
    throwaway.grow(size)
    client, engine = Client(HTTP_HOST="127.0.0.1"), ENGINES[connection.vendor]
    # Many runs: it takes a fraction of a millisecond, and every ratio stands on it.
    constant = timing.usual(lambda: client.get(urls.CONSTANT), 20 * runs)
    about = {"engine": engine, "stories": size}
    told = {"part": "Constant view", **about, "ms": round(constant.cpu, 3), "clock ms": round(constant.clock, 3)}
    rows = [told]
    for part in PARTS:
        watch = bar(f"{engine}, {size}: {part.TITLE}")
        rows += [{"part": part.TITLE, **about, **row} for row in part.measure(client, constant, runs, watch)]
    return rows


if __name__ == "__main__":
    sys.exit(main())
