"""Pages for readers. Each takes its stories from `Article.objects.published()` and nothing from the visitor."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib.flatpages.views import flatpage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe

from . import archive
from .cards import cards
from .filters import ArticleFilter
from .keeping import edition_of, holds_until, kept
from .listing import count_of
from .models import Article, Author, Correction, ListKind, Series, Tag, TagSynonym
from .paging import page_of, page_of_shelf
from .previewing import as_published, link_of
from .reading import visible_article
from .results import results_of
from .search import CAP, QUERY_LIMIT, read, suggestions
from .sections import section_at, sections
from .shelves import Shelf
from .text import one_line

MOST_READ_SHOWN = 5
# The most read stories of an author are looked for among the newest so many: what is read these days, at the price of a
# few pages of the list.
MOST_READ_OF = 100
OTHER_SERIES_SHOWN = 6
# The places within a list that an address can name.
IN_LIST = ("truoc", "sau")
SECRET_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@kept(story="pk")
def article(request, section, slug, pk):
    """A story. Context: article. A wrong slug or section leads to the right address."""
    found = _shown(request, pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render(request, "articles/article.html", {"article": found})


@csp_replace({"form-action": [NONE], "connect-src": [NONE], "frame-ancestors": [NONE]})
@xframe_options_deny
@require_safe
def preview(request, token):
    """A story for an outsider who was given a secret link; 404 for none of ours, 410 for one that has ended.

    Context: article, link. Nothing here knows the visitor, and no cache, search engine or other site is told.
    """
    link = link_of(token)
    if link and link.is_open:
        story = as_published(link.article, link.revision.content)
        response = render(request, "articles/preview.html", {"article": story, "link": link})
    else:
        response = render(request, "articles/preview_ended.html", {"link": link}, status=410 if link else 404)
    for name, value in SECRET_HEADERS.items():
        response[name] = value
    return response


@kept(story="pk")
def print_view(request, section, slug, pk):
    """A story set for paper. Context: article."""
    found = _shown(request, pk)
    if request.path != (address := found.get_print_url()):
        return redirect(address, permanent=True)
    return render(request, "articles/print.html", {"article": found})


@kept(passes=IN_LIST)
def section_or_page(request, slug):
    """A section of the first level, or else the static page of that name."""
    found = section_at(slug, "", edition_of(request))
    if found:
        return _section(request, found)
    return flatpage(request, f"/{slug}/")


@kept(passes=IN_LIST)
def subsection(request, parent, slug):
    """A section of the second level under its parent's address."""
    found = section_at(slug, parent, edition_of(request))
    if found is None:
        raise Http404
    return _section(request, found)


@kept(passes=IN_LIST)
def tag(request, slug):
    """The stories of a tag. Context: tag, page. The address of a tag that was merged leads to the one that stayed."""
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        synonym = get_object_or_404(TagSynonym.objects.select_related("tag"), slug=slug)
        return redirect(synonym.tag, permanent=True)
    page = _listed(request, Shelf(ListKind.TAG, found.pk))
    return render(request, "articles/tag.html", {"tag": found, "page": page})


@kept(passes=IN_LIST)
def series(request, slug):
    """The stories of a series. Context: series, page, story_count, other_series (each with story_count)."""
    found = get_object_or_404(Series.objects.select_related("picture"), slug=slug)
    page = _listed(request, Shelf(ListKind.SERIES, found.pk))
    others = list(Series.objects.running().exclude(pk=found.pk)[:OTHER_SERIES_SHOWN])
    counts = count_of(ListKind.SERIES, [found.pk, *(other.pk for other in others)])
    for other in others:
        other.story_count = counts.get(other.pk, 0)
    context = {"series": found, "page": page, "other_series": others, "story_count": counts.get(found.pk, 0)}
    return render(request, "articles/series.html", context)


