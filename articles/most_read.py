"""The lists of the most read stories of a day, a week and a month: reckoned by `tick`, stored, and only read by pages.

The weight of a reading halves with each quarter of the period that has passed since its hour, and ends with the period:

    score = sum over the hours of the period: count · 2^(-age in hours / (period in hours / 4))

So the day's list follows the day (what was read at breakfast counts half by noon), and in each list a story falls when
it is read less, not when its best hour drops out of the period.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Power
from django.utils import timezone

from . import edition
from .counting import HOUR
from .models import Article, MostRead, Period, ReadingHour, Status

HOURS = {Period.DAY: 24, Period.WEEK: 7 * 24, Period.MONTH: 30 * 24}
HALVINGS = 4
# A list is reckoned anew when 1/288 of its period has passed: the day's after five minutes, the week's after half an
# hour. More often nobody would notice, and each new order makes every page that shows it anew.
REFRESHES = 288
# A block shows 30 stories at most; the others stand in for those that were taken down since, or stand elsewhere on
# the page.
PLACES = 100
# Hourly rows serve the longest list, and a day more for whoever compares.
KEPT_HOURS = HOURS[Period.MONTH] + 24
# Hourly rows deleted, and stories brought up to date, in one transaction.
PORTION = 500
# Rows deleted in one run of `tick`; a busy paper writes fewer in that time.
A_RUN = 10_000


def ranked(stories: QuerySet, period: str) -> QuerySet:
    """Those of the stories that stand in the stored list of a period, in its order."""
    return stories.filter(ranks__period=period).order_by("ranks__rank")


def refresh_due(now: datetime | None = None) -> int:
    """Reckons the lists whose time has come; returns how many have another order than before."""
    now = now or timezone.now()
    made = dict(MostRead.objects.order_by().values_list("period").annotate(made=Max("made_at")))
    due = [period for period in Period if period not in made or made[period] + _pause(period) <= now]
    return sum([refresh(period, now) for period in due])


def refresh(period: str, now: datetime | None = None) -> bool:
    """Reckons one list, and with the week's the readings that each story carries; True if the order has changed."""
    now = now or timezone.now()
    best = list(_scores(period, now).values_list("article", flat=True)[: 2 * PLACES])
    visible = set(Article.objects.published(now).filter(pk__in=best).values_list("pk", flat=True))
    changed = _store(period, [pk for pk in best if pk in visible][:PLACES], now)
    if period == Period.WEEK:
        _carry(now)
    return changed


def forget_old(now: datetime | None = None) -> int:
    """Deletes hourly rows that serve no list any more, A_RUN of them at most; returns how many."""
    old = ReadingHour.objects.filter(hour__lt=hour_of(now or timezone.now()) - KEPT_HOURS).order_by("hour")
    keys, deleted = list(old.values_list("pk", flat=True)[:A_RUN]), 0
    for start in range(0, len(keys), PORTION):
        deleted += ReadingHour.objects.filter(pk__in=keys[start : start + PORTION]).delete()[0]
    return deleted


def hour_of(moment: datetime) -> int:
    """The number of a moment's hour, as ReadingHour counts them."""
    return int(moment.timestamp()) // HOUR


def _pause(period: str) -> timedelta:
    return timedelta(hours=HOURS[period]) / REFRESHES


def _scores(period: str, now: datetime) -> QuerySet:
    """Rows with `article` and `score`, the best first; of two alike the younger story."""
    present, length = hour_of(now), HOURS[period]
    weight = Power(Value(2.0), (F("hour") - Value(present)) * Value(HALVINGS / length))
    return _rows(period, now).values("article").annotate(score=Sum(F("count") * weight)).order_by("-score", "-article")


def _rows(period: str, now: datetime) -> QuerySet:
    present = hour_of(now)
    return ReadingHour.objects.filter(hour__gt=present - HOURS[period], hour__lte=present)


@transaction.atomic
def _store(period: str, ids: list[int], now: datetime) -> bool:
    """Writes a list over the one before it; two who do so at once write one after the other."""
    stored = MostRead.objects.filter(period=period)
    before = list(stored.order_by("rank").values_list("article", flat=True))
    if before == ids:
        stored.update(made_at=now)
        return False
    MostRead.objects.bulk_create(
        [MostRead(period=period, rank=rank, article_id=pk, made_at=now) for rank, pk in enumerate(ids, start=1)],
        update_conflicts=True,
        unique_fields=["period", "rank"],
        update_fields=["article", "made_at"],
    )
    stored.filter(rank__gt=len(ids)).delete()
    edition.bump_order()
    return True


def _carry(now: datetime) -> None:
    """Brings `Article.readings` to the scores of the week, touching only rows in which the number is another.

    What is held in memory is the changes alone: half of an archive may have been read within the week.
    """
    by_score: dict[int, list[int]] = {}
    scores = _scores(Period.WEEK, now).order_by().values_list("article", "article__readings", "score")
    for pk, carried, score in scores.iterator():
        if round(score) != carried:
            by_score.setdefault(round(score), []).append(pk)
    # Any state, named, so that the index of states and readings answers.
    carrying = Article.objects.filter(status__in=Status.values, readings__gt=0).order_by()
    unread = carrying.exclude(Exists(_rows(Period.WEEK, now).filter(article=OuterRef("pk"))))
    by_score.setdefault(0, []).extend(unread.values_list("pk", flat=True).iterator())
    for score, keys in by_score.items():
        for start in range(0, len(keys), PORTION):
            Article.objects.filter(pk__in=keys[start : start + PORTION]).update(readings=score)
