"""Look-ups at the desk: the keys of the readers' search, but words as beginnings, since people look while they type.

Quoted phrases stand in a row and end where the quotation ends; the parts of a number such as 05-CT/TW stand in a row.
A query without any letter or digit narrows nothing.
"""

from django.db.models import Q, QuerySet

from ..keys import lines
from ..models import Article, Author, Picture
from .asking import narrowed
from .questions import Question, read


def matching(query: str, queryset: QuerySet, column: str = "search_text") -> QuerySet:
    """Rows whose column of keys (`keys.lines`, folded) holds every term of the query."""
    for opening in _openings(read(query)):
        queryset = queryset.filter(**{f"{column}__contains": opening})
    return queryset


def matching_stories(query: str, articles: QuerySet) -> QuerySet:
    """Stories of any state: those that readers' search would find, and those whose title holds the query."""
    question = read(query)
    if not question:
        return articles
    everything = Article.objects.order_by()
    by_title = matching(query, everything).values("pk")
    return articles.filter(Q(pk__in=narrowed(question, everything).values("pk")) | Q(pk__in=by_title))


def matching_pictures(query: str, pictures: QuerySet) -> QuerySet:
    """Pictures by what is written on them, and by who took them."""
    by_words = matching(query, Picture.objects.order_by()).values("pk")
    photographers = matching(query, Author.objects.order_by()).values("pk")
    return pictures.filter(Q(pk__in=by_words) | Q(credit_author__in=photographers))


def matching_rows(query: str, queryset: QuerySet, *columns: str) -> QuerySet:
    """The same for tables of Django and others that have no column of keys: a few hundred rows, read and compared."""
    openings = _openings(read(query))
    if not openings:
        return queryset
    rows = queryset.order_by().values_list("pk", *columns)
    keys = ((pk, lines(map(str, texts))[0]) for pk, *texts in rows)
    return queryset.filter(pk__in=[pk for pk, line in keys if all(opening in line for opening in openings)])


def _openings(question: Question) -> list[str]:
    return [f" {' '.join(term.folded)}{' ' if term.is_quoted else ''}" for term in question.terms]
