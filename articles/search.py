"""Finding stories by words, with or without marks: both sides are compared as folded whole syllables."""

import re

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .text import clean, fold, words

# More letters than any question holds; the rest is cut off.
QUERY_LIMIT = 200
# More syllables would only make the database work: no story is looked for by a whole paragraph.
WORDS_LIMIT = 16
SNIPPET_WORDS = 36

_WORD = re.compile(r"[^\W_]+")


def syllables(query: str) -> list[str]:
    """The folded syllables that are looked for; an empty list for a query without any letter or digit."""
    return list(dict.fromkeys(words(clean(query)[:QUERY_LIMIT]).split()))[:WORDS_LIMIT]


def find(query: str, articles: QuerySet) -> QuerySet:
    """Those of `articles` that hold every syllable of the query, whole; none for a query without any syllable."""
    asked = syllables(query)
    if not asked:
        return articles.none()
    for syllable in asked:
        articles = articles.filter(search_text__contains=f" {syllable} ")
    return articles


def matching(query: str, queryset: QuerySet, column: str = "search_text") -> QuerySet:
    """Rows whose folded column holds every syllable of the query, as beginnings of words: for look-ups at the desk."""
    for syllable in syllables(query):
        queryset = queryset.filter(**{f"{column}__contains": f" {syllable}"})
    return queryset


def marked(text: str, query: str) -> SafeString:
    """A text in its true spelling, escaped, with <mark> around the words that the query asks for."""
    asked = set(syllables(query))
    pieces, end = [], 0
    for match in _WORD.finditer(text):
        if fold(match.group()) not in asked:
            continue
        between = text[end : match.start()]
        if pieces and not between.strip():
            # Neighbours are one mark, not a row of patches.
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + between + match.group())
        else:
            pieces.append((between, match.group()))
        end = match.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


def snippet(text: str, query: str) -> SafeString:
    """A stretch of a text around the first word that the query asks for, cut at words and marked."""
    asked = set(syllables(query))
    found = text.split()
    first = next((i for i, word in enumerate(found) if set(words(word).split()) & asked), 0)
    start = max(0, first - SNIPPET_WORDS // 3)
    cut = " ".join(found[start : start + SNIPPET_WORDS])
    return format_html(
        "{}{}{}", "…" if start else "", marked(cut, query), "…" if start + SNIPPET_WORDS < len(found) else ""
    )
