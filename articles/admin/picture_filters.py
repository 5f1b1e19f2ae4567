"""Filters of the picture library."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import library
from ..models import CreditKind
from .list_filters import TypedNameFilter


class PhotographerFilter(TypedNameFilter):
    """By the pen name that a picture credits."""

    title = _("photographer")
    parameter_name = "person"
    all_names = _("All photographers")

    def narrowed(self, queryset, authors):
        return queryset.filter(credit_author__in=authors)


class CreditFilter(admin.SimpleListFilter):
    """By what a picture credits: a person, or a kind."""

    title = _("kind of credit")
    parameter_name = "credit"

    def lookups(self, request, model_admin):
        return [("person", _("photographer")), *CreditKind.choices]

    def queryset(self, request, queryset):
        if self.value() == "person":
            return queryset.filter(credit_author__isnull=False)
        return queryset.filter(credit_kind=self.value()) if self.value() else queryset


class LackFilter(admin.SimpleListFilter):
    """What keeps a picture from being published."""

    title = _("lacking")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [("alt", _("alternative text")), ("credit", pgettext_lazy("picture", "credit"))]

    def queryset(self, request, queryset):
        if self.value() == "alt":
            return queryset.filter(alt="")
        return library.uncredited(queryset) if self.value() == "credit" else queryset


class UseFilter(admin.SimpleListFilter):
    """Pictures that nothing shows, and those that may not be placed any more."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("not used anywhere")), ("past", _("past its time of use"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return library.unused(queryset)
        return library.past(queryset) if self.value() == "past" else queryset
