import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.benchmarks import report
from newsroom.benchmarks.once import ONCE

SIZES = [1000, 20_000, 100_000]
RUNS = 15
PARTS = ["once", "site"]
SERVER = "postgres://postgres@127.0.0.1:5432"
# As newsroom/benchmarks/__main__.py says that no server answers.
NOT_THERE = 3


class Command(BaseCommand):
    help = "Measures what costs how much, on databases that are made for it and dropped; prints tables, writes JSON."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many stories the paper has")
        parser.add_argument(
            "--parts", nargs="+", default=PARTS, choices=PARTS, help="what needs no site, and what does"
        )
        parser.add_argument("--runs", type=int, default=RUNS, help="of how many runs the median is taken")
        parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
        parser.add_argument("--server", default=SERVER, help="the PostgreSQL server, as a URL without a database")
        parser.add_argument("--page", type=Path, help="a page of the docs whose tables are replaced by these")
        parser.add_argument("--json", type=Path, default=settings.VAR_DIR / "bench" / "bench.json")

    def handle(self, *, sizes, parts, runs, engines, server, json, page, **options):
        about = report.machine()
        once = ONCE if "once" in parts else ()
        rows = [{"part": part.TITLE, **row} for part in once for row in part.measure()]
        for engine in engines if "site" in parts else ():
            rows += self._site(engine, sizes, runs, server)
            # After each, since the next may take an hour and break off.
            report.write(json, rows, machine=about, runs=runs)
        told = f"{about}; medians of {runs} runs; ms are CPU time.\n\n{report.markdown(rows)}\n"
        self.stdout.write(told)
        if page:
            report.put_into(page, told)

    def _site(self, engine: str, sizes: list[int], runs: int, server: str) -> list[dict]:
        """The rows of one engine, from a process with a database and media of its own."""
        with TemporaryDirectory() as folder:
            name = f"newsroom_bench_{os.getpid()}"
            url = f"sqlite:///{folder}/{name}.sqlite3" if engine == "sqlite" else f"{server}/{name}"
            places = {"DATABASE_URL": url, "MEDIA_ROOT": f"{folder}/media", "CACHE_URL": "locmemcache://"}
            file = Path(folder) / "rows.json"
            command = [sys.executable, "-W", "ignore::UserWarning", "-m", "newsroom.benchmarks", str(file)]
            command += ["--runs", str(runs), *map(str, sizes)]
            done = subprocess.run(command, env=os.environ | places, cwd=settings.BASE_DIR, check=False)  # noqa: S603
            if done.returncode == NOT_THERE:
                self.stderr.write(f"{engine}: not measured, no server answers at {server}.")
                return []
            if done.returncode:
                raise CommandError(f"{engine}: the measurement broke off.")
            return json.loads(file.read_text())
