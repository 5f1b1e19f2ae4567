from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import library
from ..marks import state_mark
from ..models import Article, Picture, Status
from ..picture_forms import PictureForm
from ..renditions import discard, jpeg_url, picture_html
from ..search import matching_pictures
from ..uploads import PictureFileField
from . import picture_answers, picture_upload
from .base import DeskAdmin
from .picture_filters import CreditFilter, LackFilter, PhotographerFilter, UseFilter

# As many uses as one looks through beside a picture; the rest is counted.
USES_SHOWN = 50


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    """The library. A picture that anything shows cannot be deleted."""

    form = PictureForm
    fieldsets = (
        (None, {"fields": ("shown", "original")}),
        (
            _("Focal point"),
            {
                "fields": (("focal_x", "focal_y"),),
                "description": _("What a crop must keep: 0 is the left or upper edge, 1 the right or lower one."),
            },
        ),
        (_("What it shows"), {"fields": ("title", "alt", "caption")}),
        (_("Credit"), {"fields": ("credit_author", "credit_kind", "credit_name", "taken_on", "place")}),
        (
            pgettext_lazy("picture", "rights"),
            {"fields": ("licence", "use_until", "made_by_ai")},
        ),
        (_("Children"), {"fields": ("shows_child", "child_consent")}),
    )
    readonly_fields = ("shown",)
    autocomplete_fields = ("credit_author",)
    list_display = ("title",)
    list_filter = (
        LackFilter,
        UseFilter,
        CreditFilter,
        PhotographerFilter,
        "made_by_ai",
        "shows_child",
        ("created_at", admin.DateFieldListFilter),
    )
    list_select_related = ("credit_author",)
    # Full rows of two, three, four and six.
    list_per_page = 48
    actions = None

    # --- Rights

    def has_change_permission(self, request, obj=None):
        """A picture that readers see is part of a published story: who may not change the one may not the other."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.has_perm("articles.edit_published_article"):
            return allowed
        return not Article.objects.showing(obj).filter(status=Status.PUBLISHED).exists()

    # --- The list

    def get_search_results(self, request, queryset, search_term):
        found = matching_pictures(search_term, queryset)
        if request.resolver_match.url_name == "autocomplete":
            # What is offered for a place must be fit for it.
            found = found.exclude(pk__in=library.past(Picture.objects.order_by()).values("pk"))
        return found, False

    def changelist_view(self, request, extra_context=None):
        area = picture_upload.area(self, request) if self.has_add_permission(request) else {}
        return super().changelist_view(request, {"title": _("Picture library"), **area, **(extra_context or {})})

    # --- Views of its own

    def get_urls(self):
        view, script = self.admin_site.admin_view, partial(picture_answers.for_scripts, model_admin=self)
        own = {
            "<int:pk>/thumbnail/": ("thumbnail", view(self.thumbnail_view)),
            "library/": ("library", script(picture_answers.choices, right="view", method="GET")),
            "upload/": ("upload", script(picture_answers.upload, right="add", method="POST")),
            "details/": ("details", script(picture_upload.details, right="change", method="POST")),
            "tai-len/": ("upload_page", view(partial(picture_upload.page, self))),
        }
        named = [path(place, target, name=f"articles_picture_{name}") for place, (name, target) in own.items()]
        return [*named, *super().get_urls()]

    def thumbnail_view(self, request, pk):
        """Leads to the small file of a picture, for the form of a story; 404 where there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        picture = Picture.objects.filter(pk=pk).first()
        if not picture or not picture.renditions:
            raise Http404
        return HttpResponseRedirect(jpeg_url(picture, "card"))

    # --- The picture's page

    def get_fieldsets(self, request, obj=None):
        """Where nothing can be changed the file is not named: the admin would print a link to the original."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        (name, first), *others = super().get_fieldsets(request, obj)
        return [(name, {"fields": [field for field in first["fields"] if field != "original"]}), *others]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """A file that was refused is no success, to machines either: the form comes back with 4xx."""
        uses = library.uses_of(obj) if obj else []
        context |= {
            "uses": [(_address(use.row), use, _state(use.row)) for use in uses[:USES_SHOWN]],
            "more_uses": max(0, len(uses) - USES_SHOWN),
            "show_save_and_add_another": False,
            "warnings": library.warnings_for(obj) if obj else [],
        }
        page = super().render_change_form(request, context, add, change, form_url, obj)
        refused = context["adminform"].form.errors.as_data().get("original")
        if refused:
            page.status_code = PictureFileField.status_of(refused[0])
        return page

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "credit_author":
            # What is deleted or looked at is done in its own table.
            field.widget.can_delete_related = field.widget.can_view_related = field.widget.can_change_related = False
        return field

    @admin.display(description=_("picture"))
    def shown(self, obj):
        return picture_html(obj, "full", "(min-width: 640px) 480px, 90vw") or "–"

    # --- Saving

    def save_model(self, request, obj, form, change):
        if "original" in form.changed_data:
            file = form.cleaned_data["original"]
            obj.digest, obj.likeness = file.digest, file.likeness
            self._tell_of_alike(request, obj)
        super().save_model(request, obj, form, change)
        if change and "original" in form.changed_data:
            self._discard_original(obj, form.initial["original"].name)
        library.changed(obj, anew=not change or bool({"original", "focal_x", "focal_y"} & set(form.changed_data)))

    def _discard_original(self, picture, name):
        """Has the file that a new one replaces deleted; what a withdrawn story showed stays, sealed with it."""
        if not Article.objects.showing(picture).filter(status=Status.WITHDRAWN).exists():
            discard("default", name)

    def _tell_of_alike(self, request, picture: Picture) -> None:
        alike = [other for other in library.like(picture.likeness) if other.pk != picture.pk]
        if alike:
            links = format_html_join(", ", '<a href="{}">{}</a>', ((_address(other), other) for other in alike))
            told = _("The picture is in the library, which had some that look much the same: {}.")
            messages.warning(request, format_html(told, links))

    def save_details(self, request, form) -> None:
        """Saves what was typed beside a new picture, and notes it in the history."""
        with transaction.atomic():
            picture = form.save()
            self.log_change(request, picture, self.construct_change_message(request, form, []))
            library.changed(picture)
            self._bump()

    # --- Deleting

    def delete_model(self, request, obj):
        library.delete(obj)

    def get_deleted_objects(self, objs, request):
        """Every use protects. Nothing else would go along, so no right but the one on pictures is asked for."""
        deleted, counts, _perms, _protected = super().get_deleted_objects(objs, request)
        protected = [
            format_html('<a href="{}">{}</a> ({})', _address(use.row), use.row, use.part)
            for picture in objs
            for use in library.uses_of(picture)
        ]
        return deleted, counts, set(), protected


def _address(row) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def _state(row):
    return state_mark(row) if isinstance(row, Article) else ""