@kept(passes=IN_LIST)
def author(request, slug):
    """The stories of a pen name. Context: author, page, facts (count; since, a moment or None), most_read."""
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    shelf = Shelf(ListKind.AUTHOR, found.pk)
    page = _listed(request, shelf)
    facts = {
        "count": count_of(ListKind.AUTHOR, [found.pk]).get(found.pk, 0),
        "since": Shelf(ListKind.AUTHOR, found.pk, dated=True).oldest_moment(),
    }
    recent = Article.objects.filter(pk__in=shelf.older(MOST_READ_OF), readings__gt=0)
    most_read = cards(recent.order_by("-readings", "-published_at").values_list("pk", flat=True)[:MOST_READ_SHOWN])
    context = {"author": found, "page": page, "facts": facts, "most_read": most_read}
    return render(request, "articles/author.html", context)


@kept(passes=("q", *ArticleFilter.base_filters, *IN_LIST), is_kept=False)
def search(request):
    """Stories by words and filters. The query is cut at QUERY_LIMIT letters; any query at all is answered.

    Context: query, question, filter, is_asked; where something is asked also results, page and, if all of
    the paper holds none, suggestions.
    """
    asked = ArticleFilter(request.GET, queryset=Article.objects.published())
    query = one_line(request.GET.get("q", ""))
    question = read(query)
    asked.is_valid()
    is_asked = bool(question) or asked.is_narrowed
    context = {"query": query[:QUERY_LIMIT], "question": question, "filter": asked, "is_asked": is_asked, "limit": CAP}
    if context["is_asked"]:
        results = results_of(question, asked, request.GET)
        context |= {"results": results, "page": results.page}
        if not results.total and not asked.is_narrowed:
            context["suggestions"] = suggestions(question)
    return render(request, "articles/search.html", context)


@kept()
def archive_years(request):
    """All years and months of the archive. Context: years, each a number and its months with stories."""
    return render(request, "articles/archive_years.html", {"years": archive.years()})


@kept(passes=IN_LIST)
def archive_month(request, **numbers):
    """The stories of a month. Context: span (the month), calendar, page."""
    return _archive(request, archive.month_of, numbers)


@kept(passes=IN_LIST)
def archive_day(request, **numbers):
    """The stories of a day. Context: span (the day), calendar, page."""
    return _archive(request, archive.day_of, numbers)


@kept(passes=IN_LIST)
def corrections(request):
    """The paper's corrections, and how to ask for one. Context: page; each correction with its story.

    A story that is withdrawn is not named: its correction stands alone.
    """
    announced = Correction.objects.published().select_related("article__section__parent")
    return render(request, "articles/corrections.html", {"page": page_of(announced, request.GET)})


def _listed(request, shelf):
    """The page of a list that lives by its stories: a name that no visible story carries yet is not told."""
    page = page_of_shelf(shelf, request.GET)
    if page.is_first and not page.items:
        raise Http404
    return page


def _archive(request, find, numbers):
    """404 for what is in no calendar and for what holds no story, but for the month that has just begun."""
    try:
        span = find(**numbers)
    except (ValueError, OverflowError) as error:
        raise Http404(_("There is no such month.")) from error
    if request.path != (address := span.get_absolute_url()):
        return redirect(f"{address}?{request.GET.urlencode()}".rstrip("?"), permanent=True)
    today = timezone.localdate()
    page = page_of_shelf(span.shelf, request.GET) if span.first <= today else None
    is_current = not span.is_day and span.first <= today < span.end
    if not page or (page.is_first and not page.items and not is_current):
        raise Http404
    context = {"span": span, "calendar": archive.calendar_of(span), "page": page}
    return render(request, "articles/archive.html", context)


def _shown(request, pk):
    """The visible story; a page of it holds no longer than the story is shown."""
    found = visible_article(pk)
    if found.expires_at:
        holds_until(request, found.expires_at)
    return found


def _section(request, found):
    """Context: section, children, page."""
    page = page_of_shelf(Shelf(ListKind.SECTION, found.pk), request.GET)
    children = [section for section in sections(edition_of(request)) if section.parent_id == found.pk]
    return render(request, "articles/section.html", {"section": found, "children": children, "page": page})
