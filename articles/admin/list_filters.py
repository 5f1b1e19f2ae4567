"""Filters of the list of stories."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Author, Credit, Section
from ..search import matching

# As many names as a person can look through while typing.
AUTHORS_OFFERED = 200


class SectionFilter(admin.SimpleListFilter):
    """By section; a section of the first level takes those below it along."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        sections = list(Section.objects.all())
        for top in (section for section in sections if not section.parent_id):
            yield str(top.pk), top.name
            for below in (section for section in sections if section.parent_id == top.pk):
                yield str(below.pk), f"– {below.name}"

    def queryset(self, request, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        section = Section.objects.filter(pk=int(self.value())).first()
        return queryset.in_section(section) if section else queryset.none()


class TypedNameFilter(admin.SimpleListFilter):
    """By a pen name that is typed, with or without marks; the browser offers the names."""

    template = "admin/articles/typed_name_filter.html"
    all_names = ""

    def lookups(self, request, model_admin):
        return [(name, name) for name in Author.objects.values_list("name", flat=True)[:AUTHORS_OFFERED]]

    def choices(self, changelist):
        """One entry: what the template needs to print a field that keeps every other filter."""
        others = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name != self.parameter_name
            for value in values
        ]
        if changelist.query:
            others.append(("q", changelist.query))
        clear = changelist.get_query_string(remove=[self.parameter_name])
        yield {
            "parameter": self.parameter_name,
            "value": self.value() or "",
            "names": self.lookup_choices,
            "others": others,
            "clear": clear,
            "all_names": self.all_names,
        }

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return self.narrowed(queryset, matching(self.value(), Author.objects.order_by()))

    def narrowed(self, queryset, authors):
        """The rows of the list that belong to one of the authors."""
        raise NotImplementedError


class AuthorFilter(TypedNameFilter):
    """By the pen name that a story credits."""

    title = _("author")
    parameter_name = "author"
    all_names = _("All authors")

    def narrowed(self, queryset, authors):
        return queryset.filter(pk__in=Credit.objects.filter(author__in=authors).values("article_id"))
