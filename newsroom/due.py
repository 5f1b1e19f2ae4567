"""When time alone changes what readers see: a story appears or ends, a block comes or goes, a new day begins."""

from datetime import datetime, time, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from articles.edition import Numbers
from articles.models import Article, Status
from blocks.models import Block


def next_due(numbers: Numbers) -> datetime:
    """The next such moment, midnight at the latest. Asked of the database once for every number of the edition."""
    now = timezone.now()
    known_for, due = _known
    if known_for != numbers.number or due <= now:
        due = _asked(now)
        _remember(numbers.number, due)
    return due


def _asked(now: datetime) -> datetime:
    coming = Article.objects.filter(status=Status.PUBLISHED, published_at__gt=now).aggregate(at=Min("published_at"))
    # In any state: asked for published ones, SQLite looks through all of them. One that ends unseen does no harm.
    ending = Article.objects.filter(expires_at__gt=now).aggregate(at=Min("expires_at"))
    blocks = Block.objects.aggregate(
        starts=Min("starts_at", filter=Q(starts_at__gt=now)), ends=Min("ends_at", filter=Q(ends_at__gt=now))
    )
    return min(filter(None, [_midnight(now), *coming.values(), *ending.values(), *blocks.values()]))


def _midnight(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


# The number that was asked for last, and the answer: of this process, and right for every other.
_known: tuple[int, datetime] = (0, datetime.min.replace(tzinfo=timezone.get_default_timezone()))


def _remember(number: int, due: datetime) -> None:
    global _known
    _known = number, due
