"""What a reader who asks for one story gets: the story, "never was" or "is gone"."""

from functools import cache

from django.db import router
from django.http import Http404
from django.utils import timezone

from .models import Article, Author, HouseStyle, Picture, Publication, Section, Series, Tag
from .written import TOLD, Written, columns, held

# What no page of a story prints: the text as it was typed, and keys of search.
_UNPRINTED = ("body", "search_text")


class Gone(Exception):
    """The story was public once and is not any more: the answer is 410, with words and without its title."""


def visible_article(pk: int) -> Article:
    """The story with what its page prints. Raises Gone if it was withdrawn or has expired, else Http404."""
    alias = router.db_for_read(Article)
    found = _story(alias).rows(pk)
    if found and found[0].is_visible_at(timezone.now()):
        return _with_ties(found[0], alias)
    if Article.objects.gone().filter(pk=pk).exists():
        raise Gone
    raise Http404


def _with_ties(article: Article, alias: str) -> Article:
    """The story with its tags, and with those that the desk named as related: of these only the number is read."""
    named = [tie.to_article for tie in _related(alias).rows(article.pk)]
    ties = {"tags": held(Tag, _tags(alias).rows(article.pk)), "related": held(Article, named)}
    article._prefetched_objects_cache = ties
    return article


@cache
def _story(alias: str) -> Written:
    pointed_to = {
        "publication": Publication,
        "house_style": HouseStyle,
        "section": Section,
        "section__parent": Section,
        "series": Series,
        "lead_picture": Picture,
        "lead_picture__credit_author": Author,
    }
    names = [name for path, model in pointed_to.items() for name in columns(model, path, _UNPRINTED)]
    return Written(Article.objects.using(alias).filter(pk=TOLD), [*columns(Article, without=_UNPRINTED), *names])


@cache
def _tags(alias: str) -> Written:
    return Written(Tag.objects.using(alias).filter(articles=TOLD), ("id", "name", "slug"))


@cache
def _related(alias: str) -> Written:
    ties = Article.related.through.objects.using(alias).filter(from_article=TOLD)
    return Written(ties, ("id", "to_article__id"))
