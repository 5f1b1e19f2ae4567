"""A paper that lives as long as a measurement, in the database of `DATABASE_URL`, which must not be there yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError

from articles.models import Article
from newsroom.demo import stories, volume, world
from newsroom.progress import bar

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


def grow(stories_wanted: int) -> None:
    """Brings the paper up to so many stories, the curated ones among them."""
    curated = Article.objects.exclude(source=volume.SOURCE).count()
    volume.fill_up(stories_wanted - curated, bar(f"{stories_wanted} stories"))
    if connection.vendor == "postgresql":
        # As its own housekeeping does, within some minutes.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _found_paper() -> None:
    """The demo paper with few pictures."""
    data = world.read("world.json")
    style = world.make_paper(data).styles.get(is_current=True)
    sections, staff = world.make_sections(data), world.make_staff()
    world.make_authors(data)
    drawn = world.make_pictures({"pictures": data["pictures"][:DRAWN]}, iter)
    pictures = dict(zip((row["name"] for row in data["pictures"]), cycle(drawn.values()), strict=False))
    series = world.make_series(data, pictures)
    teller = stories.Storyteller(style=style, sections=sections, series=series, pictures=pictures, staff=staff)
    for story in stories.all_stories():
        teller.tell(story)


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
