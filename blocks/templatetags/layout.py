"""How stories and blocks are laid out in lists: {{ placed.front|bands }}, {{ page.items|as_entries }}."""

from collections.abc import Iterable

from django import template

from articles.models import Article

from .. import bands as rules
from ..models import Place
from ..placing import Entry, FilledBlock

register = template.Library()


@register.filter
def bands(blocks: Iterable[FilledBlock]) -> list[rules.Band]:
    """The blocks of a place in rows of those that stand side by side."""
    return rules.bands(blocks)


@register.filter
def as_entries(articles: Iterable[Article]) -> list[Entry]:
    """Stories of a list in the form that cards print."""
    return rules.apart_from_neighbours(
        [
            Entry(article, article.title, article.lead_prefix, article.lead, article.get_absolute_url())
            for article in articles
        ]
    )


@register.filter
def has_picture(entry: Entry) -> bool:
    return rules.has_picture(entry)


@register.filter
def pictured_first(entries: list[Entry]) -> list[Entry]:
    return rules.pictured_first(entries)


@register.filter
def large_and_titles(filled: FilledBlock) -> tuple[Entry, list[Entry]]:
    return rules.large_and_titles(filled)


@register.filter
def cards_and_titles(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    return rules.cards_and_titles(entries)


@register.filter
def columns(parts: tuple[list[Entry], list[Entry]]) -> int:
    """The columns of a block of cards on a desk: one for each card and one for the stack of titles, four at most."""
    cards, titles = parts
    return min(4, len(cards) + bool(titles))


@register.filter
def template_of(filled: FilledBlock) -> str:
    """The template that a block's form is printed with."""
    return f"blocks/{filled.form}.html"


@register.filter
def is_on_front(filled: FilledBlock) -> bool:
    return filled.block.place == Place.FRONT


@register.filter
def is_of_story(filled: FilledBlock) -> bool:
    """Whether the block stands on the page of a story, where leads keep the prefix that they were printed with."""
    return filled.block.place in (Place.BELOW, Place.BESIDE)
