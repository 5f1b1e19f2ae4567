"""Public pages are made once for all readers, and kept until something they show has changed.

A view that is marked with `articles.keeping.kept` may have its page kept. Whether a kept page still holds is asked of
the database's numbers (articles/edition.py), so that any number of processes agree without telling each other.
"""

import time
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from articles import edition, parts
from articles.edition import Numbers
from articles.keeping import Rule
from articles.reading import LARGEST_ID

from . import kept_pages
from .errors import database_away, is_database_away
from .kept_pages import Kept
from .release import release

# Whoever makes a page anew has so many seconds before somebody else tries; far more than any page takes.
MAKING = 10
# How long to wait for a page that somebody else is making when there is nothing older to show, and between two looks.
PATIENCE, GLANCE = 2.0, 0.02
# With the database away, pages under the newest numbers that were read go on being shown for so many seconds: the time
# of a restart, and less than the time in which a newspaper's reader would call them wrong.
SHOWN_WITHOUT_DATABASE = 5 * 60
# Addresses whose view is remembered, and the longest of them: ours are shorter, and a flood must not fill the memory.
REMEMBERED, PATH_LIMIT = 5000, 300
# Of an address that leads nowhere: many of those are asked for in vain, by programs that look for holes.
UNKNOWN = Rule(is_kept=False)


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
            return self._for_a_moment(request)
        request.get_host()  # Refuses hosts that are not ours, as a page that is made would.
        return self._of_all(request, _key(request), story)

    def _for_a_moment(self, request):
        numbers = _read.numbers(None)
        if numbers is None:
            return database_away(request)
        return kept_pages.shared_for_a_moment(request, self._from_view(request, numbers))

    def _of_all(self, request, key: str, story: int | None):
        page, now = cache.get(key), time.time()
        numbers = _read.numbers(story)
        if numbers is None:
            return self._without_database(request, page)
        if page and page.holds(numbers, now) and (response := kept_pages.answer(request, page)):
            return response
        lock = f"{key}:making"
        is_ours = cache.add(lock, 1, MAKING)
        if not is_ours and (response := self._meanwhile(request, key, page, numbers)):
            return response
        try:
            # Somebody else may have made it between the look at it and the lock.
            page = cache.get(key)
            if page and page.holds(numbers, time.time()) and (response := kept_pages.answer(request, page)):
                return response
            return self._anew(request, key, page, numbers, is_story=story is not None)
        finally:
            if is_ours:
                cache.delete(lock)

    def _without_database(self, request, page: Kept | None):
        """The page as it was last known to hold, else 503."""
        is_newest = page and _read.is_newest(page.numbers) and time.time() < page.until
        return (is_newest and kept_pages.answer(request, page)) or database_away(request)

    def _meanwhile(self, request, key: str, page: Kept | None, numbers: Numbers):
        """What to show while somebody else makes the page: the one before it, or else theirs; None if it fails."""
        if page and page.may_be_shown(numbers, time.time()):
            return kept_pages.answer(request, page)
        page = _waited_for(key, numbers)
        return page and kept_pages.answer(request, page)

    def _anew(self, request, key: str, page: Kept | None, numbers: Numbers, *, is_story: bool):
        if page and is_story:
            _begin(request, numbers)
            if made := kept_pages.put_together(key, request, page):
                return kept_pages.answer(request, *made)
        response = self._from_view(request, numbers)
        if not kept_pages.may_be_kept(request, response):
            return kept_pages.shared_for_a_moment(request, response)
        return kept_pages.answer(request, kept_pages.store(key, request, response), response.content)

    def _from_view(self, request, numbers: Numbers):
        """The answer of the view, its shared parts put in."""
        _begin(request, numbers)
        response = self.get_response(request)
        if request.parts and not response.streaming:
            request.pieces = parts.split(response.content)
            html = [request.parts[int(number)].html for number in request.pieces[1::2]]
            response.content = kept_pages.joined(request.pieces[::2], html)
            if response.has_header("Content-Length"):  # Told by a middleware that has seen the tokens.
                response["Content-Length"] = str(len(response.content))
        return response


class _LastRead:
    """The newest numbers that this process has read, for the time when the database is away."""

    def __init__(self):
        self.newest, self.at = Numbers(), 0.0

    def numbers(self, story: int | None) -> Numbers | None:
        """The numbers as they stand; None while the database is away."""
        try:
            numbers = edition.numbers(story)
        except (DatabaseError, InterfaceError) as error:
            if not is_database_away(error):
                raise
            return None
        self.newest, self.at = numbers, time.monotonic()
        return numbers

    def is_newest(self, numbers: Numbers) -> bool:
        same = (numbers.number, numbers.removals) == (self.newest.number, self.newest.removals)
        return same and time.monotonic() - self.at < SHOWN_WITHOUT_DATABASE


_read = _LastRead()


def _begin(request, numbers: Numbers) -> None:
    """From here on what is made for this request belongs to the edition of these numbers."""
    request.edition, request.parts = kept_pages.current(numbers), []


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
        return UNKNOWN, None
    rule = getattr(match.func, "keeping", None)
    story = int(match.kwargs[rule.story]) if rule and rule.story else None
    return (None, None) if story and story > LARGEST_ID else (rule, story)


def _leave_out_unknown(request, rule: Rule) -> None:
    """Takes from the query what the view does not read, so that no page differs by it, in its links for instance."""
    if not request.META.get("QUERY_STRING"):
        return
    known = {name: request.GET[name] for name in (*rule.passes, *rule.private) if name in request.GET}
    request.META["QUERY_STRING"] = urlencode(known)
    request.GET = QueryDict(request.META["QUERY_STRING"])


def _key(request) -> str:
    address = f"{release()} {request.scheme} {request.path_info}"
    return f"packed-page:{blake2b(address.encode(), digest_size=16).hexdigest()}"


def _waited_for(key: str, numbers: Numbers) -> Kept | None:
    """The page that somebody else is making, once it is there; None if it takes too long."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        time.sleep(GLANCE)
        is_made = cache.get(f"{key}:making") is None  # Asked first: the page is put away before the lock goes.
        page = cache.get(key)
        if page and page.holds(numbers, time.time()):
            return page
        if is_made:
            return None  # It was nothing to keep: a 404, a 410, a redirect.
    return None


def _for_one_person(response):
    response["Cache-Control"] = "private, no-store"
    return response
