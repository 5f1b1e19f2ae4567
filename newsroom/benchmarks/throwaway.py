"""A paper that lives as long as a measurement, in the database of `DATABASE_URL`, which must not be there yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError

from articles.edition import bump
from articles.models import Article
from newsroom.demo import layout, stories, texts, volume, world
from newsroom.progress import bar

from . import timing
from .paper import make_chief

TITLE = "Volume"

# Engine -> stories of the volume whose words search knows, the newest. PostgreSQL's index takes two milliseconds of the
# server's work for each, half an hour for a million, however it is built; SQLite has all of them.
INDEXED = {"postgresql": 100_000}
# Drawing takes long, and no figure depends on what a picture shows.
DRAWN = 2


class Unreachable(Exception):
    """There is no server to make a database on."""


@contextmanager
def database() -> Iterator[None]:
    """The database with its tables and a paper of few stories; gone afterwards, whatever happened."""
    _create()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        _found_paper()
        yield
    finally:
        _drop()


def grow(stories_wanted: int) -> dict:
    """Brings the paper up to so many stories, those of the desk among them. Returns what that took, in seconds."""
    others = Article.objects.exclude(source=volume.SOURCE).count()
    missing = stories_wanted - Article.objects.count()
    watch, indexed = bar(f"{stories_wanted} stories"), INDEXED.get(connection.vendor)
    taken = timing.once(lambda: volume.fill_up(stories_wanted - others, watch, indexed))
    _settle()
    seconds = {"seconds": round(taken.clock / 1000, 1), "CPU seconds of this process": round(taken.work / 1000, 1)}
    found = min(stories_wanted, indexed or stories_wanted)
    return {"new stories": missing, **seconds, "found by search": found}


def _settle() -> None:
    """What the database's own housekeeping does within some minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _found_paper() -> None:
    """The demo paper with few pictures."""
    data = texts.read("world.json")
    style = world.make_paper(data).styles.get(is_current=True)
    sections, staff = world.make_sections(data), world.make_staff()
    world.make_authors(data)
    drawn = world.make_pictures({"pictures": data["pictures"][:DRAWN]}, iter)
    pictures = dict(zip((row["name"] for row in data["pictures"]), cycle(drawn.values()), strict=False))
    series = world.make_series(data, pictures)
    teller = stories.Storyteller(style=style, sections=sections, series=series, pictures=pictures, staff=staff)
    for story in stories.all_stories():
        teller.tell(story)
    layout.make_blocks(sections)
    make_chief()
    bump()


def _create() -> None:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        if Path(name).exists():
            raise FileExistsError(name)
        return
    try:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    except OperationalError as error:
        raise Unreachable(str(error).strip()) from error


def _drop() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")
