"""What a page is about, as far as blocks are chosen by it."""

from dataclasses import dataclass
from functools import cache

from django.db import router

from articles.models import Article, Section
from articles.reading import named_with
from articles.written import TOLD, Written

from .models import Block


@dataclass(frozen=True)
class Subject:
    """What a page is about, as far as the rules need to know; for the page of a story it is kept with the page.

    `named`: the stories that the desk named as related. `has_own`: blocks came with the story, in place of ours.
    """

    story: int | None = None
    section: int | None = None
    section_url: str = ""
    series: int | None = None
    series_url: str = ""
    style: int | None = None
    tags: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    has_own: bool = False


def subject_of(article: Article | None = None, section: Section | None = None) -> Subject:
    """What the page of a story, of a section, or (with neither) the front page is about."""
    if article is None:
        return Subject(section=section.pk, section_url=section.get_absolute_url()) if section else Subject()
    home = article.section
    return Subject(
        story=article.pk,
        section=home.pk if home else None,
        section_url=home.get_absolute_url() if home else "",
        series=article.series_id,
        series_url=article.series.get_absolute_url() if article.series_id else "",
        style=article.house_style_id,
        tags=tuple(tag.pk for tag in article.tags.all()),
        named=tuple(named_with(article)),
        has_own=bool(article.source and _own(router.db_for_read(Block)).rows(article.pk)),
    )


@cache
def _own(alias: str) -> Written:
    return Written(Block.objects.using(alias).filter(article=TOLD).order_by()[:1], ("id",))
