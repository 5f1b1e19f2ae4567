from django import forms
from django.contrib import admin, messages
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import publishing, rights
from ..models import Act, Article, Correction
from ..publishing import Refused
from ..search import matching_stories
from .base import DeskAdmin

TYPED = ("article", "kind", "wrong", "right", "apology", "legal_basis", "document_number", "received_on", "due_on")


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    """Corrections from the request to the announcement. What has been announced is only looked at."""

    is_public = False  # It is announced by an act.

    fields = TYPED
    autocomplete_fields = ("article",)
    list_display = ("story", "kind", "standing", "received_on", "due_on", "created_by")
    list_display_links = ("story",)
    list_filter = ("kind", ("published_at", admin.EmptyFieldListFilter), "due_on")
    list_select_related = ("article__section", "created_by")
    actions = None

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(article__in=matching_stories(search_term, Article.objects.order_by())), False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "cols": 80})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "article":
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.filter(rights.scope_of(request.user))
            told = _("The story belongs to a section that you do not work in.")
            kwargs["error_messages"] = {"invalid_choice": told}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or _is_open_to(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or _is_open_to(request.user, obj))

    def get_changeform_initial_data(self, request):
        return {"article": request.GET.get("article", "")} | super().get_changeform_initial_data(request)

    @admin.display(description=gettext_lazy("story"), ordering="article__title")
    def story(self, obj):
        return obj.article.title

    @admin.display(description=gettext_lazy("status"), ordering="published_at")
    def standing(self, obj):
        return _("announced") if obj.is_announced else _("in the works")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        story = obj.article if obj else None
        may_write = not (obj and obj.is_announced)
        context |= {
            "offers_announcing": may_write and request.user.has_perm("articles.publish_article"),
            "refused": rights.refusal(Act.CORRECT, request.user, story) if story and may_write else "",
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if "_announce" in request.POST:
            self._announce(request, obj)

    def _announce(self, request, obj):
        try:
            publishing.correct(correction=obj, by=request.user)
        except Refused as refused:
            messages.warning(request, _("The correction is saved, but not announced:"))
            for sentence in refused.sentences:
                messages.error(request, sentence)
        else:
            address = f"{reverse('articles:corrections')}#cai-chinh-{obj.pk}"
            link = format_html('<a href="{}">{}</a>', address, _("See it among the corrections"))
            told = _("The correction is announced: readers see it on the story, too.")
            messages.success(request, format_html("{} {}", told, link))


def _is_open_to(user, correction: Correction) -> bool:
    """Whether a correction may still be written, and this person works in the section of its story."""
    return not correction.is_announced and rights.in_scope(user, correction.article)
