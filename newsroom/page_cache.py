"""Public pages are made once for all readers, and kept until something they show has changed.

A view that is marked with `articles.keeping.kept` may have its page kept. Whether a kept page still holds is asked of
the database's numbers (articles/edition.py), so that any number of processes agree without telling each other.
"""

import time
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotModified, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from articles import edition
from articles.edition import Numbers
from articles.keeping import Rule

from .due import next_due
from .release import release

# What a shared cache may do with a page, in seconds: show it for so long, and for so long again while it asks for a
# new one. Together the time after which a story that was withdrawn is gone everywhere (DESIGN 7).
SHARED_FOR, STALE_FOR = 5, 5
# A page is put away for a day: by midnight it is out of date anyway.
KEPT_FOR = 24 * 60 * 60
# Whoever makes a page anew has so many seconds before somebody else tries; far more than any page takes.
MAKING = 10
# How long to wait for a page that somebody else is making when there is nothing older to show, and between two looks.
PATIENCE, GLANCE = 2.0, 0.02
# With the database away, pages under the newest numbers that were read go on being shown for so many seconds: the time
# of a restart, and less than the time in which a newspaper's reader would call them wrong.
SHOWN_WITHOUT_DATABASE = 5 * 60
# Seconds for which a database that was away is not asked again for kept pages: each asking may take as long itself.
LEFT_ALONE = 2
# Addresses whose view is remembered, and the longest of them: ours are shorter, and a flood must not fill the memory.
REMEMBERED, PATH_LIMIT = 5000, 300

# The largest number that a database keeps as an id.
ID_LIMIT = 2**63 - 1

_AWAY = (OperationalError, InterfaceError)
_NOT_SET = {"Content-Type", "Content-Length", "ETag", "Cache-Control"}


class Kept(NamedTuple):
    """A page as it was made: under which numbers, and the moment (seconds since 1970) until which it holds."""

    numbers: Numbers
    until: float
    etag: str
    content_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def holds(self, numbers: Numbers, now: float) -> bool:
        return self.numbers == numbers and now < self.until

    def may_be_shown(self, numbers: Numbers, now: float) -> bool:
        """Whether the page may stand in while a newer one is made: nothing that it shows was taken back since."""
        return self.numbers.removals == numbers.removals and now < self.until


