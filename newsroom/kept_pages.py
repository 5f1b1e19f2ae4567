"""Pages as they are kept: their own pieces, the keys of the parts that they share, and what they were made from."""

import time
from collections.abc import Iterable
from hashlib import blake2b
from http import HTTPStatus
from itertools import chain, zip_longest
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone

from articles import parts
from articles.edition import Current, Numbers
from blocks.areas import areas_now
from blocks.subjects import Subject

from .due import next_due
from .release import release

# What a shared cache may do with a page, in seconds: show it for so long, and for so long again while it asks for a
# new one. Together the time after which a story that was withdrawn is gone everywhere (DESIGN 7).
SHARED_FOR, STALE_FOR = 5, 5
# A page is put away for a day: by midnight it is out of date anyway.
KEPT_FOR = 24 * 60 * 60
# Of pieces that no moment of their own ends: the mark does, at midnight.
FOR_EVER = float("inf")

# Between the pieces of a page: a sign that no text of ours can hold (articles/parts.py).
_BETWEEN = b"\x00"
# Answers that are the same for everybody; a story that is gone may be put back.
_SHARED = {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_NOT_SET = {"Content-Type", "Content-Length", "ETag", "Cache-Control"}


class Kept(NamedTuple):
    """A page as it was made.

    Its own pieces (`packed`, one text) and `shared` (keys of parts, each with the place of blocks that it is) take
    turns. The page holds under its numbers until `until`, its own pieces as long as their story and `mark` stay and
    until `own_until` (seconds since 1970). `subject`: by what its places of blocks can be made anew.
    """

    numbers: Numbers
    until: float
    own_until: float
    mark: str
    etag: str
    content_type: str
    headers: tuple[tuple[str, str], ...]
    packed: bytes
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()
    subject: Subject | None = None

    def holds(self, numbers: Numbers, now: float) -> bool:
        return self.numbers == numbers and now < self.until

    def may_be_shown(self, numbers: Numbers, now: float) -> bool:
        """Whether the page may stand in while a newer one is made: nothing that it shows was taken back since."""
        return self.numbers.removals == numbers.removals and now < self.until


def current(numbers: Numbers) -> Current:
    """The edition that these numbers make today."""
    return Current(numbers, next_due(numbers), f"{release()} {numbers.frame} {timezone.localdate()}")


def store(key: str, request, response) -> Kept:
    """Keeps the page that a view has made in the edition of this request."""
    edition, pieces = request.edition, getattr(request, "pieces", None)
    until = min(edition.due, getattr(request, "holds_until", edition.due))
    shared = [request.parts[int(number)] for number in pieces[1::2]] if pieces else []
    page = Kept(
        numbers=edition.numbers,
        until=until.timestamp(),
        own_until=request.holds_until.timestamp() if hasattr(request, "holds_until") else FOR_EVER,
        mark=edition.mark,
        etag=_etag(response.content),
        content_type=response["Content-Type"],
        headers=tuple((name, value) for name, value in response.items() if name not in _NOT_SET),
        packed=parts.pack(_BETWEEN.join(pieces[::2]) if pieces else response.content),
        shared=tuple((part.key, part.area) for part in shared),
        subject=getattr(request, "subject", None),
    )
    cache.set(key, page, KEPT_FOR)
    return page


def put_together(key: str, request, page: Kept) -> tuple[Kept, bytes] | None:
    """The page of a story in the edition of this request from its own pieces, as long as these hold.

    Only the places of blocks are made anew, where what stands in them has changed. None if a part is lost.
    """
    edition, now = request.edition, time.time()
    is_same = page.numbers.story == edition.numbers.story and page.mark == edition.mark
    if not (is_same and now < page.own_until):
        return None
    areas = [area for _key, area in page.shared if area]
    made = iter(areas_now(request, page.subject, areas)) if areas else iter(())
    fresh = [next(made) if area else None for _key, area in page.shared]
    keys = [part.key if part else key for part, (key, _area) in zip(fresh, page.shared, strict=True)]
    html = _html_of(keys, {part.key: part.html for part in fresh if part})
    if html is None:
        return None
    body = joined(_pieces_of(page), html)
    page = page._replace(
        numbers=edition.numbers,
        until=min(edition.due.timestamp(), page.own_until),
        etag=_etag(body),
        shared=tuple((part, area) for part, (_key, area) in zip(keys, page.shared, strict=True)),
    )
    cache.set(key, page, KEPT_FOR)
    return page, body


def body_of(page: Kept) -> bytes | None:
    """The whole text of a kept page; None if a part of it is lost."""
    html = _html_of([key for key, _area in page.shared])
    return None if html is None else joined(_pieces_of(page), html)


def _html_of(keys: list[str], made: dict[str, bytes] | None = None) -> list[bytes] | None:
    """The parts of these keys in turn, those that were just `made` and others from the cache; None if one is lost."""
    html = dict(made or {})
    missing = set(keys) - html.keys()
    html |= {key: parts.unpacked(packed) for key, packed in cache.get_many(missing).items()} if missing else {}
    return [html[key] for key in keys] if html.keys() >= set(keys) else None


def joined(pieces: Iterable[bytes], html: Iterable[bytes]) -> bytes:
    """Pieces and parts in turn."""
    return b"".join(chain.from_iterable(zip_longest(pieces, html, fillvalue=b"")))


def _pieces_of(page: Kept) -> list[bytes]:
    text = parts.unpacked(page.packed)
    return text.split(_BETWEEN) if page.shared else [text]


def answer(request, page: Kept, body: bytes | None = None):
    """The answer with a kept page, or 304 to whoever has it; None if a part of it is lost."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if page.etag in known or known == "*":
        response = HttpResponseNotModified()
    elif (body := body or body_of(page)) is not None:
        response = HttpResponse(body, content_type=page.content_type)
        response["Content-Length"] = str(len(body))
    else:
        return None
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = _shared_until(page.until)
    return response


def shared_for_a_moment(request, response):
    """A public answer that is not kept here; what may change at a known moment is not shown beyond it elsewhere."""
    if response.status_code in _SHARED and not (response.has_header("Cache-Control") or response.cookies):
        due = request.edition.due
        response["Cache-Control"] = _shared_until(min(due, getattr(request, "holds_until", due)).timestamp())
    return response


def may_be_kept(request, response) -> bool:
    """Only a whole page that says nothing of its own about keeping, to nobody in particular."""
    is_plain = response.status_code == HTTPStatus.OK and not response.streaming
    is_for_all = not (response.cookies or response.has_header("Cache-Control") or response.has_header("Vary"))
    is_parted = all(_BETWEEN not in piece for piece in getattr(request, "pieces", ())[::2])
    return is_plain and is_for_all and is_parted and not hasattr(request, "passes_by")


def _etag(body: bytes) -> str:
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def _shared_until(until: float) -> str:
    left = max(0, int(until - time.time()))
    fresh = min(SHARED_FOR, left)
    stale = min(STALE_FOR, left - fresh)
    return f"public, max-age=0, s-maxage={fresh}, stale-while-revalidate={stale}"
