from django.contrib import admin

from accounts.admin import StaffAdmin
from accounts.models import User

from ..models import SectionEditor


class SectionEditorInline(admin.StackedInline):
    model = SectionEditor
    extra = 0
    autocomplete_fields = ("section",)


# Accounts know no sections: what ties the two stands on this side.
admin.site.unregister(User)


@admin.register(User)
class StaffWithSectionsAdmin(StaffAdmin):
    inlines = (*StaffAdmin.inlines, SectionEditorInline)
