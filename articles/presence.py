"""Who has a story open at the desk, and who holds it: the first to open it, until a colleague takes over.

It is advice and no wall: what is saved is guarded by versions (revising.py). Windows report every few seconds; one that
falls silent, or says goodbye, is gone by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Article, Presence
from .models.presence import PARTING

# Rows also say which story a new form has become; a form left open over night still finds its own.
KEPT_FOR = timedelta(days=2)


class Claimed(Exception):
    """The form of a new story has become a story already."""


@dataclass(frozen=True)
class Standing:
    """How one window stands: who else has the story open, the holder first, and whether this window holds it."""

    others: list[Presence]
    holds: bool

    @property
    def holder(self) -> Presence | None:
        """The other window that holds the story."""
        return None if self.holds or not self.others or not self.others[0].holds_since else self.others[0]


def report(*, article: Article, by, tab: str) -> Standing:
    """Notes that a window has the story open; it holds the story if nobody else does.

    A person's new window goes on where their last one was: it may have been lost with the network, or is forgotten.
    """
    now = timezone.now()
    is_new = not _own(by, tab).update(article=article, seen_at=now, left_at=None)
    if is_new:
        _enter(article, by, tab)
    rows = list(_open_windows(article, now))
    own = next((row for row in rows if (row.user_id, row.tab) == (by.pk, tab)), None)
    before = [row for row in rows if row is not own and row.user_id == by.pk and (row.left_at or is_new)]
    others = [row for row in rows if row is not own and not (row.user_id == by.pk and row.left_at)]
    if own and before:
        _inherit(own, before)
    if own and not own.holds_since and not any(row.holds_since for row in others):
        _own(by, tab).update(holds_since=now)
        own.holds_since = now
    return _standing(own, others)


def take_over(*, article: Article, by, tab: str) -> Standing:
    """Makes a window the story's holder; the others learn it by their next report."""
    if not _own(by, tab).update(article=article, seen_at=timezone.now(), left_at=None):
        _enter(article, by, tab)
    Presence.objects.filter(article=article, holds_since__isnull=False).update(holds_since=None)
    _own(by, tab).update(holds_since=timezone.now())
    return report(article=article, by=by, tab=tab)


def leave(*, by, tab: str) -> None:
    """A window says goodbye."""
    _own(by, tab).update(left_at=timezone.now())


def elsewhere(article: Article, by, tab: str) -> Standing:
    """How a window stands that has not reported yet; writes nothing."""
    rows = _open_windows(article)
    return _standing(None, [row for row in rows if row.tab != tab and not (row.user_id == by.pk and row.left_at)])


def claim(*, article: Article, by, tab: str) -> None:
    """Notes which story the form of a new one has become; raises Claimed if it is one already."""
    if not tab:
        return
    try:
        with transaction.atomic():
            Presence.objects.create(article=article, user=by, tab=tab, holds_since=timezone.now())
    except IntegrityError as error:
        raise Claimed from error


def story_of(by, tab: str) -> int | None:
    """The number of the story that a window's form stands for, if it was kept already."""
    return _own(by, tab).values_list("article", flat=True).first() if tab else None


def clean_up(now: datetime | None = None) -> int:
    """Forgets windows that have been closed for long; returns how many."""
    return Presence.objects.filter(seen_at__lt=(now or timezone.now()) - KEPT_FOR).delete()[0]


def told(standing: Standing, by) -> str:
    """Who else has the story open, as a sentence or two; empty if nobody has."""
    holder = standing.holder
    first = {row.user_id: row for row in reversed(standing.others)}
    return " ".join(_told_of(row, by, is_holder=row is holder) for row in standing.others if first[row.user_id] is row)


def told_taken(standing: Standing, by) -> str:
    """What a window is told that has lost the story; empty if nobody else holds it."""
    if not standing.holder:
        return ""
    words = {"name": standing.holder.user, "time": _clock(standing.holder.holds_since)}
    if standing.holder.user_id == by.pk:
        return _("You went on with this story in another window at %(time)s.") % words
    return _("%(name)s took the story over at %(time)s.") % words


def _told_of(row: Presence, by, *, is_holder: bool) -> str:
    words = {"name": row.user, "time": _clock(row.opened_at)}
    if row.user_id == by.pk:
        return _("You have this story open in another window (since %(time)s).") % words
    if is_holder:
        return _("%(name)s has this story open (since %(time)s).") % words
    return _("%(name)s has this story open, too (since %(time)s).") % words


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def _own(by, tab: str):
    return Presence.objects.filter(user=by, tab=tab)


def _enter(article: Article, by, tab: str) -> None:
    try:
        with transaction.atomic():
            Presence.objects.create(article=article, user=by, tab=tab)
    except IntegrityError:
        # The same window has reported twice in one moment, and one of the two was first.
        pass


def _inherit(own: Presence, before: list[Presence]) -> None:
    """What a person has in other windows, or has just left by saving or loading anew, goes on in this one."""
    own.opened_at = min(row.opened_at for row in [own, *before])
    own.holds_since = timezone.now() if any(row.holds_since for row in [own, *before]) else None
    own.save(update_fields=["opened_at", "holds_since"])
    Presence.objects.filter(pk__in=[row.pk for row in before]).update(holds_since=None)
    Presence.objects.filter(pk__in=[row.pk for row in before if row.left_at]).update(left_at=own.seen_at - PARTING)
    for row in before:
        row.holds_since = None


def _open_windows(article: Article, now: datetime | None = None):
    return Presence.objects.filter(article=article).here(now).select_related("user").order_by("opened_at", "pk")


def _standing(own: Presence | None, others: list[Presence]) -> Standing:
    """Of two that opened the story in one instant the later holder counts, as after a taking over."""
    holders = sorted((row for row in [own, *others] if row and row.holds_since), key=lambda row: row.holds_since)
    holder = holders[-1] if holders else None
    if holder and holder is not own:
        others = [holder, *(row for row in others if row is not holder)]
    return Standing(others, holds=holder is not None and holder is own)
