from django.contrib import admin

from ..error_pages import write_error_pages
from ..forms import HouseStyleForm
from ..models import HouseStyle, Publication
from ..search import syllables
from .base import DeskAdmin


class HouseStyleInline(admin.StackedInline):
    model = HouseStyle
    extra = 0
    form = HouseStyleForm
    show_change_link = False


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    list_display = ("name", "code", "is_current")
    search_fields = ("key",)
    inlines = (HouseStyleInline,)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        write_error_pages()

    def get_search_results(self, request, queryset, search_term):
        """A handful of papers: found by any part of the name."""
        for word in syllables(search_term):
            queryset = queryset.filter(name__icontains=word)
        return queryset, False
