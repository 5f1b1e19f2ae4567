"""The search page's filters, by the names that its addresses carry."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Article, Author, Section, Tag
from .search import find


class ArticleFilter(django_filters.FilterSet):
    """Stories by words, section, author, tag and day. Unknown values show as errors, the other filters still work."""

    q = django_filters.CharFilter(label=_("Search words"), method="by_words")
    chuyen_muc = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=Section.objects.all(), to_field_name="slug", method="by_section"
    )
    tac_gia = django_filters.ModelChoiceFilter(
        label=_("Author"), queryset=Author.objects.all(), to_field_name="slug", field_name="authors"
    )
    the = django_filters.ModelChoiceFilter(
        label=_("Tag"), queryset=Tag.objects.all(), to_field_name="slug", field_name="tags"
    )
    tu = django_filters.DateFilter(label=_("From"), field_name="published_at", lookup_expr="date__gte")
    den = django_filters.DateFilter(label=_("Until"), field_name="published_at", lookup_expr="date__lte")

    class Meta:
        model = Article
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return find(value, queryset)

    def by_section(self, queryset, name, section):
        return queryset.in_section(section)
