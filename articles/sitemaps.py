"""What search engines are told: every visible story, the lists that hold them, and the news of two days.

Stories stand in files by their ids, so that a file is found without counting and never changes its number.
"""

from datetime import UTC, datetime, timedelta

from django.contrib.flatpages.sitemaps import FlatPageSitemap
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.sites.shortcuts import get_current_site
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from .dates import Precision
from .keeping import holds_until, kept
from .listing import STORIES_IN_FILE, count_of
from .models import Article, Author, ListEdition, ListKind, Section, Series, Tag

# Google News reads stories of the last two days, a thousand at most.
NEWS_AGE = timedelta(hours=48)
NEWS_LIMIT = 1000


class StorySitemap(Sitemap):
    """One file: the visible stories among STORIES_IN_FILE ids."""

    limit = STORIES_IN_FILE

    def __init__(self, number: int):
        first = number * STORIES_IN_FILE
        rows = Article.objects.filter(pk__gte=first, pk__lt=first + STORIES_IN_FILE).order_by("pk")
        columns = ("slug", "published_at", "date_precision", "revised_at", "status", "expires_at", "section__slug")
        # What readers may see is asked of each row: told of states and times, SQLite would not look for ids.
        self.stories = [story for story in rows.select_related("section").only(*columns) if story.is_visible]

    def items(self):
        return self.stories

    def lastmod(self, article):
        """When a reader last got something new: no correction of a comma, and no guess where the date is unknown."""
        return article.revised_at or (article.published_at if article.date_precision != Precision.UNKNOWN else None)


class ListSitemap(Sitemap):
    """Sections, and series, tags and authors that have something to show."""

    def items(self):
        kinds = ((Series, ListKind.SERIES), (Tag, ListKind.TAG), (Author, ListKind.AUTHOR))
        shown = ((model, count_of(kind)) for model, kind in kinds)
        lists = [row for model, keys in shown for row in model.objects.all() if row.pk in keys]
        return [*Section.objects.select_related("parent"), *lists]


SITEMAPS = {"danh-muc": ListSitemap, "trang": FlatPageSitemap}


@kept()
@sitemap_views.x_robots_tag
def index(request):
    """The list of all sitemaps. Context: sitemaps, each with location and last_mod (of files of stories)."""
    home = f"{request.scheme}://{get_current_site(request).domain}"
    files = ListEdition.objects.filter(kind=ListKind.FILE, places__gt=0).order_by("key")
    stories = [
        (reverse("articles:story_sitemap", args=[number]), datetime.fromtimestamp(changed / 1_000_000, UTC))
        for number, changed in files.values_list("key", "number")
    ]
    others = [(reverse("articles:sitemap", args=[name]), None) for name in SITEMAPS]
    lists = ListEdition.objects.filter(kind__in=(ListKind.SERIES, ListKind.TAG, ListKind.AUTHOR), places__gt=0)
    pages = (lists.count() + Section.objects.count() - 1) // ListSitemap.limit + 1
    more = [(f"{others[0][0]}?p={page}", None) for page in range(2, pages + 1)]
    found = [sitemap_views.SitemapIndexItem(home + address, at) for address, at in [*stories, *others, *more]]
    return render(request, "sitemap_index.xml", {"sitemaps": found}, content_type="application/xml")


@kept()
def of_stories(request, number):
    """One file of stories; 404 for one that holds none."""
    stories = StorySitemap(int(number))
    if not stories.items():
        raise Http404
    return sitemap_views.sitemap(request, {"bai-viet": stories}, "bai-viet")


@kept(passes=("p",))
def of_kind(request, section):
    """One sitemap of lists or pages; `?p=` its further pages, for whoever has more than 50,000 of them."""
    return sitemap_views.sitemap(request, SITEMAPS, section)


@kept()
def news_sitemap(request):
    """The stories of the last 48 hours in Google's news format. Context: articles, site."""
    stories = Article.objects.published().dated().for_lists().newest_first()
    stories = list(stories.filter(published_at__gt=timezone.now() - NEWS_AGE)[:NEWS_LIMIT])
    if stories:
        holds_until(request, stories[-1].published_at + NEWS_AGE)
    context = {"articles": stories, "site": get_current_site(request)}
    return render(request, "articles/sitemap_news.xml", context, content_type="application/xml; charset=utf-8")
