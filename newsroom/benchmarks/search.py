"""Search: rare, common and omnipresent words, with and without marks, by fitness and by date, first and tenth page."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.test import Client

from articles.filters import ArticleFilter
from articles.models import Article
from articles.results import results_of
from articles.search import CAP, Answer, best, narrowed, newest, read
from articles.text import fold
from newsroom.demo import facts

from . import timing

TITLE = "Search"
TENTH = 10
# Stories of the volume that each size has, so that a rare query has as many answers in all of them.
_RARE = facts.decision(100)
QUERIES = {
    "rare number": f"{_RARE}-QĐ/UBND",
    "rare name": f"thôn {facts.hamlet(_RARE)}",
    "common": "nông thôn",
    "everything": "thôn",
    "long phrase of everything": '"tổ vận động gồm"',
}
ORDERS = {"best": "khop", "newest": "moi"}
_NEXT = re.compile(r'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Case:
    """A page of results: the kind of its query, whether it is typed with marks, the order, and its number."""

    kind: str
    has_marks: bool
    order: str
    page: int
    address: str

    @property
    def data(self) -> QueryDict:
        return QueryDict(self.address.partition("?")[2])


def measure(client: Client, constant: timing.Time, runs: int, watch: Callable = iter) -> list[dict]:
    """A row for each page that there is."""
    return [_row(case, client, constant, runs) for case in watch(list(_cases(client)))]


def _cases(client: Client) -> Iterator[Case]:
    for kind, query in QUERIES.items():
        for has_marks in (True, False):
            for name, order in ORDERS.items():
                address = f"/tim-kiem/?{urlencode({'q': query if has_marks else _unmarked(query), 'sap_xep': order})}"
                yield Case(kind, has_marks, name, 1, address)
                if tenth := _followed(client, address, TENTH - 1):
                    yield Case(kind, has_marks, name, TENTH, tenth)


def _unmarked(query: str) -> str:
    return " ".join(fold(word) for word in query.split())


def _followed(client: Client, address: str, times: int) -> str:
    """Where a reader stands who goes on so many times; nowhere, if the list ends before."""
    for _ in range(times):
        found = _NEXT.search(client.get(address).content.decode())
        if not found:
            return ""
        address = f"/tim-kiem/{html.unescape(found[1])}"
    return address


def _row(case: Case, client: Client, constant: timing.Time, runs: int) -> dict:
    question = read(case.data["q"])
    page = timing.usual(lambda: client.get(case.address), runs)
    results = timing.usual(lambda: _results(case), runs)
    engine = timing.usual(lambda: _answer(case), runs)
    answer = _answer(case)
    return {
        "query": case.kind,
        "marks": "with" if case.has_marks else "without",
        "order": case.order,
        "page": case.page,
        "hits": f"> {CAP}" if answer.is_more else str(len(answer.hits)),
        "syllables": question.length,
        "ranking ms": round(engine.cpu, 2),
        "results ms": round(results.cpu, 2),
        "page ms": round(page.cpu, 2),
        "page clock ms": round(page.clock, 2),
        "ratio": round(page.cpu / constant.cpu, 1),
    }


def _answer(case: Case) -> Answer:
    """What the engine does of a page: the hits in their order."""
    question, stories = read(case.data["q"]), Article.objects.published()
    return best(question, stories) if case.order == "best" else newest(narrowed(question, stories))


def _results(case: Case) -> None:
    """The hits, the stories of the page and all counts beside them: everything but the template."""
    asked = ArticleFilter(case.data, queryset=Article.objects.published())
    asked.is_valid()
    results_of(read(case.data["q"]), asked, case.data)
