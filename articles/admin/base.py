"""What the tables of the desk share."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Article
from ..publishing import derive
from ..search import matching
from ..text import clean


class DayFirstField(forms.SplitDateTimeField):
    """A date and a time, typed day first, with a plain sentence for a day that does not exist."""

    default_error_messages = {
        "invalid_date": _("There is no such day. Please write day/month/year, for instance 02/07/2026 for 2 July."),
        "invalid_time": _("There is no such time. Please write hours:minutes, for instance 14:05."),
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # The admin prints one label for two fields: each says aloud which half it is.
        for half, word in zip(self.widget.widgets, (_("Date:"), _("Time:")), strict=True):
            half.attrs["aria-label"] = f"{self.label}. {word}"


class CleanCharField(forms.CharField):
    """A text field of which every character passed `text.clean`."""

    def to_python(self, value):
        return clean(super().to_python(value))


class DeskAdmin(admin.ModelAdmin):
    """Vietnamese look-ups on a folded column, days first, lists without counts that nobody asked for."""

    search_fields = ("search_text",)
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    formfield_overrides = {
        models.DateTimeField: {"form_class": DayFirstField},
        models.CharField: {"form_class": CleanCharField},
        # A slug is a CharField to Django, but its form field takes an option that ours does not know.
        models.SlugField: {"form_class": forms.SlugField},
        models.TextField: {"form_class": CleanCharField},
    }

    class Media:
        js = ("js/desk/choices.js",)

    def get_search_results(self, request, queryset, search_term):
        return matching(search_term, queryset), False

    def get_deleted_objects(self, objs, request):
        """What would go along, without bare ties of two rows: “Article_tags object (7)” tells nobody anything."""
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        told = {name: count for name, count in counts.items() if name not in {tie.verbose_name_plural for tie in ties}}
        return _without(deleted, tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)), told, perms, protected


def _without(lines: list, openings: tuple[str, ...]) -> list:
    """Nested lists of sentences without those that open so, nor lists that are empty then."""
    kept = [_without(line, openings) if isinstance(line, list) else line for line in lines]
    return [line for line in kept if line and (isinstance(line, list) or not str(line).startswith(openings))]


class NamedAdmin(DeskAdmin):
    """Names that stories carry: a new spelling goes at once to every story that prints or is found by it."""

    list_display = ("name", "slug")

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
