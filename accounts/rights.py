"""Rights in the words of the desk. Django stores their names in English, for no catalogue to reach."""

from django import forms
from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

ACTS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


def right_name(permission: Permission) -> str:
    """'Tòa soạn | bài viết | sửa': where a right holds, and what it allows. A right of no model keeps its own name."""
    model = permission.content_type.model_class()
    named = dict(model._meta.permissions) if model else {}
    act = named.get(permission.codename) or ACTS.get(permission.codename.partition("_")[0], permission.name)
    return f"{permission.content_type} | {act}"


class RightsField(forms.ModelMultipleChoiceField):
    """The choice of rights in the forms of users and groups."""

    def label_from_instance(self, obj):
        return right_name(obj)
