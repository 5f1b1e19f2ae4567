"""The pages for when nothing else works: written to files, so that they need neither database nor template."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from .models import Publication

# What the application says when it fails, and what the server before it says: too large, too often, nobody there.
NAMES = ("413.html", "429.html", "500.html", "503.html")


def write_error_pages() -> None:
    """Writes the pages with the masthead and the legal lines of the current publication.

    To be called whenever the publication is saved; web servers may serve the files of ERROR_PAGES_ROOT directly.
    """
    root = Path(settings.ERROR_PAGES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    publication = Publication.objects.current()
    for name in NAMES:
        page = render_to_string(name, {"publication": publication})
        beside = root / f"{name}.new"
        beside.write_text(page)
        beside.replace(root / name)
