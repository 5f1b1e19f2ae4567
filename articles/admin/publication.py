from django.contrib import admin

from ..error_pages import write_error_pages
from ..forms import HouseStyleForm
from ..models import HouseStyle, Publication
from .base import DeskAdmin, SmallTableMixin


class HouseStyleInline(admin.StackedInline):
    model = HouseStyle
    extra = 0
    form = HouseStyleForm
    show_change_link = False


@admin.register(Publication)
class PublicationAdmin(SmallTableMixin, DeskAdmin):
    list_display = ("name", "code", "is_current")
    search_fields = ("name", "code")
    inlines = (HouseStyleInline,)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        write_error_pages()
