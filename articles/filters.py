"""The search page's filters, by the names that its addresses carry. Words and order are no filters: see results."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from .models import Article, Author, ListKind, Publication, Section, Tag, TagSynonym

BEST, NEWEST = "khop", "moi"
# A day beyond these is a slip of the pen, and moments of the years 1 and 9999 are not to be had in every zone.
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9000, 1, 1)
# What an address says of the page within a list: any other list begins with its first page.
PLACES_IN_LIST = ("truoc", "sau")

_NO_DAY = {"invalid": _("Error: this is no day. Write day/month/year, for instance 21/11/2026.")}


def _unknown(sentence) -> dict:
    return {"invalid_choice": sentence}


class TagField(ModelChoiceField):
    """A tag by its address, or by the one of another name, so that links to a tag that was merged go on working."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            synonym = TagSynonym.objects.filter(slug=value).select_related("tag").first()
            if synonym is None:
                raise
            return synonym.tag


class TagFilter(django_filters.ModelChoiceFilter):
    field_class = TagField


class FilterForm(forms.Form):
    """Days in their order; two that contradict each other are both left out."""

    def clean(self):
        asked = super().clean()
        if asked.get("tu") and asked.get("den") and asked["tu"] > asked["den"]:
            self.add_error("den", _("Error: this day lies before the day “From”. Both were left out."))
            del asked["tu"]
        return asked


@dataclass(frozen=True)
class Chip:
    """A filter in use: what it says, and the query of the same search without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Mistake:
    """A filter that could not be understood and was left out."""

    name: str
    label: str
    sentence: str


class ArticleFilter(django_filters.FilterSet):
    """Stories by section, author, tag, paper and day. Unknown values show as errors, the other filters still work."""

    chuyen_muc = django_filters.ModelChoiceFilter(
        label=_("Section"),
        queryset=Section.objects.all(),
        to_field_name="slug",
        method="by_section",
        error_messages=_unknown(_("Error: there is no such section. The filter was left out.")),
    )
    the = TagFilter(
        label=_("Tag"),
        queryset=Tag.objects.all(),
        to_field_name="slug",
        field_name="tags",
        error_messages=_unknown(_("Error: there is no such tag. The filter was left out.")),
    )
    tac_gia = django_filters.ModelChoiceFilter(
        label=_("Author"),
        queryset=Author.objects.all(),
        to_field_name="slug",
        field_name="authors",
        error_messages=_unknown(_("Error: there is no such author. The filter was left out.")),
    )
    an_pham = django_filters.ModelChoiceFilter(
        label=_("Publication"),
        queryset=Publication.objects.all(),
        field_name="publication",
        error_messages=_unknown(_("Error: there is no such publication. The filter was left out.")),
    )
    tu = django_filters.DateFilter(label=_("From"), method="by_first_day", error_messages=_NO_DAY)
    den = django_filters.DateFilter(label=_("Until"), method="by_last_day", error_messages=_NO_DAY)
    sap_xep = django_filters.ChoiceFilter(
        label=_("Order"), choices=[(BEST, _("Best match")), (NEWEST, _("Newest"))], method="as_they_are"
    )

    class Meta:
        model = Article
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data, **kwargs):
        # A NUL is no letter, and PostgreSQL refuses a question that holds one.
        data = data.copy()
        for name in data:
            data.setlist(name, [value.replace("\x00", "") for value in data.getlist(name)])
        super().__init__(data, **kwargs)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter holds, beside the order."""
        return bool(self._in_use())

    @property
    def lists(self) -> list[tuple[str, int]]:
        """The lists (ListKind, id) that all stories which the filters leave stand in."""
        kinds = {"chuyen_muc": ListKind.SECTION, "the": ListKind.TAG, "tac_gia": ListKind.AUTHOR}
        return [(kinds[name], row.pk) for name, row in self._in_use().items() if name in kinds]

    @property
    def chips(self) -> list[Chip]:
        """The filters in use, in the order of the form."""
        return [
            Chip(f"{self.form.fields[name].label}: {_shown(value)}", self.query(**{name: None}))
            for name, value in self._in_use().items()
        ]

    @property
    def mistakes(self) -> list[Mistake]:
        """What was asked for and left out; an unknown order is no loss."""
        errors = {name: errors[0] for name, errors in self.form.errors.items() if name != "sap_xep"}
        return [
            Mistake(name, self.form.fields[name].label, errors[name]) for name in self.form.fields if name in errors
        ]

    def query(self, **changes) -> str:
        """The query of this search with filters changed, or without those that are None; from its first page."""
        data = self.data.copy()
        for name, value in (dict.fromkeys(PLACES_IN_LIST) | changes).items():
            data.pop(name, None)
            if value is not None:
                data[name] = value
        return f"?{data.urlencode()}"

    def _in_use(self) -> dict:
        return {name: value for name, value in self.form.cleaned_data.items() if value and name != "sap_xep"}

    def by_section(self, queryset, name, section):
        return queryset.in_section(section)

    def by_first_day(self, queryset, name, day):
        return queryset.filter(published_at__gte=_midnight(day))

    def by_last_day(self, queryset, name, day):
        return queryset.filter(published_at__lt=_midnight(day) + timedelta(days=1))

    def as_they_are(self, queryset, name, value):
        return queryset


def _shown(value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _midnight(day) -> datetime:
    """The first moment of a day, here. There is no daylight saving, so the next one comes 24 hours later."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), time.min))
