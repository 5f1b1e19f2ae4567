"""The admin as the paper's desk: places with counters over every page, and a front door that says what waits."""

from functools import update_wrapper

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import duties
from articles.models import Article, Picture
from blocks.models import Block
from comments.models import Comment

from . import workload
from .charts import waiting_chart
from .errors import typed_again
from .forms import OwnSettingsForm
from .record import record_of

# As much as one sees without scrolling; the list holds the rest.
WAITING_SHOWN, DRAFTS_SHOWN, COMMENTS_SHOWN, PLANS_SHOWN, TOLD = 10, 6, 2, 6, 5


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

    def get_urls(self):
        own = [
            path("cai-dat/", self.admin_view(self.settings_view), name="own_settings"),
            path("ho-so/<int:pk>/", self.admin_view(self.record_view), name="story_record"),
        ]
        return [*own, *super().get_urls()]

    def record_view(self, request, pk):
        """All that is kept of a story as a JSON file, for who may withdraw stories and so answers to inspectors."""
        if not request.user.has_perm("articles.withdraw_article"):
            raise PermissionDenied
        story = get_object_or_404(Article.objects.select_related("publication", "section__parent"), pk=pk)
        response = JsonResponse(record_of(story), json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="ho-so-{story.pk}.json"'
        return response

    def settings_view(self, request):
        """What a person may set for themselves."""
        form = OwnSettingsForm(request.POST or None, instance=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Your settings are saved."))
            return HttpResponseRedirect(reverse("admin:index"))
        context = {**self.each_context(request), "title": _("My settings"), "form": form}
        return render(request, "admin/own_settings.html", context)

    def index(self, request, extra_context=None):
        work = self._own_work(request.user) | self._house_work(request.user)
        work["tables"] = self._tables(request)
        work["load"] = work["waiting_count"] + work["returned_count"] + work["held_count"]
        return super().index(request, {**work, **(extra_context or {})})

    def _own_work(self, user) -> dict:
        """What is this person's to do."""
        waiting, returned = workload.waiting_for(user), workload.returned_to(user)
        drafts = workload.drafts_of(user).exclude(pk__in=returned.values("pk"))
        plans = workload.plans_for(user)
        may_plan = user.has_perm("articles.view_plan")
        return {
            "handles_others": duties.handles_others(user),
            "waiting": waiting[:WAITING_SHOWN],
            "waiting_count": waiting.count(),
            "overdue_before": timezone.now() - workload.OVERDUE,
            "returned": (came_back := list(returned[:DRAFTS_SHOWN])),
            "returned_count": len(came_back),
            "drafts": drafts[:DRAFTS_SHOWN],
            "drafts_count": drafts.count(),
            "plans": plans[:PLANS_SHOWN] if may_plan else [],
            "may_plan": may_plan,
            "may_add_plan": user.has_perm("articles.add_plan"),
            "may_write": user.has_perm("articles.add_article"),
        }

    def _house_work(self, user) -> dict:
        """What the whole paper has before it."""
        now = timezone.localtime()
        held = Comment.objects.held().select_related("article").order_by("created_at")
        may_moderate = user.has_perm("comments.moderate_comment")
        knows_stories, may_correct = user.has_perm("articles.view_article"), user.has_perm("articles.view_correction")
        handles = duties.handles_others(user)
        days = workload.calendar(now)
        today = workload.today(now)
        return {
            "days": days,
            "holds_something": any(day["out"] or day["ahead"] for day in days),
            "today_out": today["out"][:TOLD] if knows_stories else [],
            "today_ahead": today["ahead"][:TOLD] if knows_stories else [],
            "missed": workload.missed(now)[:TOLD] if handles else [],
            "chart": waiting_chart(workload.waiting_times(now)) if handles else "",
            "expiring": workload.expiring_pictures(now.date())[:TOLD] if handles else [],
            "corrections": workload.open_corrections()[:TOLD] if may_correct else [],
            "held": held[:COMMENTS_SHOWN] if may_moderate else [],
            "held_count": held.count() if may_moderate else 0,
            "may_moderate": may_moderate and self.is_registered(Comment),
        }

    def _tables(self, request) -> list[dict]:
        return [table for app in self.get_app_list(request) for table in app["models"] if table["admin_url"]]
