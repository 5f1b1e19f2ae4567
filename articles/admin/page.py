from django.contrib import admin
from django.contrib.flatpages.admin import FlatPageAdmin
from django.contrib.flatpages.models import FlatPage
from django.utils.decorators import method_decorator

from ..forms import PageForm
from .base import OtherAppsMixin, PublicMixin
from .editor import BodyEditor, with_editor

# Django's own form would take any HTML and any address.
admin.site.unregister(FlatPage)


@admin.register(FlatPage)
@method_decorator(with_editor, name="changeform_view")
class PageAdmin(PublicMixin, OtherAppsMixin, FlatPageAdmin):
    form = PageForm
    fieldsets = ((None, {"fields": ("title", "url", "content", "sites")}),)
    list_display = ("title", "url")
    search_fields = ("title", "url")
    list_filter = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "content":
            kwargs["widget"] = BodyEditor(with_pictures=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
