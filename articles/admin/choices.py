"""Rows that are chosen by typing, in the forms of the desk."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

# As many digits as fit the ids of either database.
LONGEST_ID = 18


class NumbersOnly:
    """Choices by id: what is no id chooses nothing, where Django's own widget would fail to look it up."""

    def optgroups(self, name, value, attr=None):
        ids = [one for one in value if one and str(one).isdecimal() and len(str(one)) <= LONGEST_ID]
        return super().optgroups(name, ids, attr)


class OneChoice(NumbersOnly, AutocompleteSelect):
    """One row, found by typing."""


class ManyChoices(NumbersOnly, AutocompleteSelectMultiple):
    """Several rows, found by typing."""


class ChoicesMixin:
    """The admin's fields that are found by typing, for a table or for rows within another."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneChoice(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ManyChoices(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
