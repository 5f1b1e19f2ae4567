"""Lists by keyset (published_at, id): as fast at the far end of the archive as at its front, and never by number."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404

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


def page_of(articles, query, size: int = PAGE_SIZE) -> Page:
    """The page of `articles` that the query (request.GET) asks for: `truoc` older than a key, `sau` newer than one.

    Raises Http404 for a key that none of our links could hold.
    """
    if key := query.get("sau"):
        at, pk = _read(key)
        newer = articles.filter(Q(published_at__gt=at) | Q(published_at=at, pk__gt=pk))
        found = list(newer.order_by("published_at", "id")[: size + 1])
        items = found[:size][::-1]
        return Page(items, _key(items[0]) if len(found) > size else "", _key(items[-1]) if items else "", not items)
    key = query.get("truoc")
    if key:
        at, pk = _read(key)
        articles = articles.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    found = list(articles.newest_first()[: size + 1])
    items = found[:size]
    return Page(
        items,
        newer=_key(items[0]) if key and items else "",
        older=_key(items[-1]) if len(found) > size else "",
        is_first=not key,
    )


def _key(article) -> str:
    return f"{round(article.published_at.timestamp() * 1_000_000)}-{article.pk}"


def _read(key: str) -> tuple[datetime, int]:
    match = _KEY.fullmatch(key)
    if not match:
        raise Http404
    moment, pk = match.groups()
    try:
        return datetime.fromtimestamp(int(moment) / 1_000_000, tz=UTC), int(pk)
    except (OverflowError, ValueError, OSError) as error:
        raise Http404 from error
