"""What the tables of the desk share."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..edition import bump
from ..fields import CleanCharField, CleanEmailField, DayField, DayFirstField
from ..models import Placing
from ..publishing import bring_back
from ..search import matching, matching_rows
from ..text import one_line
from .choices import ChoicesMixin

# For tables of other apps, whose columns know no `text.clean`.
CLEAN_TEXT = {
    # An address is a CharField to Django, too, but has a form field of its own.
    models.EmailField: {"form_class": CleanEmailField},
    models.CharField: {"form_class": CleanCharField},
}


class SmallTableMixin:
    """For tables without columns of keys, Django's own among them: `search_fields` are looked through row by row."""

    def get_search_results(self, request, queryset, search_term):
        return matching_rows(search_term, queryset, *self.search_fields), False


class PublicMixin:
    """For tables that public pages show: whatever is written here makes them anew.

    Off for tables that readers never see, and for stories, whose acts say themselves what they change.
    """

    is_public = True

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.bring_to_stories(request, form, formsets, change)
        self._bump()

    def bring_to_stories(self, request, form, formsets, change):
        """What stories take over from the row. Before the bump: stories are locked before the paper."""

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._bump()

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self._bump()

    def _bump(self):
        if self.is_public:
            # A name or a picture that is taken away may be one that must not be seen any longer.
            bump(removes=True)


class PlainWordsMixin:
    """What any table of the admin says of changes and deletions, in words that its forms use, too."""

    def construct_change_message(self, request, form, formsets, add=False):
        """The history in the words of the form: Django keeps labels untranslated and would look them up bare."""
        told = super().construct_change_message(request, form, formsets, add)
        forms = [form, *(one for formset in formsets or () for one in formset.forms)]
        labels = [field.label for one in forms for field in one.fields.values()]
        words = {_untranslated(label): _within(str(label)) for label in labels}
        for entry in told:
            for act in entry.values():
                if "fields" in act:
                    act["fields"] = [words.get(name, name) for name in act["fields"]]
        return told

    def get_deleted_objects(self, objs, request):
        """What would go along, without bare ties of two rows: “Article_tags object (7)” tells nobody anything."""
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        made_by_django = (model for model in apps.get_models(include_auto_created=True) if model._meta.auto_created)
        ties = [model._meta for model in (*made_by_django, Placing)]
        told = {name: count for name, count in counts.items() if name not in {tie.verbose_name_plural for tie in ties}}
        return _without(deleted, tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)), told, perms, protected


class OtherAppsMixin(PlainWordsMixin, SmallTableMixin):
    """For tables of other apps: plain words, clean text, look-ups without marks."""

    formfield_overrides = CLEAN_TEXT


class DeskAdmin(PublicMixin, PlainWordsMixin, ChoicesMixin, admin.ModelAdmin):
    """Vietnamese look-ups on a folded column, days first, lists without counts that nobody asked for."""

    # Django offers a search where something stands here; what is searched says get_search_results.
    search_fields = ("search_text",)
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    formfield_overrides = {
        models.DateTimeField: {"form_class": DayFirstField},
        models.DateField: {"form_class": DayField},
        models.EmailField: {"form_class": CleanEmailField},
    }

    class Media:
        js = ("js/desk/choices.js",)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A form that stumbles over what a colleague saved in the same moment is read once more: now it sees it, and
        tells it in words."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # The database may only say so at the very end, when the form has already said that all is well.
            request._messages = default_storage(request)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changelist_instance(self, request):
        """A year 0 or a number like ² in the address of a list is nonsense like any other: the whole list is shown."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters from error

    def get_search_results(self, request, queryset, search_term):
        return matching(search_term, queryset) if self.search_fields else queryset, False


def sentences_of(form) -> list[str]:
    """The errors of a form, each with the label of its field."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _untranslated(label) -> str:
    with override(None):
        return str(label)


def _within(label: str) -> str:
    """A label as it stands within a sentence: 'Tiêu đề' -> 'tiêu đề', but 'RSS' stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _without(lines: list, openings: tuple[str, ...]) -> list:
    """Nested lists of sentences without those that open so, nor lists that are empty then."""
    kept = [_without(line, openings) if isinstance(line, list) else line for line in lines]
    return [line for line in kept if line and (isinstance(line, list) or not str(line).startswith(openings))]


class NamedAdmin(DeskAdmin):
    """Names that stories carry: a new spelling goes at once to every story that prints or is found by it."""

    list_display = ("sorted_name", "slug")
    ordering = ("sort_key", "id")
    # The field with the picture that the name's page shows, if it has one.
    own_picture = ""

    class Media:
        js = ("js/desk/slug.js",)

    @admin.display(description=_("name"), ordering="sort_key")
    def sorted_name(self, obj):
        return obj.name

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_urls(self):
        view = self.admin_site.admin_view(self.slug_view)
        return [path("slug/", view, name=self._slug_view_name()), *super().get_urls()]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug" and field:
            field.widget.attrs["data-slug-view"] = reverse(f"admin:{self._slug_view_name()}")
        return field

    def slug_view(self, request):
        """{"slug": …}: the address that a new row named `name` would get. Django's own script drops every đ."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        name = one_line(request.GET.get("name", ""))[: self.model._meta.get_field("name").max_length]
        slug = self.model.slug_for(name) if name else ""
        return JsonResponse({"slug": slug})

    def _slug_view_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_slug"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if self.own_picture and (picture := getattr(obj, self.own_picture)):
            bring_back(picture)

    def bring_to_stories(self, request, form, formsets, change):
        if change and ("name" in form.changed_data or any(formset.has_changed() for formset in formsets)):
            self.renew_stories(request, form.instance)

    def renew_stories(self, request, obj):
        """Brings a changed name to the stories that carry it."""
