from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from .models import User
from .rights import RightsField

admin.site.unregister(Group)


class StaffCreationForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "full_name")


class StaffChangeForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class RightsMixin:
    """Rights are chosen by the names that the desk knows."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in ("permissions", "user_permissions"):
            kwargs["form_class"] = RightsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class StaffGroupAdmin(RightsMixin, GroupAdmin):
    """Groups of the house."""


@admin.register(User)
class StaffAdmin(RightsMixin, UserAdmin):
    """Members of staff: one name, groups, and nothing of a first name that Vietnamese names do not have."""

    form = StaffChangeForm
    add_form = StaffCreationForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "usable_password", "password1", "password2", "is_staff")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("full_name", "username", "is_active", "is_staff")
    list_display_links = ("full_name", "username")
    list_filter = ("is_active", "groups")
    search_fields = ("full_name", "username", "email")
    ordering = ("full_name", "username")
