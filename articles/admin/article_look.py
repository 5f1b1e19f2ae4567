"""A quick look at a story: the text that the desk works on as readers would see it, and what one should know of it."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .. import revising
from ..deriving import fill, pictures_of
from ..html import clean_body
from ..marks import state_mark
from ..models import Status
from ..readiness import problems


class LookMixin:
    """A page for one story, which a script of the list opens in a window. Who may look at a story may use it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.look_view)
        return [path("<int:pk>/look/", view, name="articles_article_look"), *super().get_urls()]

    @admin.display(description=_("status"), ordering="status")
    def state_and_look(self, obj):
        """The state and the link in one cell: a column more would push the last one out of sight."""
        address, says = reverse("admin:articles_article_look", args=[obj.pk]), _("Quick look")
        link = format_html('<a class="to-look" href="{}" aria-label="{}: {}">{}</a>', address, says, obj.title, says)
        return format_html("{} {}", state_mark(obj), link)

    def look_view(self, request, pk):
        """Context: original (as worked on), body, byline, mark, problems, noted, may_write."""
        row = self._looked_at(request, pk)
        story = revising.worked_on(row)
        # As a release would derive it; nothing is stored.
        story.body = clean_body(story.body)
        fill(story, list(story.credits.all()), pictures_of(story))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Quick look"),
            "opts": self.opts,
            "original": story,
            "body": mark_safe(story.body_html),  # noqa: S308 (cleaned and derived right above)
            "byline": story.byline,
            "mark": state_mark(row),
            "problems": problems(story) if row.status != Status.WITHDRAWN else [],
            "noted": row.events.exclude(note="").select_related("by").first(),
            "may_write": self.has_change_permission(request, row),
        }
        return render(request, "admin/articles/article/look.html", context)
