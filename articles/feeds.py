"""News for feed readers: the newest of the paper and of each section, as RSS and as Atom."""

from urllib.parse import urljoin

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import gettext_lazy as _

from .cards import cards
from .keeping import kept
from .models import ListKind, Publication, Section
from .renditions import jpeg_url
from .shelves import newest_ids

FEED_LENGTH = 30


class _WholeAddresses:
    """A feed whose pictures stand on the site's domain, as Django sees to for its links."""

    def add_item(self, title, link, *args, enclosures=None, **kwargs):
        for enclosure in enclosures or []:
            enclosure.url = urljoin(link, enclosure.url)
        super().add_item(title, link, *args, enclosures=enclosures, **kwargs)


class Rss(_WholeAddresses, Rss201rev2Feed):
    pass


class Atom(_WholeAddresses, Atom1Feed):
    pass


class LatestFeed(Feed):
    """The newest stories of the whole paper."""

    feed_type = Rss

    def get_object(self, request):
        return None

    def title(self, section):
        name = Publication.objects.current().name
        return f"{section} - {name}" if section else name

    def link(self, section):
        return section.get_absolute_url() if section else reverse("front")

    def description(self, section):
        return (section.description if section else "") or _("The newest stories")

    def items(self, section):
        kind, key = (ListKind.SECTION, section.pk) if section else ("", 0)
        return cards(newest_ids(kind, key, count=FEED_LENGTH, dated=True))

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return f"{article.lead_prefix} {article.lead}".strip()

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.revised_at or article.published_at

    def item_author_name(self, article):
        return article.byline or None

    def item_categories(self, article):
        return [article.section.name]

    def item_enclosures(self, article):
        address = jpeg_url(article.lead_picture) if article.lead_picture_id else ""
        return [Enclosure(address, "0", "image/jpeg")] if address else []


class SectionFeed(LatestFeed):
    """The newest stories of one section."""

    def get_object(self, request, slug):
        return get_object_or_404(Section.objects.select_related("parent"), slug=slug)


class LatestAtomFeed(LatestFeed):
    feed_type = Atom
    subtitle = LatestFeed.description


class SectionAtomFeed(SectionFeed):
    feed_type = Atom
    subtitle = SectionFeed.description


@kept()
def feed_list(request):
    """All feeds for people. Context: none beyond the frame's menu."""
    return render(request, "articles/feeds.html")
