"""The admin as the paper's desk: places with counters over every page, and a front door that says what waits."""

from datetime import datetime, timedelta
from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.dates import weekday
from articles.models import Article, Picture, Status
from articles.readiness import ready
from articles.rights import sections_of
from blocks.models import Block
from comments.models import Comment

from .errors import typed_again

# As much as one sees without scrolling; the list holds the rest.
WAITING_SHOWN, DRAFTS_SHOWN, COMMENTS_SHOWN = 10, 6, 2
# A day of the calendar names so many stories; more are counted.
CALENDAR_SHOWN = 4
# This week and the next: what is due on Monday is planned on Friday.
CALENDAR_DAYS = 14


class DeskSite(AdminSite):
    """Django's admin under the paper's name."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("Work at hand")
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        """As Django's, but who is signed out while writing gets the text back instead of a bare form of signing in."""
        guarded = super().admin_view(view, cacheable)

        def kept(request, *args, **kwargs):
            answer = None if self.has_permission(request) else typed_again(request)
            return answer or guarded(request, *args, **kwargs)

        return update_wrapper(kept, guarded)

    def each_context(self, request):
        context = super().each_context(request)
        if context["has_permission"]:
            context["places"] = self._places(request)
        return context

    def _places(self, request) -> list[dict]:
        """The five places that a person may enter, each with what waits there."""
        held = Comment.objects.held().count() if request.user.has_perm("comments.moderate_comment") else 0
        tables = ((_("Stories"), Article, 0), (_("Comments"), Comment, held), (_("Pictures"), Picture, 0))
        places = [{"label": _("Work"), "url": reverse("admin:index"), "count": 0}]
        places += [
            self._place(*table) for table in (*tables, (_("Front page"), Block, 0)) if self._may(request, table[1])
        ]
        for place in places:
            at_index = place["url"] == reverse("admin:index")
            place["current"] = request.path == place["url"] if at_index else request.path.startswith(place["url"])
        return places

    def _place(self, label, model, count) -> dict:
        return {
            "label": label,
            "url": reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"),
            "count": count,
        }

    def _may(self, request, model) -> bool:
        return self.is_registered(model) and self.get_model_admin(model).has_view_or_change_permission(request)

    def index(self, request, extra_context=None):
        waiting = waiting_for(request.user)
        held = Comment.objects.held().select_related("article").order_by("created_at")
        may_moderate = request.user.has_perm("comments.moderate_comment")
        own = Article.objects.filter(created_by=request.user, status=Status.DRAFT).order_by("-updated_at")
        work = {
            "handles_others": handles_others(request.user),
            "waiting": waiting[:WAITING_SHOWN],
            "waiting_count": waiting.count(),
            "drafts": own.only("title", "status", "updated_at")[:DRAFTS_SHOWN],
            "drafts_count": own.count(),
            "days": (days := calendar(timezone.localtime())),
            "holds_something": any(day["out"] or day["ahead"] for day in days),
            "held": held[:COMMENTS_SHOWN] if may_moderate else [],
            "held_count": held.count() if may_moderate else 0,
            "may_moderate": may_moderate and self.is_registered(Comment),
            "may_write": request.user.has_perm("articles.add_article"),
            "tables": self._tables(request),
        }
        work["load"] = work["waiting_count"] + work["held_count"]
        return super().index(request, {**work, **(extra_context or {})})

    def _tables(self, request) -> list[dict]:
        return [table for app in self.get_app_list(request) for table in app["models"] if table["admin_url"]]


def waiting_for(user):
    """Stories of colleagues that wait for this person, oldest first: handed in, or drafts with nothing missing; for
    who publishes, edited ones, too."""
    if not handles_others(user):
        return Article.objects.none()
    complete = ready(Article.objects.filter(status=Status.DRAFT)).values("pk")
    states = [Status.SUBMITTED, Status.EDITED] if user.has_perm("articles.publish_article") else [Status.SUBMITTED]
    waiting = Article.objects.filter(Q(status__in=states) | Q(pk__in=complete))
    if not user.has_perm("articles.publish_own_article"):
        waiting = waiting.exclude(created_by=user)
    if own := sections_of(user):
        waiting = waiting.filter(Q(section__in=own) | Q(section__parent__in=own) | Q(section__isnull=True))
    return (
        waiting.select_related("section", "created_by").defer("body", "body_html", "search_text").order_by("updated_at")
    )


def handles_others(user) -> bool:
    """Whether a person's work includes stories that others wrote: editing or publishing them."""
    return user.has_perm("articles.publish_article") or user.has_perm("articles.edit_others_article")


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
