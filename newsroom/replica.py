"""Readers' pages from a copy of the database that follows the first, where DATABASE_REPLICA_URL names one.

A copy is a moment behind. So all of a request reads from one database, the numbers of the edition as well as what they
stand for: a page that the copy gave is never kept under a number that only the first database knows.

What was taken back must not be shown on because the copy has not heard of it: a copy that lacks a removal is not read.
"""

import logging
import threading
import time
from contextlib import suppress
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connections

from articles import edition

logger = logging.getLogger(__name__)

PRIMARY, REPLICA = "default", "replica"

# Seconds between two questions of a process whether the copy lacks a removal: for twice as long at most, beside the ten
# seconds of shared caches, readers may see what was withdrawn. It costs each database a tenth of a millisecond.
GLANCE = 0.5
AWAY = (OperationalError, InterfaceError)

# Where somebody looks for what was written a moment ago: staff, the sender of a comment, whoever got a preview link;
# and the operator's watch, which asks for the first database.
PRIMARY_ONLY = ("/admin/", "/binh-luan/", "/xem-truoc/", "/healthz", "/readyz")


class Reading:
    """From which database a request reads. Decided by its first question, and once: at most it turns to the first."""

    def __init__(self):
        self._alias = None

    def alias(self) -> str:
        if self._alias is None:
            self._alias = REPLICA if _is_there() and _follows() else PRIMARY
        return self._alias

    def turn_to_primary(self) -> None:
        self._alias = PRIMARY


# The public request that this thread answers; None for every other one, and for commands.
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    """For DATABASE_ROUTERS. Never leaves the choice to where a row came from: rows outlive requests."""

    def db_for_read(self, model, **hints):
        reading = _reading.get()
        return reading.alias() if reading else PRIMARY

    def db_for_write(self, model, **hints):
        """Whoever has written reads what was written."""
        if reading := _reading.get():
            reading.turn_to_primary()
        return PRIMARY

    def allow_relation(self, obj1, obj2, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


class ReadReplica:
    """Marks the requests that may read from the copy; answers anew from the first database if the copy went away."""

    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if not _is_public(request):
            return self.get_response(request)
        reading = Reading()
        token = _reading.set(reading)
        try:
            response = self.get_response(request)
            # Set by errors.database_away. Only the copy may be away, and reading twice does no harm.
            if getattr(response, "is_database_away", False) and reading.alias() == REPLICA:
                reading.turn_to_primary()
                response = self.get_response(request)
            return response
        finally:
            _reading.reset(token)


def _is_public(request) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(PRIMARY_ONLY)
    )


def _is_there() -> bool:
    """Whether the copy can be reached. One that is away is asked again after a while (newsroom/postgresql/base.py)."""
    try:
        connections[REPLICA].ensure_connection()
    except AWAY:
        return False
    return True


class _Watch:
    """Whether the copy knows of every removal that the first database is known to have made.

    One thread asks; the others go by the last answer while it is young, and else wait for the new one.
    """

    def __init__(self):
        self._asking = threading.Lock()
        self._follows, self._as_of = True, -2.0 * GLANCE
        self._wanted = 0

    def follows(self) -> bool:
        age = time.monotonic() - self._as_of
        if age < GLANCE:
            return self._follows
        if self._asking.acquire(blocking=age >= 2 * GLANCE):
            try:
                began = time.monotonic()
                if began - self._as_of >= GLANCE:
                    self._follows = self._ask()
                    self._as_of = began
            finally:
                self._asking.release()
        return self._follows

    def _ask(self) -> bool:
        # Without the first database nobody takes anything back, and what was known to be taken back stays so.
        with suppress(*AWAY):
            self._wanted = edition.removals(PRIMARY)
        try:
            follows = edition.removals(REPLICA) >= self._wanted
        except AWAY:
            return False
        if follows != self._follows:
            told = "has caught up" if follows else "lacks a removal, not read meanwhile"
            logger.warning("database 'replica' %s", told)
        return follows


_follows = _Watch().follows
