"""The answer of the search page: a page of stories in the order asked for, and how many there are of each kind."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from .facets import Facet, facets_of
from .filters import BEST, NEWEST, ArticleFilter
from .models import Article, Section
from .paging import PAGE_SIZE, Page, page_of
from .search import Answer, Hit, Question, among, best, engine, narrowed, newest

# A story's rank as an address carries it: degree, place, then date and id as other lists have them.
_KEY = re.compile(r"([0-9])-([0-9])-(-?[0-9]{1,17})-([0-9]{1,17})")
# Date and id alone, as paging writes them.
_DATED_KEY = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,17})")


@dataclass(frozen=True)
class RankedPage(Page):
    """A stretch of the list by fitness: also where it begins (1 is the first of all) and ends."""

    first: int = 1

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


@dataclass(frozen=True)
class Results:
    """What the page prints. Counts are of the stories up to CAP; `is_more` tells that there are others beyond."""

    page: Page | RankedPage
    order: str
    total: int
    is_more: bool
    sections: list[tuple[Section, int]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)


def results_of(question: Question, asked: ArticleFilter, query) -> Results:
    """The results of a question within the filters; `query` is request.GET.

    Without words the newest come first, whatever the order asked for.
    """
    order = (asked.form.cleaned_data.get("sap_xep") or BEST) if question else NEWEST
    if order == BEST:
        answer = best(question, asked.qs)
        page = _ranked_page(answer.hits, query)
    else:
        stories = narrowed(question, asked.qs) if question else asked.qs
        answer = newest(stories) if question else newest(stories, along=asked.lists)
        # Nothing found is not looked for once more.
        stories = stories if answer.hits else stories.none()
        known = _within(answer, query)
        page = _dated_page(_printed(stories if known is None else known), query)
    sections = _sections(answer.hits) if answer.hits else []
    facets = facets_of([hit.pk for hit in answer.hits], asked) if answer.hits else []
    return Results(page, order, len(answer.hits), answer.is_more, sections, _years(answer.hits), facets)


def _printed(stories: QuerySet) -> QuerySet:
    """Stories with what rows print, the body included: snippets are cut from it."""
    return stories.for_lists().defer(None).defer("body_html", "search_text")


def _dated_page(stories: QuerySet, query) -> Page:
    """paging.page_of, and the first page for a key that leads nowhere: a search is always answered."""
    try:
        page = page_of(stories, query)
    except Http404:
        page = Page([])
    return page if page.items else page_of(stories, {})


def _within(answer: Answer, query) -> QuerySet | None:
    """The stories of the page in the query and the one behind it, where the answer's hits reach so far.

    Looking for the words once more would cost as much as the first time.
    """
    after = _DATED_KEY.fullmatch(query.get("truoc", ""))
    if query.get("sau"):
        return None
    start = bisect_right(answer.hits, (-int(after[1]), -int(after[2])), key=_rank_by_date) if after else 0
    window = answer.hits[start : start + PAGE_SIZE + 1]
    if len(window) <= PAGE_SIZE and answer.is_more:
        return None
    return among([hit.pk for hit in window], Article.objects.published()) if window else None


def _ranked_page(hits: list[Hit], query) -> RankedPage:
    """The page after or before the rank in the query; the first page for a key that leads nowhere.

    A rank, no number: a story that comes out meanwhile moves nothing on a page that was shared.
    """
    start = 0
    if before := _read(query.get("sau", "")):
        start = max(0, bisect_left(hits, before, key=_rank) - PAGE_SIZE)
    elif after := _read(query.get("truoc", "")):
        start = bisect_right(hits, after, key=_rank)
    start = start if start < len(hits) else 0
    shown = hits[start : start + PAGE_SIZE]
    stories = among([hit.pk for hit in shown], Article.objects.published())
    found = {story.pk: story for story in _printed(stories).order_by()}
    return RankedPage(
        [found[hit.pk] for hit in shown if hit.pk in found],
        newer=_key(shown[0]) if start else "",
        older=_key(shown[-1]) if start + PAGE_SIZE < len(hits) else "",
        is_first=not start,
        first=start + 1,
    )


def _rank_by_date(hit: Hit) -> tuple[int, int]:
    return -hit.moment, -hit.pk


def _rank(hit: Hit) -> tuple[int, int, int, int]:
    """What hits are ranked by, least first (DESIGN 5)."""
    return hit.degree, hit.place, -hit.moment, -hit.pk


def _key(hit: Hit) -> str:
    return f"{hit.degree}-{hit.place}-{hit.moment}-{hit.pk}"


def _read(key: str) -> tuple[int, int, int, int] | None:
    match = _KEY.fullmatch(key)
    if not match:
        return None
    degree, place, moment, pk = map(int, match.groups())
    return degree, place, -moment, -pk


def _sections(hits: list[Hit]) -> list[tuple[Section, int]]:
    """Sections in the order of the menu, each with the stories that its filter would leave."""
    sections = {section.pk: section for section in Section.objects.select_related("parent")}
    held = {hit.pk: {hit.section_id} for hit in hits}
    guests = Article.more_sections.through.objects.filter(article_id__in=engine().Numbers(list(held)))
    for article_id, section_id in guests.values_list("article_id", "section_id"):
        held[article_id].add(section_id)
    counts = Counter(
        pk for own in held.values() for pk in own | {sections[pk].parent_id for pk in own if pk in sections}
    )
    return [(section, counts[pk]) for pk, section in sections.items() if counts[pk]]


def _years(hits: list[Hit]) -> list[tuple[int, int]]:
    zone = timezone.get_current_timezone()
    years = Counter(datetime.fromtimestamp(hit.moment / 1_000_000, zone).year for hit in hits)
    return sorted(years.items(), reverse=True)
