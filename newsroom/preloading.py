"""What every process of a server would load with its first pages, loaded once before the server divides."""

from django.conf import settings
from django.template.loader import get_template
from django.urls import resolve

from articles.counting import counter

from .release import release


def preload() -> None:
    """Loads addresses and templates; asks no server.

    The mark of the release is then that of the loaded code, whatever lies on the disk when a process is replaced.
    Whatever serves the site writes the readings that it counts, and the last of them when it is told to stop.
    """
    release()
    resolve("/")
    ours = settings.BASE_DIR / "templates"
    for path in sorted(ours.rglob("*.html")):
        get_template(str(path.relative_to(ours)))
    counter.write_by_itself()
