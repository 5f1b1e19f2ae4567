from django.contrib import admin
from django.db.models import Q

from ..deriving import derive, locked
from ..forms import PlacingForm
from ..models import Article, Author
from .base import NamedAdmin


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    form = PlacingForm
    fields = ("name", "slug", "bio", "portrait")
    autocomplete_fields = ("portrait",)
    own_picture = "portrait"

    def renew_stories(self, request, obj):
        """In stories that credit the pen name, and in those that carry it under one of their pictures."""
        carried = Q(credits__author=obj) | Q(placings__picture__credit_author=obj)
        for article in Article.objects.filter(carried).distinct().order_by("pk").only("pk"):
            derive(article=locked(article))
