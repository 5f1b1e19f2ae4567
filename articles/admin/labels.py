from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..dates import grouped
from ..fields import CleanCharField
from ..forms import PlacingForm
from ..merging import merge_tags
from ..models import Article, Series, Tag, TagSynonym, UnindexedStory
from ..publishing import Refused
from ..search import index_again, matching
from ..text import strict
from .base import NamedAdmin


class SynonymFormSet(forms.BaseInlineFormSet):
    """The other names of one tag: each stands once, in whatever spelling, and is not the tag's own."""

    def clean(self):
        super().clean()
        seen = {strict(self.instance.name)}
        for form in self.forms:
            name = "" if self._should_delete_form(form) else form.cleaned_data.get("name", "")
            if name and strict(name) in seen:
                form.add_error("name", forms.ValidationError(_("This name stands here already."), code="twice"))
            seen.add(strict(name))


class SynonymInline(admin.TabularInline):
    """Other names of a tag. They are part of the tag: who may change it may change them."""

    model = TagSynonym
    formset = SynonymFormSet
    extra = 0
    fields = ("name", "slug")
    readonly_fields = ("slug",)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.view_tag") or request.user.has_perm("articles.change_tag")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("articles.change_tag")

    has_change_permission = has_delete_permission = has_add_permission


class MergeForm(forms.Form):
    """The name of the tag that is to go, in any spelling."""

    name = CleanCharField(
        label=_("The other tag"),
        max_length=150,
        help_text=_("Its stories come over to this tag, and it stands in no list any more."),
    )

    def __init__(self, data, *, kept: Tag):
        super().__init__(data)
        self.kept = kept

    def clean_name(self):
        found = Tag.objects.called(self.cleaned_data["name"])
        if found is None:
            raise forms.ValidationError(_("There is no tag of this name."), code="unknown")
        if found == self.kept:
            raise forms.ValidationError(_("This is the tag itself; please name another one."), code="same")
        self.other = found
        return self.cleaned_data["name"]


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    """Tags, found by their other names, too; two that mean the same are merged."""

    fields = ("name", "slug", "description")
    inlines = (SynonymInline,)

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def renew_stories(self, request, obj):
        _index_again(request, tags=obj)

    def delete_model(self, request, obj):
        self.delete_queryset(request, Tag.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        """The stories stay, and are no longer found by the names that go."""
        pks = sorted(set(Article.tags.through.objects.filter(tag__in=queryset).values_list("article_id", flat=True)))
        # Stories are locked before tags, and before the paper.
        list(Article.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
        super().delete_queryset(request, queryset)
        index_again(pks)

    def get_search_results(self, request, queryset, search_term):
        by_name = matching(search_term, Tag.objects.order_by()).values("pk")
        by_synonym = matching(search_term, TagSynonym.objects.order_by()).values("tag")
        return queryset.filter(Q(pk__in=by_name) | Q(pk__in=by_synonym)), False

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="articles_tag_merge"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["offers_merging"] = bool(obj) and _may_merge(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request, pk):
        """Asks for the other tag (GET), shows what will happen (GET with its name), does it (POST with its name)."""
        kept = get_object_or_404(Tag, pk=pk)
        if not _may_merge(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        form = MergeForm(data if "name" in data else None, kept=kept)
        other = form.other if form.is_valid() else None
        if request.method == "POST" and other and self._merge(request, kept, other, form):
            return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[kept.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge another tag into this one"),
            "opts": self.opts,
            "original": kept,
            "form": form,
            "other": other,
            "story_count": Article.objects.filter(tags=other).count() if other else 0,
        }
        return render(request, "admin/articles/tag/merge.html", context)

    def _merge(self, request, kept, other, form) -> bool:
        names = {"other": other.name, "kept": kept.name}
        try:
            with transaction.atomic():
                names["count"] = grouped(merge_tags(kept=kept, other=other, by=request.user))
                self.log_change(request, kept, gettext("Took in the tag “%(other)s” with %(count)s stories.") % names)
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
            return False
        messages.success(request, gettext("“%(other)s” is now another name of “%(kept)s”.") % names)
        _tell_what_waits(request, tags=kept)
        return True


def _index_again(request, **carrying) -> None:
    index_again(Article.objects.filter(**carrying).values_list("pk", flat=True))
    _tell_what_waits(request, **carrying)


def _tell_what_waits(request, **carrying) -> None:
    if count := UnindexedStory.objects.filter(article__in=Article.objects.filter(**carrying)).count():
        sentence = ngettext(
            "%(count)s more story will be found by the new names in a few minutes.",
            "%(count)s more stories will be found by the new names in a few minutes.",
            count,
        )
        messages.info(request, sentence % {"count": grouped(count)})


def _may_merge(request) -> bool:
    return request.user.has_perm("articles.change_tag") and request.user.has_perm("articles.delete_tag")


@admin.register(Series)
class SeriesAdmin(NamedAdmin):
    form = PlacingForm
    fields = ("name", "slug", "description", "picture", "is_running")
    list_display = ("sorted_name", "is_running")
    list_filter = ("is_running",)
    autocomplete_fields = ("picture",)
    own_picture = "picture"

    def renew_stories(self, request, obj):
        _index_again(request, series=obj)
