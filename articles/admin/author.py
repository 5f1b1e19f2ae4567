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
        return Article.objects.filter(Q(credits__author=obj) | Q(placings__picture__credit_author=obj)).distinct()