class PageCache:
    """Answers from what is kept; else has the page made, by one for all who wait, and keeps it.

    Whoever brings a session cookie gets pages made for the moment, and nothing of theirs is kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        rule, story = _rule_of(request)
        if rule is None:
            return self.get_response(request)
        _leave_out_unknown(request, rule)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _for_one_person(self.get_response(request))
        if any(name in request.GET for name in rule.private):
            return self.get_response(request)
        if not rule.is_kept or request.GET:
            return _shared_for_a_moment(request, self.get_response(request), _read.numbers(None))
        return self._of_all(request, story)

    def _of_all(self, request, story: int | None):
        request.get_host()  # Refuses hosts that are not ours, as a page that is made would.
        key, now = _key(request), time.time()
        try:
            numbers = _read.numbers(story)
        except _AWAY:
            page = cache.get(key)
            if page and _read.is_newest(page.numbers) and now < page.until:
                return _answer(request, page)
            raise
        page = cache.get(key)
        if page and page.holds(numbers, now):
            return _answer(request, page)
        lock = f"{key}:making"
        if not cache.add(lock, 1, MAKING):
            if page and page.may_be_shown(numbers, now):
                return _answer(request, page)
            if page := _waited_for(key, numbers):
                return _answer(request, page)
        try:
            return self._made(request, key, numbers)
        finally:
            cache.delete(lock)

    def _made(self, request, key: str, numbers: Numbers):
        response = self.get_response(request)
        if not _may_be_kept(request, response):
            return _shared_for_a_moment(request, response, numbers)
        page = _page_of(request, response, numbers)
        cache.set(key, page, KEPT_FOR)
        return _answer(request, page)


class _LastRead:
    """The newest numbers that this process has read, for the time when the database is away."""

    def __init__(self):
        self.newest, self.at, self.missed = Numbers(), 0.0, -LEFT_ALONE

    def numbers(self, story: int | None) -> Numbers:
        if time.monotonic() - self.missed < LEFT_ALONE:
            raise OperationalError("The database was away a moment ago.")
        try:
            numbers = edition.numbers(story)
        except _AWAY:
            self.missed = time.monotonic()
            raise
        self.newest, self.at = numbers, time.monotonic()
        return numbers

    def is_newest(self, numbers: Numbers) -> bool:
        same = (numbers.number, numbers.removals) == (self.newest.number, self.newest.removals)
        return same and time.monotonic() - self.at < SHOWN_WITHOUT_DATABASE


_read = _LastRead()


def _rule_of(request) -> tuple[Rule | None, int | None]:
    if request.method not in ("GET", "HEAD") or len(request.path_info) > PATH_LIMIT:
        return None, None
    return _rule_at(request.path_info)


@lru_cache(maxsize=REMEMBERED)
def _rule_at(path: str) -> tuple[Rule | None, int | None]:
    """What the view of a path says of its pages, and the id of the story that it is about."""
    try:
        match = resolve(path)
    except Resolver404:
        return None, None
    rule = getattr(match.func, "keeping", None)
    story = int(match.kwargs[rule.story]) if rule and rule.story else None
    return (None, None) if story and story > ID_LIMIT else (rule, story)


def _leave_out_unknown(request, rule: Rule) -> None:
    """Takes from the query what the view does not read, so that no page differs by it, in its links for instance."""
    if not request.META.get("QUERY_STRING"):
        return
    known = {name: request.GET[name] for name in (*rule.passes, *rule.private) if name in request.GET}
    request.META["QUERY_STRING"] = urlencode(known)
    request.GET = QueryDict(request.META["QUERY_STRING"])


def _key(request) -> str:
    address = f"{release()} {request.scheme} {request.path_info}"
    return f"page:{blake2b(address.encode(), digest_size=16).hexdigest()}"


def _waited_for(key: str, numbers: Numbers) -> Kept | None:
    """The page that somebody else is making, once it is there; None if it takes too long."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        time.sleep(GLANCE)
        page = cache.get(key)
        if page and page.holds(numbers, time.time()):
            return page
    return None


def _may_be_kept(request, response) -> bool:
    """Only a whole page that says nothing of its own about keeping, to nobody in particular."""
    is_plain = response.status_code == HTTPStatus.OK and not response.streaming
    is_for_all = not (response.cookies or response.has_header("Cache-Control") or response.has_header("Vary"))
    return is_plain and is_for_all and not hasattr(request, "passes_by")


def _page_of(request, response, numbers: Numbers) -> Kept:
    return Kept(
        numbers=numbers,
        until=_until(request, numbers),
        etag=f'"{blake2b(response.content, digest_size=12).hexdigest()}"',
        content_type=response["Content-Type"],
        headers=tuple((name, value) for name, value in response.items() if name not in _NOT_SET),
        body=response.content,
    )


def _answer(request, page: Kept):
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if page.etag in known or known == "*":
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = page.etag
    response["Cache-Control"] = _shared_until(page.until)
    return response


def _until(request, numbers: Numbers) -> float:
    due = next_due(numbers)
    return min(due, getattr(request, "holds_until", due)).timestamp()


def _shared_for_a_moment(request, response, numbers: Numbers):
    """A public answer that is not kept here; what may change at a known moment is not shown beyond it elsewhere."""
    moving = response.status_code in (HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.NOT_FOUND)
    if moving and not (response.has_header("Cache-Control") or response.cookies):
        response["Cache-Control"] = _shared_until(_until(request, numbers))
    return response


def _shared_until(until: float) -> str:
    left = max(0, int(until - time.time()))
    fresh = min(SHARED_FOR, left)
    stale = min(STALE_FOR, left - fresh)
    return f"public, max-age=0, s-maxage={fresh}, stale-while-revalidate={stale}"


def _for_one_person(response):
    response["Cache-Control"] = "private, no-store"
    return response
