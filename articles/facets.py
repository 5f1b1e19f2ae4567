"""What occurs among the hits of a search, most frequent first: choices that narrow it, for readers who know no slug."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from .filters import ArticleFilter
from .models import Author, Publication, Tag
from .search import engine

# As many of a kind as a phone shows on half a screen; rarer ones are better looked for by their words.
SHOWN = 8


@dataclass(frozen=True)
class Choice:
    """A value of a filter: its name, how many of the hits it would leave, the query of the search with it."""

    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Facet:
    """A filter that is not in use, with its choices."""

    label: str | Promise
    choices: list[Choice]


def facets_of(pks: list[int], asked: ArticleFilter) -> list[Facet]:
    """The filters by tag, author and paper among these stories; one query each, none for one that is in use."""
    hits = engine().Numbers(pks)
    offered = {
        "the": (Tag.objects.filter(articles__in=hits), "slug", 1),
        "tac_gia": (Author.objects.filter(articles__in=hits), "slug", 1),
        # Where all are of one paper there is nothing to choose.
        "an_pham": (Publication.objects.filter(articles__in=hits), "pk", 2),
    }
    facets = []
    for name, (rows, value, least) in offered.items():
        choices = [] if asked.form.cleaned_data.get(name) else _choices(rows, name, value, asked)
        if len(choices) >= least:
            facets.append(Facet(asked.form.fields[name].label, choices))
    return facets


def _choices(rows: QuerySet, name: str, value: str, asked: ArticleFilter) -> list[Choice]:
    counted = rows.annotate(count=Count("articles")).order_by("-count", "sort_key", "pk")
    return [
        Choice(label, count, asked.query(**{name: key}))
        for key, label, count in counted.values_list(value, "name", "count")[:SHOWN]
    ]
