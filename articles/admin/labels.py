from django.contrib import admin

from ..models import Article, Series, Tag
from .base import NamedAdmin


@admin.register(Tag)
class TagAdmin(NamedAdmin):
    fields = ("name", "slug", "description")

    def stories_of(self, obj):
        return Article.objects.filter(tags=obj)


@admin.register(Series)
class SeriesAdmin(NamedAdmin):
    fields = ("name", "slug", "description", "picture", "is_running")
    list_display = ("sorted_name", "is_running")
    list_filter = ("is_running",)
    autocomplete_fields = ("picture",)

    def stories_of(self, obj):
        return Article.objects.filter(series=obj)
