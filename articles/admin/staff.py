from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Case, Value, When

from accounts.admin import StaffAdmin, StaffGroupAdmin
from accounts.models import User

from ..models import SectionEditor
from ..text import sort_key_of_person
from .base import OtherAppsMixin
from .choices import ChoicesMixin

# Accounts know neither sections nor the rules of text: what ties them stands on this side.
admin.site.unregister(User)
admin.site.unregister(Group)


class SectionEditorInline(ChoicesMixin, admin.StackedInline):
    model = SectionEditor
    extra = 0
    autocomplete_fields = ("section",)


@admin.register(User)
class StaffWithSectionsAdmin(OtherAppsMixin, StaffAdmin):
    inlines = (*StaffAdmin.inlines, SectionEditorInline)

    def get_ordering(self, request):
        """By given name. A staff is small enough to be sorted here, so that accounts need no key for it."""
        names = sorted(User.objects.values_list("full_name", "username", "pk"), key=_by_given_name)
        ranks = [When(pk=pk, then=Value(rank)) for rank, (_full, _user, pk) in enumerate(names)]
        return [Case(*ranks, default=0, output_field=models.IntegerField()), "pk"]


@admin.register(Group)
class GroupOfHouseAdmin(OtherAppsMixin, StaffGroupAdmin):
    """Groups of the house, told of in its own words."""


def _by_given_name(row):
    full_name, username, _pk = row
    return sort_key_of_person(full_name or username)
