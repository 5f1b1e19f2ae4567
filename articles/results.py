"""The answer of the search page: a page of stories in the order asked for, and how many there are of each kind."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from .facets import Facet, facets_of
from .filters import BEST, NEWEST, ArticleFilter
from .models import Article, Section
from .paging import PAGE_SIZE, Page, page_of
from .search import Answer, Hit, Question, best, narrowed, newest


@dataclass(frozen=True)
class RankedPage:
    """A stretch of the ranked list, with the numbers of its neighbours (0 where there is none).

    Numbered, not keyed: the list is ranked whole for every page and ends at CAP, so no page costs more than the first.
    """

    items: list[Article]
    number: int
    count: int

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.count else 0


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

    The newest come first without words, and where the address holds the key of a list by date.
    """
    is_dated = not question or query.get("truoc") or query.get("sau")
    order = NEWEST if is_dated else asked.form.cleaned_data.get("sap_xep") or BEST
    if order == BEST:
        answer = best(question, asked.qs)
        page = _ranked_page(answer, query.get("trang", ""))
    else:
        stories = narrowed(question, asked.qs) if question else asked.qs
        answer = newest(stories)
        page = page_of(_printed(stories), query)
    sections = _sections(answer.hits) if answer.hits else []
    facets = facets_of([hit.pk for hit in answer.hits], asked) if answer.hits else []
    return Results(page, order, len(answer.hits), answer.is_more, sections, _years(answer.hits), facets)


def _printed(stories: QuerySet) -> QuerySet:
    """Stories with what rows print, the body included: snippets are cut from it."""
    return stories.for_lists().defer(None).defer("body_html", "search_text")


def _ranked_page(answer: Answer, number: str) -> RankedPage:
    count = -(-len(answer.hits) // PAGE_SIZE)
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    number = min(max(number, 1), max(count, 1))
    shown = [hit.pk for hit in answer.hits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    found = _printed(Article.objects.published()).in_bulk(shown) if shown else {}
    return RankedPage([found[pk] for pk in shown if pk in found], number, count)


def _sections(hits: list[Hit]) -> list[tuple[Section, int]]:
    """Sections in the order of the menu, each with the stories that its filter would leave."""
    sections = {section.pk: section for section in Section.objects.select_related("parent")}
    held = {hit.pk: {hit.section_id} for hit in hits}
    guests = Article.more_sections.through.objects.filter(article_id__in=held).values_list("article_id", "section_id")
    for article_id, section_id in guests:
        held[article_id].add(section_id)
    counts = Counter(
        pk for own in held.values() for pk in own | {sections[pk].parent_id for pk in own if pk in sections}
    )
    return [(section, counts[pk]) for pk, section in sections.items() if counts[pk]]


def _years(hits: list[Hit]) -> list[tuple[int, int]]:
    zone = timezone.get_current_timezone()
    return sorted(Counter(hit.published_at.astimezone(zone).year for hit in hits).items(), reverse=True)
