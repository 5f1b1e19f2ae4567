"""The index and the order of answers. What a reader may see is never indexed: the caller's stories are narrowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from django.db import connection
from django.db.models import QuerySet

from ..models import Article
from . import postgres, sqlite
from .documents import Document, document_of
from .questions import Question, Sought, read

# So many answers are ranked and counted. Nobody reads on beyond fifty pages, and counting all would walk the archive.
CAP = 1000
# Up to so many matches are fetched and sorted by themselves; with more, walking the newest stories is quicker.
SPARSE = 2 * CAP

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


@dataclass(frozen=True)
class Hit:
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
    engine().index([document_of(article)])


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
    found = engine().ids(degrees[-1], SPARSE + 1)
    draw = _drawn_by_walking if len(found) > SPARSE else _drawn_from(found)
    drawn: dict[Hit, int] = {}
    for number, rows in enumerate(draw(degrees, articles)):
        for row in rows:
            drawn.setdefault(Hit(*row), number)
        if len(drawn) > CAP:
            break
    hits = list(drawn)[:CAP]
    place = _places({hit.pk: degrees[drawn[hit]] for hit in hits})
    return Answer(sorted(hits, key=lambda hit: (drawn[hit], place[hit.pk])), len(drawn) > CAP)


def newest(articles: QuerySet) -> Answer:
    """The first stories by date, as an answer to filters without words or to a wish for the newest."""
    hits = [Hit(*row) for row in _columns(articles.newest_first())[: CAP + 1]]
    return Answer(hits[:CAP], len(hits) > CAP)


def _drawn_from(found: list[int]):
    """Draws for few matches: one look at the stories, then each degree picks its own among them."""

    def draw(degrees: list[Sought], articles: QuerySet) -> Iterator[list[tuple]]:
        rows = list(_columns(articles.filter(pk__in=found).order_by())) if found else []
        rows.sort(key=lambda row: (row[2], row[0]), reverse=True)
        for sought in degrees[:-1] if rows else []:
            held = set(engine().ids(sought, SPARSE))
            yield [row for row in rows if row[0] in held]
        yield rows

    return draw


def _drawn_by_walking(degrees: list[Sought], articles: QuerySet) -> Iterator[list[tuple]]:
    """Draws for many matches: each degree walks the stories, newest first, until it has enough."""
    for sought in degrees:
        yield list(_columns(articles.filter(engine().held(sought)).newest_first())[: CAP + 1])


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
