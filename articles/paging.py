"""Lists by keyset (published_at, id): as fast at the far end of the archive as at its front, and never by number."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from .cards import cards
from .shelves import Place, Shelf

PAGE_SIZE = 20

# Microseconds since 1970, with a minus before it as archives have them, and an id; lengths that no column overflows.
_KEY = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,17})")


@dataclass(frozen=True)
class Page:
    """A stretch of a list, newest first, and the query values of its neighbours (empty where there is none)."""

    items: list
    newer: str = ""
    older: str = ""
    is_first: bool = True


def page_of(articles: QuerySet, query, size: int = PAGE_SIZE) -> Page:
    """The page of `articles` that the query (request.GET) asks for: `truoc` older than a key, `sau` newer than one.

    Raises Http404 for a key that none of our links could hold.
    """
    return _page(_Rows(articles), query, size)


def page_of_shelf(shelf: Shelf, query, size: int = PAGE_SIZE) -> Page:
    """The page of a shelf that the query asks for, as page_of: its ids from an index, then its cards."""
    return _page(_Ids(shelf, timezone.now()), query, size)


class _Rows:
    """A queryset as paging asks it: stretches of it, and what they print."""

    def __init__(self, articles: QuerySet):
        self.articles = articles

    def older(self, count: int, than: Place | None) -> list:
        # The first condition is said twice, so that an index is entered at the key and not at its beginning.
        older = Q(published_at__lt=than[0]) | Q(pk__lt=than[1]) if than else Q()
        within = Q(published_at__lte=than[0]) if than else Q()
        return list(self.articles.filter(within, older).newest_first()[:count])

    def newer(self, count: int, than: Place) -> list:
        newer = Q(published_at__gt=than[0]) | Q(pk__gt=than[1])
        found = self.articles.filter(Q(published_at__gte=than[0]), newer)
        return list(found.order_by("published_at", "id")[:count])

    def items(self, found: list) -> list:
        return found


class _Ids:
    """A shelf as paging asks it."""

    def __init__(self, shelf: Shelf, at: datetime):
        self.shelf, self.at = shelf, at

    def older(self, count: int, than: Place | None) -> list[int]:
        return self.shelf.older(count, at=self.at, than=than)

    def newer(self, count: int, than: Place) -> list[int]:
        return self.shelf.newer(count, at=self.at, than=than)

    def items(self, found: list[int]) -> list:
        return cards(found, self.at)


def _page(source: _Rows | _Ids, query, size: int) -> Page:
    if key := query.get("sau"):
        found = source.newer(size + 1, _read(key))
        items = source.items(found[:size][::-1])
        return Page(
            items, _key(items[0]) if items and len(found) > size else "", _key(items[-1]) if items else "", not items
        )
    key = query.get("truoc")
    found = source.older(size + 1, _read(key) if key else None)
    items = source.items(found[:size])
    return Page(
        items,
        newer=_key(items[0]) if key and items else "",
        older=_key(items[-1]) if items and len(found) > size else "",
        is_first=not key,
    )


def _key(article) -> str:
    return f"{round(article.published_at.timestamp() * 1_000_000)}-{article.pk}"


def _read(key: str) -> Place:
    match = _KEY.fullmatch(key)
    if not match:
        raise Http404
    moment, pk = match.groups()
    try:
        return datetime.fromtimestamp(int(moment) / 1_000_000, tz=UTC), int(pk)
    except (OverflowError, ValueError, OSError) as error:
        raise Http404 from error
