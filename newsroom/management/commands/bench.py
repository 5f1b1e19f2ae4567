import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.benchmarks import aims, report, servers
from newsroom.benchmarks.once import ONCE

SIZES = [1000, 20_000, 200_000]
RUNS = 15
# Of each steady run; a page that takes a quarter of a millisecond is asked for some thousands of times in them.
SECONDS = 2.0
PARTS = ["once", "search", "reading"]
SERVER = "postgres://postgres@127.0.0.1:5432"
# A database of its own; the keys have names of their own besides.
REDIS = "redis://127.0.0.1:6379/14"
# As newsroom/benchmarks/__main__.py says that no server answers.
NOT_THERE = 3


class Command(BaseCommand):
    help = "Measures what costs how much, on databases that are made for it and dropped; prints tables, writes JSON."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many stories the paper has")
        parser.add_argument(
            "--parts", nargs="+", default=PARTS, choices=PARTS, help="what needs no site, search, and reading"
        )
        parser.add_argument("--runs", type=int, default=RUNS, help="of how many runs the median is taken")
        parser.add_argument("--seconds", type=float, default=SECONDS, help="how long a steady run of reading takes")
        parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
        parser.add_argument("--server", default=SERVER, help="the PostgreSQL server, as a URL without a database")
        parser.add_argument("--redis", default=REDIS, help="the Redis that stands beside PostgreSQL; '' for none")
        parser.add_argument("--nginx", default=shutil.which("nginx") or "", help="the program; '' for none")
        parser.add_argument("--wrk", default=shutil.which("wrk") or "", help="the program; '' for readers of our own")
        parser.add_argument("--page", type=Path, help="a page of the docs whose tables are replaced by these")
        parser.add_argument("--json", type=Path, default=settings.VAR_DIR / "bench" / "bench.json")

    def handle(self, *, parts, engines, json, page, **asked):
        about = report.machine()
        if asked["redis"] and not servers.answering(asked["redis"]):
            self.stderr.write(f"No Redis at {asked['redis']}: pages are kept in the memory of the processes.")
            asked["redis"] = ""
        once = ONCE if "once" in parts else ()
        rows = [{"part": part.TITLE, **row} for part in once for row in part.measure()]
        parts = [part for part in parts if part != "once"]
        for engine in engines if parts else ():
            rows += self._site(engine, parts, asked)
            # After each, since the next may take an hour and break off.
            report.write(json, [*rows, *aims.rows(rows)], machine=about, runs=asked["runs"])
        rows += aims.rows(rows)
        how = f"{about}; medians of {asked['runs']} runs; ms are CPU time."
        self.stdout.write(report.markdown(rows, how))
        if page:
            report.put_into(page, rows, how)

    def _site(self, engine: str, parts: list[str], asked: dict) -> list[dict]:
        """The rows of one engine, from a process with a database, media and files of its own."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            # nginx reads below it as a user of its own.
            folder.chmod(0o755)
            file = folder / "rows.json"
            command = [sys.executable, "-W", "ignore::UserWarning", "-m", "newsroom.benchmarks", str(file)]
            command += [*map(str, asked["sizes"]), "--parts", *parts, "--runs", str(asked["runs"])]
            command += ["--seconds", str(asked["seconds"]), "--wrk", asked["wrk"]]
            # The small house has one machine and nothing beside it.
            command += ["--nginx", asked["nginx"] if engine == "postgresql" else ""]
            own = os.environ | _places(engine, folder, asked)
            done = subprocess.run(command, env=own, cwd=settings.BASE_DIR, check=False)  # noqa: S603
            if done.returncode == NOT_THERE:
                self.stderr.write(f"{engine}: not measured, no server answers at {asked['server']}.")
                return []
            if done.returncode:
                raise CommandError(f"{engine}: the measurement broke off.")
            return json.loads(file.read_text())


def _places(engine: str, folder: Path, asked: dict) -> dict[str, str]:
    """Where the measured site keeps what it has, as environment."""
    name = f"newsroom_bench_{os.getpid()}"
    database = f"sqlite:///{folder}/{name}.sqlite3" if engine == "sqlite" else f"{asked['server']}/{name}"
    (folder / "files").mkdir()
    return {
        "DJANGO_SETTINGS_MODULE": "newsroom.benchmark_settings",
        "DATABASE_URL": database,
        "MEDIA_ROOT": f"{folder}/media",
        "MEDIA_STORAGE_URL": "",
        "CACHE_URL": "locmemcache://",
        "BENCH_FILES": f"{folder}/files",
        "BENCH_REDIS": asked["redis"] if engine == "postgresql" else "",
    }
