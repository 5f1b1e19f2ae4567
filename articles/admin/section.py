from django.contrib import admin

from .. import listing
from ..models import ListKind, Section
from .base import NamedAdmin


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    fields = ("name", "slug", "parent", "description", "order", "in_menu")
    list_display = ("sorted_name", "parent", "order", "in_menu")
    list_filter = ("in_menu",)
    list_select_related = ("parent",)

    def bring_to_stories(self, request, form, formsets, change):
        super().bring_to_stories(request, form, formsets, change)
        if "parent" in form.changed_data:
            # The stories of a section stand in the list of the one above it, too.
            above = filter(None, [form.initial.get("parent"), form.instance.parent_id])
            listing.remake(ListKind.SECTION, *above)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = Section.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
