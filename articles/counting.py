"""The counter of readings: kept in memory for some seconds, then written by the hour, many in one go.

A request only notes; it never waits for the database. In a server's process (newsroom/preloading.py) a thread writes,
and what is left is written when the process ends in order. Killed hard, it loses WRITE_AFTER seconds at most.
"""

import atexit
import logging
import threading
import time

from django.db import Error, connection, transaction

from .models import Article, ReadingHour

HOUR = 60 * 60
# Seconds between two writings of a worker: a hundred readings of one story become one row, and an editor who looks for
# the last minute finds it.
WRITE_AFTER = 10
# Stories with unwritten readings. More are read in ten seconds by nobody but machines that make up numbers; together
# they take two megabytes. While the database is away the stories that came first go on being counted.
STORIES_AT_MOST = 10_000
# Stories in one transaction: others who write to SQLite wait for some milliseconds.
PORTION = 500

logger = logging.getLogger(__name__)


class ReadingCounter:
    """Readings that are not in the database yet, by story and hour. Safe among threads."""

    def __init__(self, write_after: float = WRITE_AFTER):
        self._write_after = write_after
        self._lock = threading.Lock()  # Over the numbers; held for no longer than it takes to add one.
        self._writing = threading.Lock()  # One writes at a time; who comes to the end waits for who is at it.
        self._counts: dict[tuple[int, int], int] = {}
        self._writes_itself = False
        self._writer: threading.Thread | None = None

    def write_by_itself(self) -> None:
        """From now on what is noted in this process is written every so many seconds and at its end.

        The thread begins with a reading, so a process that divides before it serves has none to lose, and it ends when
        there is nothing to write.
        """
        if not self._writes_itself:
            self._writes_itself = True
            atexit.register(self.write)

    def note(self, article_id: int, at: float | None = None) -> None:
        """One more reading of a story that need not exist, at a moment in seconds since 1970 (now, if not given)."""
        key = (article_id, int(time.time() if at is None else at) // HOUR)
        with self._lock:
            if key in self._counts or len(self._counts) < STORIES_AT_MOST:
                self._counts[key] = self._counts.get(key, 0) + 1
            if self._writes_itself and not (self._writer and self._writer.is_alive()):
                self._writer = threading.Thread(target=self._go_on, name="readings", daemon=True)
                self._writer.start()

    def write(self) -> int:
        """Writes what has been noted; returns the number of readings. What cannot be written is kept for next time."""
        with self._writing:
            with self._lock:
                taken, self._counts = self._counts, {}
            left, written = sorted(taken), 0
            try:
                while left:
                    written += _store({key: taken[key] for key in left[:PORTION]})
                    left = left[PORTION:]
            except Error:
                logger.warning("readings of %d stories wait for the database", len(left), exc_info=True)
            finally:
                self._put_back({key: taken[key] for key in left})
            return written

    def forget(self) -> None:
        """Drops what has not been written."""
        with self._lock:
            self._counts = {}

    def _put_back(self, counts: dict[tuple[int, int], int]) -> None:
        with self._lock:
            for key, count in counts.items():
                if key in self._counts or len(self._counts) < STORIES_AT_MOST:
                    self._counts[key] = self._counts.get(key, 0) + count

    def _go_on(self) -> None:
        while self._has_work():
            time.sleep(self._write_after)
            self.write()
            connection.close()  # For some milliseconds in ten seconds no connection need be held.

    def _has_work(self) -> bool:
        with self._lock:
            if not self._counts:
                self._writer = None
            return bool(self._counts)


counter = ReadingCounter()


def add(counts: dict[tuple[int, int], int]) -> None:
    """Adds readings to the hourly rows; `counts` by (article id, hour since 1970). The stories must exist."""
    if not counts:
        return
    table, quote = ReadingHour._meta.db_table, connection.ops.quote_name
    # Two who write the same hour meet in the same order (sorted), and neither overwrites the other's number.
    rows = [(article_id, hour, counts[article_id, hour]) for article_id, hour in sorted(counts)]
    sql = (
        f"INSERT INTO {quote(table)} (article_id, hour, count) VALUES (%s, %s, %s)"  # noqa: S608 (our own table)
        f" ON CONFLICT (article_id, hour) DO UPDATE SET count = {quote(table)}.count + excluded.count"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _store(counts: dict[tuple[int, int], int]) -> int:
    """Writes one portion, but for stories that readers may not see; returns the number of readings."""
    with transaction.atomic():
        asked = {article_id for article_id, _hour in counts}
        visible = set(Article.objects.published().filter(pk__in=asked).values_list("pk", flat=True))
        kept = {key: count for key, count in counts.items() if key[0] in visible}
        add(kept)
    return sum(kept.values())
