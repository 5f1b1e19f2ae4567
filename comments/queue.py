"""The moderators' queue as data: which comments stand in which tab, and what one should know to judge one of them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.fields import CleanCharField, DayField
from articles.forms import SectionField
from articles.renditions import picture_html
from articles.search import matching

from .models import Comment, ModerationAction, Status

# A screen or two of comments: what a moderator decides in one go.
PER_PAGE = 30
# Under a much discussed story the last words are what a new comment answers to.
POSTED_SHOWN = 20


# On an erased comment there is nothing to decide.
_WAITS = Q(status=Status.HELD, is_erased=False)


@dataclass(frozen=True)
class Tab:
    """A pile of comments: its word in the address, its label, the heading of the page, and what belongs to it."""

    slug: str
    label: str
    heading: str
    status: Status
    condition: Q


TABS = (
    Tab("cho", _("Waiting"), _("Comments waiting"), Status.HELD, _WAITS),
    Tab(
        "nghi-rac",
        _("Suspect"),
        _("Comments that look like spam"),
        Status.HELD,
        _WAITS & ~Q(suspicion=""),
    ),
    Tab("da-duyet", _("Approved"), _("Comments approved"), Status.APPROVED, Q(status=Status.APPROVED)),
    Tab("tu-choi", _("Rejected"), _("Comments rejected"), Status.REJECTED, Q(status=Status.REJECTED)),
    Tab("da-an", _("Hidden"), _("Comments hidden"), Status.HIDDEN, Q(status=Status.HIDDEN)),
)


class QueueFilter(forms.Form):
    """What the queue is narrowed by. A field that cannot be read says so and narrows nothing."""

    q = CleanCharField(label=_("Words in the text or the name"), max_length=200, required=False)
    chuyen_muc = SectionField(label=_("Section"), required=False, empty_label=_("All sections"))
    tu = DayField(label=_("Sent from day"), required=False)
    den = DayField(label=_("to day"), required=False)

    def __init__(self, data):
        super().__init__(data, use_required_attribute=False)
        for name in ("tu", "den"):
            self.fields[name].widget.attrs.update(placeholder=_("dd/mm/yyyy"), autocomplete="off")
        self.full_clean()

    def narrow(self, comments: QuerySet) -> QuerySet:
        asked = self.cleaned_data
        if asked.get("q"):
            comments = matching(asked["q"], comments)
        if section := asked.get("chuyen_muc"):
            comments = comments.filter(Q(article__section=section) | Q(article__section__parent=section))
        if asked.get("tu"):
            comments = comments.filter(created_at__gte=_midnight(asked["tu"]))
        if asked.get("den"):
            comments = comments.filter(created_at__lt=_midnight(asked["den"]) + timedelta(days=1))
        return comments

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


class Queue:
    """One tab of the queue under a filter, newest first. `params` is the query of the page (a QueryDict)."""

    def __init__(self, params):
        self.params = params.copy()
        self.tab = next((tab for tab in TABS if tab.slug == params.get("tinh_trang")), TABS[0])
        self.filter = QueueFilter(params)
        self.number = max(1, int(asked)) if (asked := params.get("trang", "")).isdecimal() and len(asked) < 6 else 1

    @cached_property
    def _narrowed(self) -> QuerySet:
        return self.filter.narrow(Comment.objects.order_by("-created_at", "-id"))

    @property
    def comments(self) -> QuerySet:
        return self._narrowed.filter(self.tab.condition)

    @cached_property
    def counts(self) -> dict:
        """How many comments each tab holds, by slug, and under `oldest` since when the first of them waits."""
        numbers = {tab.slug: Count("pk", filter=tab.condition) for tab in TABS}
        return self._narrowed.order_by().aggregate(**numbers, oldest=Min("created_at", filter=TABS[0].condition))

    @property
    def tabs(self) -> list[dict]:
        return [
            {
                "tab": tab,
                "count": self.counts[tab.slug],
                "query": self.query(tinh_trang=tab.slug, trang=None, chon=None),
            }
            for tab in TABS
        ]

    @cached_property
    def rows(self) -> list[Comment]:
        start = (self.number - 1) * PER_PAGE
        rows = list(self.comments.select_related("article").defer(*_HEAVY)[start : start + PER_PAGE])
        for row in rows:
            row.query = self.query(chon=row.pk)
        return rows

    @property
    def newer(self) -> str:
        return self.query(trang=self.number - 1 if self.number > 2 else None, chon=None) if self.number > 1 else ""

    @property
    def older(self) -> str:
        more = self.counts[self.tab.slug] > self.number * PER_PAGE
        return self.query(trang=self.number + 1, chon=None) if more else ""

    @property
    def back(self) -> str:
        """The query of this list without a chosen comment: where an act leads back to."""
        return self.query(chon=None)

    def query(self, **changes) -> str:
        """The query of the page with some values changed; None drops one."""
        params = self.params.copy()
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return params.urlencode()

    def after(self, comment: Comment) -> Comment | None:
        """The comment that follows in the list, or the first one, whatever has become of `comment` since."""
        older = Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lt=comment.pk)
        others = self.comments.exclude(pk=comment.pk)
        return others.filter(older).first() or others.first()


# Columns that a queue never prints, and that are long.
_HEAVY = ("search_text", "article__body", "article__body_html", "article__search_text")


class Reading:
    """A comment as the moderator reads it: the story it speaks of, its neighbours, its sender's past, its log."""

    def __init__(self, comment: Comment):
        self.comment = comment
        self.article = comment.article

    @classmethod
    def of(cls, pk) -> "Reading | None":
        found = (
            Comment.objects.select_related("article__section__parent", "article__lead_picture")
            .defer(*_HEAVY)
            .filter(pk=pk)
            .first()
        )
        return cls(found) if found else None

    @property
    def picture(self) -> str:
        return picture_html(self.article.lead_picture, "card", "112px", alt="")

    @cached_property
    def posted(self) -> list[Comment]:
        """The last approved comments under the same story, each with `.approval`, the act that let it through."""
        posted = list(
            Comment.objects.approved()
            .filter(article=self.article)
            .exclude(pk=self.comment.pk)
            .defer("search_text")[:POSTED_SHOWN]
        )
        acts = ModerationAction.objects.filter(comment__in=posted, act=ModerationAction.Act.APPROVE)
        approvals = {act.comment_id: act for act in acts.select_related("by").order_by("at")}
        for comment in posted:
            comment.approval = approvals.get(comment.pk)
        return posted

    @cached_property
    def posted_count(self) -> int:
        return Comment.objects.approved().filter(article=self.article).exclude(pk=self.comment.pk).count()

    @cached_property
    def earlier(self) -> dict:
        """How many other comments came from the same e-mail, by fate: `sent`, `approved`, `refused`."""
        refused = Q(status__in=[Status.REJECTED, Status.HIDDEN])
        return (
            Comment.objects.filter(email=self.comment.email, created_at__lt=self.comment.created_at)
            .order_by()
            .aggregate(
                sent=Count("pk"),
                approved=Count("pk", filter=Q(status=Status.APPROVED)),
                refused=Count("pk", filter=refused),
            )
        )

    @cached_property
    def log(self) -> list[ModerationAction]:
        return list(self.comment.actions.select_related("by"))


def decided_today() -> dict:
    """How many acts of moderation were done since midnight: `approved`, `rejected`."""
    Act = ModerationAction.Act
    return ModerationAction.objects.filter(at__gte=_midnight(timezone.localdate())).aggregate(
        approved=Count("pk", filter=Q(act=Act.APPROVE)), rejected=Count("pk", filter=Q(act=Act.REJECT))
    )


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
