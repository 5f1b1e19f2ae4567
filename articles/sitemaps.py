"""What search engines are told: every visible story, the lists that hold them, and the news of two days."""

from datetime import timedelta

from django.contrib.flatpages.sitemaps import FlatPageSitemap
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.sites.shortcuts import get_current_site
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone

from .dates import Precision
from .keeping import kept
from .models import Article, Author, Section, Series, Tag

# Google News reads stories of the last two days, a thousand at most.
NEWS_AGE = timedelta(hours=48)
NEWS_LIMIT = 1000


class ArticleSitemap(Sitemap):
    # Well under the protocol's 50,000, so that one file takes a fraction of a second to write.
    limit = 5000

    def items(self):
        stories = Article.objects.published().select_related("section").order_by("id")
        return stories.only("slug", "published_at", "date_precision", "revised_at", "section__slug")

    def lastmod(self, article):
        """When a reader last got something new: no correction of a comma, and no guess where the date is unknown."""
        return article.revised_at or (article.published_at if article.date_precision != Precision.UNKNOWN else None)

    def get_latest_lastmod(self):
        """For the index, which would otherwise read every story to find the newest."""
        return Article.objects.published().aggregate(latest=Max(Coalesce("revised_at", "published_at")))["latest"]


class ListSitemap(Sitemap):
    """Sections, series, tags and authors that have something to show."""

    def items(self):
        shown = Article.objects.published()
        return [
            *Section.objects.select_related("parent"),
            *Series.objects.filter(articles__in=shown).distinct(),
            *Tag.objects.filter(articles__in=shown).distinct(),
            *Author.objects.filter(articles__in=shown).distinct(),
        ]


SITEMAPS = {"bai-viet": ArticleSitemap, "danh-muc": ListSitemap, "trang": FlatPageSitemap}


@kept()
def index(request):
    """The list of all sitemaps."""
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="articles:sitemap")


@kept(passes=("p",))
def of_kind(request, section):
    """One sitemap; `?p=` its further pages."""
    return sitemap_views.sitemap(request, SITEMAPS, section)


@kept()
def news_sitemap(request):
    """The stories of the last 48 hours in Google's news format. Context: articles, site."""
    stories = Article.objects.published().dated().for_lists().newest_first()
    stories = stories.filter(published_at__gt=timezone.now() - NEWS_AGE)[:NEWS_LIMIT]
    context = {"articles": stories, "site": get_current_site(request)}
    return render(request, "articles/sitemap_news.xml", context, content_type="application/xml; charset=utf-8")
