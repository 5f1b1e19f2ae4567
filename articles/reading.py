"""What a reader who asks for one story gets: the story, "never was" or "is gone"."""

from functools import cache

from django.db import router
from django.http import Http404
from django.utils import timezone

from .models import Article, Author, HouseStyle, Picture, Publication, Section, Series, Tag
from .written import TOLD, Written, columns, held

# What no page of a story prints: the text as it was typed, and keys of search.
_UNPRINTED = ("body", "search_text")
# The largest number that a database keeps as an id: what is asked beyond it is no story.
_LARGEST = 2**63 - 1


class Gone(Exception):
    """The story was public once and is not any more: the answer is 410, with words and without its title."""


def visible_article(pk: int) -> Article:
    """The story with what its page prints. Raises Gone if it was withdrawn or has expired, else Http404."""
    alias = router.db_for_read(Article)
    found = _story(alias).rows(int(pk)) if int(pk) <= _LARGEST else []
    if found and found[0].is_visible_at(timezone.now()):
        [article] = found
        article._prefetched_objects_cache = {"tags": held(Tag, _tags(alias).rows(article.pk))}
        return article
    if Article.objects.gone().filter(pk=pk).exists():
        raise Gone
    raise Http404


def named_with(article: Article) -> list[int]:
    """The ids of the stories that the desk named as related to one, in no order."""
    if "related" in getattr(article, "_prefetched_objects_cache", {}):
        # A preview holds ties that are not saved.
        return [story.pk for story in article.related.order_by().only("pk")]
    return [tie.to_article_id for tie in _ties(router.db_for_read(Article)).rows(article.pk)]


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
def _ties(alias: str) -> Written:
    ties = Article.related.through.objects.using(alias).filter(from_article=TOLD)
    return Written(ties, ("id", "to_article"))
