"""What the tables of the desk share."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import DayField, DayFirstField
from ..models import Article
from ..publishing import derive
from ..search import matching


class DeskAdmin(admin.ModelAdmin):
    """Vietnamese look-ups on a folded column, days first, lists without counts that nobody asked for."""

    search_fields = ("search_text",)
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    formfield_overrides = {
        models.DateTimeField: {"form_class": DayFirstField},
        models.DateField: {"form_class": DayField},
    }

    class Media:
        js = ("js/desk/choices.js",)

    def get_search_results(self, request, queryset, search_term):
        return matching(search_term, queryset), False


class NamedAdmin(DeskAdmin):
    """Names that stories carry: a new spelling goes at once to every story that prints or is found by it."""

    list_display = ("sorted_name", "slug")
    ordering = ("sort_key", "id")

    @admin.display(description=_("name"), ordering="sort_key")
    def sorted_name(self, obj):
        return obj.name

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def stories_of(self, obj):
        """The stories whose derived columns carry the name."""
        return Article.objects.none()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            for article in self.stories_of(obj).iterator():
                derive(article=article)
