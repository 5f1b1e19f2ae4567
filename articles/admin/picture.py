from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..forms import PictureForm
from ..models import Article, Picture, Status
from ..publishing import derive
from ..renditions import discard, discard_picture, jpeg_url, make_first, picture_html
from ..search import matching_pictures
from ..uploads import PictureFileField
from . import picture_answers
from .base import DeskAdmin


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    """The library. A picture that a story shows cannot be deleted."""

    form = PictureForm
    fieldsets = (
        (None, {"fields": ("shown", "original", "title", "alt", "caption")}),
        (_("Credit"), {"fields": ("credit_author", "credit_kind", "credit_name", "taken_on", "place")}),
        (pgettext_lazy("picture", "rights"), {"fields": ("licence", "use_until", "made_by_ai", "shows_child")}),
        (
            _("Focal point"),
            {
                "fields": (("focal_x", "focal_y"),),
                "description": _("What a crop must keep: 0 is the left or upper edge, 1 the right or lower one."),
            },
        ),
    )
    readonly_fields = ("shown",)
    autocomplete_fields = ("credit_author",)
    list_display = ("thumbnail", "title", "credit_line", "size", "created_at")
    list_display_links = ("title",)
    list_filter = ("credit_kind", "made_by_ai", "shows_child", ("created_at", admin.DateFieldListFilter))
    list_select_related = ("credit_author",)

    def get_search_results(self, request, queryset, search_term):
        return matching_pictures(search_term, queryset), False

    def has_change_permission(self, request, obj=None):
        """A picture that readers see is part of a published story: who may not change the one may not the other."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.has_perm("articles.edit_published_article"):
            return allowed
        return not Article.objects.showing(obj).filter(status=Status.PUBLISHED).exists()

    def get_fieldsets(self, request, obj=None):
        """Where nothing can be changed the file is not named: the admin would print a link to the original."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        (name, first), *others = super().get_fieldsets(request, obj)
        return [(name, {"fields": [field for field in first["fields"] if field != "original"]}), *others]

    def get_urls(self):
        thumbnail = self.admin_site.admin_view(self.thumbnail_view)
        return [
            path("<int:pk>/thumbnail/", thumbnail, name="articles_picture_thumbnail"),
            path("library/", picture_answers.choices, name="articles_picture_library"),
            path("upload/", picture_answers.upload, name="articles_picture_upload"),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request, pk):
        """Leads to the small file of a picture, for the form of a story; 404 where there is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        picture = Picture.objects.filter(pk=pk).first()
        if not picture or not picture.renditions:
            raise Http404
        return HttpResponseRedirect(jpeg_url(picture, "card"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """A file that was refused is no success, to machines either: the form comes back with 4xx."""
        page = super().render_change_form(request, context, add, change, form_url, obj)
        refused = context["adminform"].form.errors.as_data().get("original")
        if refused:
            page.status_code = PictureFileField.status_of(refused[0])
        return page

    def save_model(self, request, obj, form, change):
        if "original" in form.changed_data:
            file = form.cleaned_data["original"]
            obj.digest, obj.likeness = file.digest, file.likeness
        super().save_model(request, obj, form, change)
        if change and "original" in form.changed_data:
            self._discard_original(obj, form.initial["original"].name)
        if not change or {"original", "focal_x", "focal_y"} & set(form.changed_data):
            make_first(obj)
        if change:
            for article in Article.objects.showing(obj).iterator():
                derive(article=article)

    def _discard_original(self, picture, name):
        """Has the file that a new one replaces deleted; what a withdrawn story showed stays, sealed with it."""
        if not Article.objects.showing(picture).filter(status=Status.WITHDRAWN).exists():
            discard("default", name)

    def delete_model(self, request, obj):
        discard_picture(obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for picture in queryset:
            discard_picture(picture)
        super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        for picture in objs:
            placed = Article.objects.filter(placings__picture=picture)
            protected += [_link(article) for article in placed.only("title")]
        return deleted, counts, perms, protected

    @admin.display(description=_("picture"))
    def thumbnail(self, obj):
        return picture_html(obj, "card", "96px", alt="")

    @admin.display(description=_("picture"))
    def shown(self, obj):
        return picture_html(obj, "full", "(min-width: 640px) 480px, 90vw") or "–"

    @admin.display(description=pgettext_lazy("picture", "credit"))
    def credit_line(self, obj):
        return obj.credit or obj.get_credit_kind_display() or "–"

    @admin.display(description=_("size"))
    def size(self, obj):
        return f"{obj.width} × {obj.height}"


def _link(article):
    return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[article.pk]), article)
