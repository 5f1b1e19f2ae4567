"""What waits at the desk, and for whom: the queries of its front door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import duties
from articles.dates import weekday
from articles.models import Act, Article, ArticleEvent, Correction, Picture, Plan, Status

# A story that has waited so long at one gate is told in amber: a paper's day is over by then.
OVERDUE = timedelta(hours=4)
# A picture whose time of use ends so soon is told, while it still stands in stories.
EXPIRING = timedelta(days=7)
# This week and the next: what is due on Monday is planned on Friday.
CALENDAR_DAYS = 14
# A day of the calendar names so many stories; more are counted.
CALENDAR_SHOWN = 4
# How far back waiting times are looked at.
MEASURED = timedelta(days=14)
# The gates at which a story waits for somebody else.
GATES = {Status.SUBMITTED: _("Waiting for an editor"), Status.EDITED: _("Waiting for release")}

_HEAVY = ("body", "body_html", "search_text")


def waiting_for(user) -> QuerySet:
    """Stories of colleagues that wait for this person, longest first, each with `since`, the moment of its last act."""
    return _with_last_act(duties.waiting_for(user)).order_by(F("since").asc(nulls_last=True), "updated_at")


def returned_to(user) -> QuerySet:
    """Drafts of this person that came back, each with `reason` and `returned_by`."""
    return _with_last_act(drafts_of(user)).filter(last_act=Act.SEND_BACK).order_by("-since")


def drafts_of(user) -> QuerySet:
    return Article.objects.filter(created_by=user, status=Status.DRAFT).order_by("-updated_at").defer(*_HEAVY)


def plans_for(user) -> QuerySet:
    """What this person is to write, and what anybody may take; for who hands out plans, all that nobody has begun."""
    plans = Plan.objects.open().select_related("section__parent", "assigned_to")
    return plans if user.has_perm("articles.change_plan") else plans.filter(Q(assigned_to=user) | Q(assigned_to=None))


def today(now: datetime) -> dict[str, QuerySet]:
    """Stories that came out today, and those that will."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = Article.objects.filter(
        status=Status.PUBLISHED, published_at__gte=start, published_at__lt=start + timedelta(days=1)
    ).defer(*_HEAVY)
    return {
        "out": day.filter(published_at__lte=now).order_by("-published_at"),
        "ahead": day.filter(published_at__gt=now).order_by("published_at"),
    }


def missed(now: datetime) -> QuerySet:
    """Stories whose planned time has gone by without their release, the oldest time first; their status says why."""
    unreleased = (Status.DRAFT, Status.SUBMITTED, Status.EDITED)
    due = Article.objects.filter(status__in=unreleased, published_at__lte=now)
    return due.order_by("published_at").defer(*_HEAVY)


def expiring_pictures(day) -> QuerySet:
    """Pictures that stand in stories of the paper and whose time of use has ended or ends soon."""
    placed = Q(placings__article__status=Status.PUBLISHED) | Q(led_articles__status=Status.PUBLISHED)
    return Picture.objects.filter(placed, use_until__lte=day + EXPIRING).distinct().order_by("use_until")


def open_corrections() -> QuerySet:
    """Corrections that have been asked for and not announced, the most urgent first."""
    waiting = Correction.objects.filter(published_at__isnull=True).select_related("article")
    return waiting.order_by(F("due_on").asc(nulls_last=True), "created_at")


# --- How long stories wait


@dataclass(frozen=True)
class Waiting:
    """How long stories wait at a gate: the middle one of those that have passed it lately, and the longest of now."""

    label: str
    usual: timedelta | None
    longest_now: timedelta | None


def waiting_times(now: datetime) -> list[Waiting]:
    """The waiting at each gate, of the acts of the last days."""
    passed = _passed(now - MEASURED)
    standing = _with_last_act(Article.objects.filter(status__in=GATES)).values_list("status", "since")
    longest: dict[str, timedelta] = {}
    for status, since in standing:
        if since:
            longest[status] = max(longest.get(status, timedelta()), now - since)
    return [
        Waiting(str(label), median(passed[gate]) if passed[gate] else None, longest.get(gate))
        for gate, label in GATES.items()
    ]


def _passed(since: datetime) -> dict[str, list[timedelta]]:
    """gate -> how long each story stood there that has left it since."""
    arrived: dict[int, datetime] = {}
    passed: dict[str, list[timedelta]] = {gate: [] for gate in GATES}
    events = ArticleEvent.objects.filter(at__gte=since).exclude(before=F("after")).order_by("at", "id")
    for story, before, at in events.values_list("article", "before", "at"):
        if before in passed and story in arrived:
            passed[before].append(at - arrived[story])
        arrived[story] = at
    return passed


# --- The calendar


def calendar(now: datetime) -> list[dict]:
    """The days of this week and the next, from Monday: how many stories each has, and those scheduled for later."""
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    stories = list(
        Article.objects.filter(
            status=Status.PUBLISHED, published_at__gte=monday, published_at__lt=monday + timedelta(days=CALENDAR_DAYS)
        )
        .only("title", "status", "published_at", "expires_at")
        .order_by("published_at")
    )
    return [_day(monday + timedelta(days=number), now, stories) for number in range(CALENDAR_DAYS)]


def _day(day: datetime, now: datetime, stories: list[Article]) -> dict:
    own = [story for story in stories if timezone.localtime(story.published_at).date() == day.date()]
    ahead = [story for story in own if story.published_at > now]
    name = weekday(day)
    return {
        "date": day,
        "name": name.removeprefix("Thứ ") if name != "Chủ Nhật" else "CN",
        "full_name": name,
        "is_today": day.date() == now.date(),
        "out": len(own) - len(ahead),
        "ahead": ahead[:CALENDAR_SHOWN],
        "more": max(0, len(ahead) - CALENDAR_SHOWN),
    }


def _with_last_act(stories: QuerySet) -> QuerySet:
    last = ArticleEvent.objects.filter(article=OuterRef("pk")).order_by("-at", "-id")
    return (
        stories.annotate(
            last_act=Subquery(last.values("act")[:1]),
            since=Subquery(last.values("at")[:1]),
            reason=Subquery(last.values("note")[:1]),
            returned_by=Subquery(last.values("by__full_name")[:1]),
        )
        .select_related("section", "created_by")
        .defer(*_HEAVY)
    )
