from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashWidget,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .models import User
from .rights import RightsField

admin.site.unregister(Group)


class StaffCreationForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "full_name")


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Says whether there is a password. How it is kept, which Django shows in English, tells the desk nothing."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {"summary": [{"label": _("A password is set.")}]} if is_password_usable(value) else context


class StaffChangeForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordWidget()


class StaffPasswordForm(AdminPasswordChangeForm):
    """A new password for a colleague. The id is what the admin's script shows and hides."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If it is turned off, the password of this person is lost."),
    )


class RightsMixin:
    """Rights are chosen by the names that the desk knows."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in ("permissions", "user_permissions"):
            kwargs["form_class"] = RightsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class StaffGroupAdmin(RightsMixin, GroupAdmin):
    """Groups of the house."""

    class Media:
        js = ("js/desk/choices.js",)


@admin.register(User)
class StaffAdmin(RightsMixin, UserAdmin):
    """Members of staff: one name, groups, and nothing of a first name that Vietnamese names do not have."""

    form = StaffChangeForm
    add_form = StaffCreationForm
    change_password_form = StaffPasswordForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "email", "gets_letters")}),
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

    class Media:
        js = ("js/desk/choices.js",)

    # Who may change staff may not, by that, become more than they are: superusers are the business of superusers.

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_within_reach(request, obj)

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        protected += [str(person) for person in objs if not _is_within_reach(request, person)]
        return deleted, counts, perms, protected


def _is_within_reach(request, person: User | None) -> bool:
    return request.user.is_superuser or person is None or not person.is_superuser
