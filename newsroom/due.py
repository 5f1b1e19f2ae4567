"""When time alone changes what readers see: a story appears or ends, a block comes or goes, a new day begins."""

from datetime import datetime, time, timedelta

from django.db import connections, router
from django.utils import timezone

from articles.edition import Numbers
from articles.memory import Latest
from articles.models import Article, Status
from blocks.models import Block

_of_edition = Latest(1)


def next_due(numbers: Numbers) -> datetime:
    """The next such moment, midnight at the latest. Asked of the database once for every number of the edition."""
    now = timezone.now()
    known = _of_edition.under(numbers.number)
    due = known.get("due")
    if due is None or due <= now:
        due = _asked(now)
        known.put("due", due)
    return due


def _asked(now: datetime) -> datetime:
    connection = connections[router.db_for_read(Article)]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [connection.ops.adapt_datetimefield_value(now)] * _SQL.count("%s"))
        found = cursor.fetchone()
    return min([_midnight(now), *(_moment(value, connection) for value in found if value)])


def _moment(value, connection) -> datetime:
    if isinstance(value, datetime):
        return value
    return connection.ops.convert_datetimefield_value(value, None, connection)


def _midnight(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


# Of stories that end, in any state: asked for published ones, SQLite looks through all of these. One that ends unseen
# does no harm.
_SQL = f"""
SELECT
  (SELECT MIN(published_at) FROM {Article._meta.db_table} WHERE status = '{Status.PUBLISHED}' AND published_at > %s),
  (SELECT MIN(expires_at) FROM {Article._meta.db_table} WHERE expires_at > %s),
  (SELECT MIN(starts_at) FROM {Block._meta.db_table} WHERE starts_at > %s),
  (SELECT MIN(ends_at) FROM {Block._meta.db_table} WHERE ends_at > %s)
"""  # noqa: S608 (our own names)
