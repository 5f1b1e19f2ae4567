"""Filters of the list of stories."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import duties
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


def daily_lists(user) -> list[tuple]:
    """(word in the address, label) of the lists that everybody needs every day."""
    waiting = [("cho-toi", _("Waiting for me"))] if duties.handles_others(user) else []
    return [
        *waiting,
        ("cua-toi", _("My stories")),
        ("hen-gio", _("On the schedule")),
        ("ban-sua", _("With changes to release")),
    ]


class DutyFilter(admin.SimpleListFilter):
    """The lists of every day, by an address that can be passed on. They stand over the list, not beside it."""

    title = _("Lists of every day")
    parameter_name = "viec"
    template = "admin/articles/article/no_filter.html"

    def lookups(self, request, model_admin):
        return daily_lists(request.user)

    def queryset(self, request, queryset):
        if self.value() == "cho-toi":
            return queryset.filter(pk__in=duties.waiting_for(request.user).values("pk"))
        wanted = {
            "cua-toi": Q(created_by=request.user),
            "hen-gio": duties.scheduled(),
            "ban-sua": duties.WITH_CHANGES,
        }
        return queryset.filter(wanted[self.value()]) if self.value() in wanted else queryset
