from django.contrib import admin

from ..models import Section
from .base import NamedAdmin


@admin.register(Section)
class SectionAdmin(NamedAdmin):
    fields = ("name", "slug", "parent", "description", "order", "in_menu")
    list_display = ("sorted_name", "parent", "order", "in_menu")
    list_filter = ("in_menu",)
    list_select_related = ("parent",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["queryset"] = Section.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
