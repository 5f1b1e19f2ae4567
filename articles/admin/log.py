from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Article, ArticleEvent, Status
from ..search import matching_stories
from .base import DeskAdmin


@admin.register(ArticleEvent)
class ArticleEventAdmin(DeskAdmin):
    """The log of all stories: looked through, and never written."""

    is_public = False

    list_display = ("at", "told", "story", "by", "states", "note", "on_legal_ground")
    list_display_links = None
    list_filter = ("act", "on_legal_ground", "by", ("at", admin.DateFieldListFilter))
    list_select_related = ("article", "by")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    actions = None

    def get_search_results(self, request, queryset, search_term):
        """By the story that an act was done to, and by what was noted with it."""
        if not search_term:
            return queryset, False
        stories = matching_stories(search_term, Article.objects.order_by()).values("pk")
        return queryset.filter(Q(article__in=stories) | Q(note__icontains=search_term)), False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("act"), ordering="act")
    def told(self, event):
        return event.get_act_display()

    @admin.display(description=_("article"))
    def story(self, event):
        address = reverse("admin:articles_article_history", args=[event.article_id])
        return format_html('<a href="{}">{}</a>', address, event.article.title)

    @admin.display(description=_("before and after"))
    def states(self, event):
        labels = dict(Status.choices)
        if event.before == event.after:
            return labels.get(event.after, event.after)
        return f"{labels.get(event.before, event.before)} → {labels.get(event.after, event.after)}"
