"""The search page's filters, by the names that its addresses carry. Words and order are no filters: see results."""

from datetime import date, datetime, time, timedelta

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Article, Author, Publication, Section, Tag

BEST, NEWEST = "khop", "moi"
# A day beyond these is a slip of the pen, and moments of the years 1 and 9999 are not to be had in every zone.
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9000, 1, 1)


class ArticleFilter(django_filters.FilterSet):
    """Stories by section, author, tag, paper and day. Unknown values show as errors, the other filters still work."""

    chuyen_muc = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=Section.objects.all(), to_field_name="slug", method="by_section"
    )
    tac_gia = django_filters.ModelChoiceFilter(
        label=_("Author"), queryset=Author.objects.all(), to_field_name="slug", field_name="authors"
    )
    the = django_filters.ModelChoiceFilter(
        label=_("Tag"), queryset=Tag.objects.all(), to_field_name="slug", field_name="tags"
    )
    an_pham = django_filters.ModelChoiceFilter(
        label=_("Publication"), queryset=Publication.objects.all(), field_name="publication"
    )
    tu = django_filters.DateFilter(label=_("From"), method="by_first_day")
    den = django_filters.DateFilter(label=_("Until"), method="by_last_day")
    sap_xep = django_filters.ChoiceFilter(
        label=_("Order"), choices=[(BEST, _("Best match")), (NEWEST, _("Newest"))], method="as_they_are"
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, data, **kwargs):
        # A NUL is no letter, and PostgreSQL refuses a question that holds one.
        data = data.copy()
        for name in data:
            data.setlist(name, [value.replace("\x00", "") for value in data.getlist(name)])
        super().__init__(data, **kwargs)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter holds, beside the order."""
        return any(value for name, value in self.form.cleaned_data.items() if name != "sap_xep")

    def by_section(self, queryset, name, section):
        return queryset.in_section(section)

    def by_first_day(self, queryset, name, day):
        return queryset.filter(published_at__gte=_midnight(day))

    def by_last_day(self, queryset, name, day):
        return queryset.filter(published_at__lt=_midnight(day) + timedelta(days=1))

    def as_they_are(self, queryset, name, value):
        return queryset


def _midnight(day) -> datetime:
    """The first moment of a day, here. There is no daylight saving, so the next one comes 24 hours later."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), time.min))
