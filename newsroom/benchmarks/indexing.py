"""The index of search: made from nothing, made again over itself, and one story as an editor saves it."""

from collections.abc import Callable
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from articles.models import Article
from articles.search import engine, index_story

from . import timing

TITLE = "Index of search"


def measure(client: Client, constant: timing.Time, runs: int, watch: Callable = iter) -> list[dict]:
    """A row for each act."""
    number = Article.objects.count()
    acts = {"whole index, from nothing": _rebuild, "whole index, nothing changed": _rebuild}
    with connection.schema_editor() as editor:
        editor.execute(engine().DROP)
        editor.execute(engine().CREATE)
    rows = [_row(name, number, timing.once(act)) for name, act in watch(list(acts.items()))]
    saved = iter(Article.objects.newest_first()[: timing.WARM_UP + runs])
    return [*rows, _row("one story saved", 1, timing.usual(lambda: _save(next(saved)), runs))]


def _rebuild() -> None:
    call_command("rebuild_search", stdout=StringIO())


@transaction.atomic
def _save(article: Article) -> None:
    article.lead += " Tin mới."
    article.save(update_fields=["lead"])
    index_story(article)


def _row(act: str, number: int, time: timing.Time) -> dict:
    return {
        "act": act,
        "indexed": number,
        "ms": round(time.cpu, 1),
        "of it database ms": round(time.database, 1),
        "clock ms": round(time.clock, 1),
        "ms a story": round(time.cpu / number, 2),
    }
