from django.contrib import admin
from django.db.models import Q

from ..models import Article, Author
from .base import NamedAdmin


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    fields = ("name", "slug", "bio", "portrait")
    autocomplete_fields = ("portrait",)

    def stories_of(self, obj):
        """Stories that credit the pen name, and those that carry it under one of their pictures."""
        photographed = Q(pk__in=[])
        for pk in obj.pictures.values_list("pk", flat=True):
            photographed |= Q(body__contains=f'data-picture="{pk}"')
        return Article.objects.filter(Q(credits__author=obj) | photographed).distinct()
