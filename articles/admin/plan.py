from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from .. import planning
from ..forms import SectionField, StaffField
from ..models import Plan
from ..publishing import Refused
from ..search import matching_rows
from .base import DeskAdmin


@admin.register(Plan)
class PlanAdmin(DeskAdmin):
    """Ideas that become drafts."""

    is_public = False

    fields = ("idea", "note", "section", "assigned_to", "due")
    list_display = ("idea", "section", "assigned_to", "due", "standing")
    list_filter = (("article", admin.EmptyFieldListFilter), "section", "assigned_to", "due")
    list_select_related = ("section__parent", "assigned_to", "article")
    search_fields = ("idea", "note")
    actions = None

    def get_search_results(self, request, queryset, search_term):
        return matching_rows(search_term, queryset, *self.search_fields), False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "section":
            kwargs["form_class"] = SectionField
        if db_field.name == "assigned_to":
            # Few enough for a plain list; who hands out plans need not see the table of staff.
            kwargs["form_class"] = StaffField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("section", "assigned_to"):
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    @admin.display(description=_("status"))
    def standing(self, plan):
        if plan.article_id:
            return _("being written")
        return _("late") if plan.is_late else _("open")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if "assigned_to" in form.changed_data:
            planning.assign(obj, by=request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"offers_beginning": obj and not obj.article_id and request.user.has_perm("articles.add_article")}
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.begin_view))
        return [path("<int:pk>/begin/", view, name="articles_plan_begin"), *super().get_urls()]

    def begin_view(self, request, pk):
        """Makes the draft and opens it."""
        plan = get_object_or_404(Plan, pk=pk)
        try:
            if not request.user.has_perm("articles.add_article"):
                raise Refused(str(_("You have no right to write stories.")))
            article = planning.begin(plan=plan, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
