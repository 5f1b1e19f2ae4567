"""How stories and blocks are laid out in lists: {{ placed.front|bands }}, {{ page.items|as_entries }}."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles import parts
from articles.models import Article

from .. import bands as rules
from ..models import Place
from ..placing import Entry, FilledBlock

register = template.Library()


# What a card takes from around it, beside its entry.
_AROUND = (
    "level",
    "with_prefix",
    "with_teaser",
    "with_meta",
    "with_kicker",
    "with_count",
    "with_byline",
    "with_section",
    "is_column",
    "sizes",
)


@register.simple_tag(takes_context=True)
def card(context, name: str, entry: Entry | None = None, **said) -> SafeString:
    """{% card "row" with_teaser=True %}: templates/components/card/row.html with the loop's entry, or with `entry`.

    What is said here goes before what stands around it.
    """
    entry = entry or context["entry"]

    def make() -> str:
        with context.push(entry=entry, **said):
            return context.template.engine.get_template(f"components/card/{name}.html").render(context)

    if context.get("query"):
        return mark_safe(make())  # noqa: S308 (a template made it)
    shown = (name, _signature(entry), *(said.get(each, context.get(each)) for each in _AROUND))
    return parts.remembered(context.get("request"), *shown, make=make)


@register.simple_tag(takes_context=True)
def block_html(context, filled: FilledBlock) -> SafeString:
    """{% block_html filled %}: a block with its heading, as a band holds it."""
    band = context["band"]
    place = (filled.block.pk, filled.block.place, filled.form, filled.heading, filled.more_url, band.shape)

    def make() -> str:
        with context.push(filled=filled):
            return context.template.engine.get_template("blocks/block.html").render(context)

    return parts.remembered(context.get("request"), *place, *map(_signature, filled.entries), make=make)


def _signature(entry: Entry) -> tuple:
    """Equal for two entries that print the same under one frame and on one day."""
    story = entry.article
    said = (entry.title, entry.lead_prefix, entry.teaser, entry.shows_picture)
    return (story.pk, story.edition, *said) if story else said


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
