"""The index and the order of answers. What a reader may see is never indexed: the caller's stories are narrowed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import starmap
from operator import attrgetter
from types import ModuleType
from typing import NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, Exists, Func, Max, Min, OuterRef, Q, QuerySet, Value

from ..models import Article, ListEdition, Listing
from . import postgres, sqlite
from .documents import Document, documents_of
from .questions import Question, Sought, read

# So many answers are ranked and counted. Nobody reads on beyond fifty pages, and counting all would walk the archive.
CAP = 1000
# Up to so many matches are fetched and sorted by themselves; with more, walking the newest stories is quicker.
SPARSE = CAP
# So many of the newest stories are looked through for a common word, and if they hold too few answers so many times as
# many: a word of every tenth story is answered from the first stretch, however long the archive is.
STRETCH, WIDER = 10 * CAP, 4
# So many stories at the top of a list are looked at before all that was published: enough if nothing else narrows.
WALKED = CAP + CAP // 10

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


class Hit(NamedTuple):
    """A story that answers a question, with what ranks it and what the counts beside the results need.

    `moment` is published_at in microseconds since 1970, `degree` the number of the best of Question.degrees that the
    story fits, `place` where it does: 0 title, 1 lead, 2 neither alone.
    """

    pk: int
    section_id: int
    moment: int
    degree: int = 0
    place: int = 0


class Stretch(NamedTuple):
    """The newest of all published stories: since when they are, and between which ids."""

    since: datetime
    first: int
    last: int


class Moment(Func):
    """A date in microseconds since 1970. Thousands of numbers are read while hundreds of dates would be."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        # Whole seconds, then the fraction that stands behind the dot, if any: as numbers both are exact.
        template = "strftime('%%%%s', substr(%(expressions)s, 1, 19)) * 1000000 + substr(%(expressions)s, 21)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Answer:
    """Hits in their order, at most CAP; whether there are more."""

    hits: list[Hit]
    is_more: bool = False


def engine() -> ModuleType:
    """That of the database in use: READS_BETWEEN_IDS, index, in_bulk, remove_strangers, ids, Held, Place, Numbers."""
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
    return articles.filter(engine().Held(sought)) if len(found) > SPARSE else among(found, articles)


def among(pks: list[int], articles: QuerySet) -> QuerySet:
    """Those of `articles` that have these ids.

    Each is looked up by its id: SQLite, which keeps no statistics, would rather walk through all that is published.
    """
    return Article.objects.filter(Exists(articles.filter(pk=OuterRef("pk"))), pk__in=engine().Numbers(pks))


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
    hits: list[Hit] = []
    stretch_of = cache(_stretch)  # Each is measured once for a question.
    for degree, sought in enumerate(question.degrees):
        known = {hit.pk for hit in hits}
        new = [hit for hit in _newest_holding(sought, degree, articles, stretch_of) if hit.pk not in known]
        room = CAP - len(hits)
        # Sorting keeps the order of equals, newest first.
        hits += sorted(new[:room], key=attrgetter("place"))
        if len(new) > room:
            return Answer(hits, is_more=True)
    return Answer(hits)


def newest(articles: QuerySet, along: Iterable[tuple[str, int]] = ()) -> Answer:
    """The first stories by date, as an answer to filters without words or to a wish for the newest.

    `along`: lists (ListKind, id) that all of the stories stand in.
    """
    hits = _newest_along(articles, along)
    if hits is None:
        hits = _hits(articles.newest_first()[: CAP + 1])
    return Answer(hits[:CAP], len(hits) > CAP)


def _newest_along(articles: QuerySet, lists: Iterable[tuple[str, int]]) -> list[Hit] | None:
    """The stories at the top of the shortest list, newest first: all there are of it, or more than CAP; else None.

    On the way through all that was published, a story of a rare tag would be one among thousands.
    """
    known = Q(pk__in=[])
    for kind, key in lists:
        known |= Q(kind=kind, key=key)
    shortest = ListEdition.objects.filter(known).order_by("places").first()
    if not shortest:
        return None
    places = Listing.objects.filter(kind=shortest.kind, key=shortest.key).order_by("-published_at", "-article_id")
    found = list(places.values_list("article_id", flat=True)[:WALKED])
    hits = sorted(_hits(among(found, articles).order_by()), key=lambda hit: (-hit.moment, -hit.pk))
    return hits if len(found) < WALKED or len(hits) > CAP else None


def _stretch(length: int) -> Stretch | None:
    """So many of the newest stories; None if there are no older ones."""
    newest = Article.objects.published().newest_first()[: length + 1]
    found = newest.aggregate(Count("pk"), Min("published_at"), Min("pk"), Max("pk"))
    return Stretch(*list(found.values())[1:]) if found["pk__count"] > length else None


def _newest_holding(sought: Sought, degree: int, articles: QuerySet, stretch_of: Callable) -> list[Hit]:
    """The stories that hold what is sought, newest first, at most one beyond CAP."""
    found = engine().ids(sought, SPARSE + 1)
    if not found:
        return []
    ranking = Value(degree), engine().Place(sought)
    if len(found) > SPARSE:
        return _newest_of_many(sought, articles, stretch_of, *ranking)
    hits = _hits(among(found, articles).order_by(), *ranking)
    return sorted(hits, key=lambda hit: (-hit.moment, -hit.pk))


def _newest_of_many(sought: Sought, articles: QuerySet, stretch_of: Callable, *ranking) -> list[Hit]:
    """The same where thousands hold what is sought: an engine reads all of them that lie between two ids."""
    length = STRETCH
    while engine().READS_BETWEEN_IDS and (stretch := stretch_of(length)):
        held = engine().Held(sought, stretch.first, stretch.last)
        hits = _hits(articles.filter(held, published_at__gte=stretch.since).newest_first()[: CAP + 1], *ranking)
        if len(hits) > CAP:
            return hits
        if len(hits) * WIDER <= CAP:
            break  # The next one would not have enough of them, either.
        length *= WIDER
    return _hits(articles.filter(engine().Held(sought)).newest_first()[: CAP + 1], *ranking)


def _hits(articles: QuerySet, *ranking) -> list[Hit]:
    return list(starmap(Hit, articles.values_list("pk", "section_id", Moment("published_at"), *ranking)))
