"""The index and the order of answers. What a reader may see is never indexed: the caller's stories are narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from ..models import Article
from . import postgres, sqlite
from .documents import Document, documents_of
from .questions import Question, Sought, read

# So many answers are ranked and counted. Nobody reads on beyond fifty pages, and counting all would walk the archive.
CAP = 1000
# Up to so many matches are fetched and sorted by themselves; with more, walking the newest stories is quicker.
SPARSE = CAP

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


class Hit(NamedTuple):
    """A story that answers a question, with what the counts beside the results need."""

    pk: int
    section_id: int
    published_at: datetime


@dataclass(frozen=True)
class Answer:
    """Hits in their order, at most CAP; whether there are more."""

    hits: list[Hit]
    is_more: bool = False


def engine() -> ModuleType:
    """The engine of the database in use: index, ids, held, heads, remove_strangers."""
    return _ENGINES[connection.vendor]


def index_story(article: Article) -> None:
    """Writes a saved story's words; in the caller's transaction, so that text and index never differ."""
    engine().index(documents_of([article]))


def index_documents(documents: Iterable[Document]) -> None:
    """Writes many documents at once."""
    engine().index(documents)


def narrowed(question: Question, articles: QuerySet) -> QuerySet:
    """Those of `articles` that hold every term of the question; none for an empty one."""
    if not question:
        return articles.none()
    sought = question.degrees[-1]
    found = engine().ids(sought, SPARSE + 1)
    return articles.filter(engine().held(sought)) if len(found) > SPARSE else articles.filter(pk__in=found)


def find(query: str, articles: QuerySet) -> QuerySet:
    """Those of `articles` that answer a query; none for a query without any letter or digit."""
    return narrowed(read(query), articles)


def best(question: Question, articles: QuerySet) -> Answer:
    """The answers by how well they fit (Question.degrees), then title over lead over the rest, then newer, then id.

    Exact for up to CAP answers. With more, the better degrees come first and within the last of them that has room
    the newest: an older story whose title alone would lift it is not looked for among thousands.
    """
    if not question:
        return Answer([])
    degrees = question.degrees
    hits: dict[int, Hit] = {}
    degree: dict[int, int] = {}
    for number, sought in enumerate(degrees):
        for hit in _newest_holding(sought, articles):
            if hit.pk not in hits:
                hits[hit.pk], degree[hit.pk] = hit, number
        if len(hits) > CAP:
            break
    shown = list(hits)[:CAP]
    place = _places({pk: degrees[degree[pk]] for pk in shown})
    # Each degree was drawn newest first, and sorting keeps the order of equals.
    shown.sort(key=lambda pk: (degree[pk], place[pk]))
    return Answer([hits[pk] for pk in shown], len(hits) > CAP)


def newest(articles: QuerySet) -> Answer:
    """The first stories by date, as an answer to filters without words or to a wish for the newest."""
    hits = [Hit(*row) for row in _columns(articles.newest_first())[: CAP + 1]]
    return Answer(hits[:CAP], len(hits) > CAP)


def _newest_holding(sought: Sought, articles: QuerySet) -> list[Hit]:
    """The stories that hold what is sought, newest first, at most one beyond CAP."""
    found = engine().ids(sought, SPARSE + 1)
    if not found:
        return []
    if len(found) > SPARSE:
        return [Hit(*row) for row in _columns(articles.filter(engine().held(sought)).newest_first())[: CAP + 1]]
    hits = [Hit(*row) for row in _columns(articles.filter(pk__in=found).order_by())]
    return sorted(hits, key=lambda hit: (hit.published_at, hit.pk), reverse=True)


def _columns(articles: QuerySet) -> QuerySet:
    return articles.values_list("pk", "section_id", "published_at")


def _places(degree_of: dict[int, Sought]) -> dict[int, int]:
    """story -> 0 where its title alone holds what is sought in the degree of the story, 1 its lead, 2 neither."""
    places = dict.fromkeys(degree_of, 2)
    for pk, title, title_marks, lead, lead_marks in engine().heads(list(places)):
        sought = degree_of[pk]
        texts = (title_marks, lead_marks) if sought.with_marks else (title, lead)
        needles = [f" {' '.join(row)} " for row in sought.rows]
        places[pk] = next((n for n, text in enumerate(texts) if all(needle in text for needle in needles)), 2)
    return places
