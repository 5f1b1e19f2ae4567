from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import grouped
from articles.text import one_line
from newsroom.importing import Outcome, Result, import_files
from newsroom.progress import bar


class Command(BaseCommand):
    help = "Takes source pages (JSON files, or folders of them) into the archive. Exit status 1 if any of them failed."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="a JSON file, or a folder of them")

    def handle(self, *args, paths, **options):
        files = _files(paths)
        results = list(import_files(bar(_("Source pages"))(files)))
        for result in results:
            self._report(result, options["verbosity"])
        counted = Counter(result.outcome for result in results)
        self.stdout.write(", ".join(f"{outcome.label}: {grouped(counted[outcome])}" for outcome in Outcome))
        if not files:
            raise CommandError(_("There is no JSON file in what was named."))
        if counted[Outcome.FAILED]:
            number = counted[Outcome.FAILED]
            sentence = ngettext(
                "%(number)s file could not be taken in.", "%(number)s files could not be taken in.", number
            )
            raise CommandError(sentence % {"number": grouped(number)})

    def _report(self, result: Result, verbosity: int) -> None:
        """Files that failed go to the error stream; quiet successes are named only when asked for (-v 2)."""
        if not result.notes and verbosity < 2:
            return
        is_bad = result.outcome == Outcome.FAILED
        out, paint = (self.stderr, self.style.ERROR) if is_bad else (self.stdout, self.style.WARNING)
        notes = one_line(" ".join(result.notes))
        out.write(paint(f"{result.path} [{result.outcome.label}] {notes}".rstrip()))


def _files(paths: list[Path]) -> list[Path]:
    """The named files, and every JSON file in the named folders and below, each once, in the order of their names."""
    found = []
    for path in paths:
        # A pipe in a folder would be waited for without end; one that is named on purpose is read.
        found += sorted(p for p in path.rglob("*.json") if not p.is_fifo()) if path.is_dir() else [path]
    return list(dict.fromkeys(found))
