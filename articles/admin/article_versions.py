"""The versions of a story at the desk: their list, two of them side by side, naming, restoring, and a file of all."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import revising
from ..comparing import differences
from ..exporting import story_file
from ..fields import CleanCharField
from ..models import Article, Revision
from ..telling import life_of

NAME_LENGTH = Revision._meta.get_field("name").max_length


class VersionsMixin:
    """Who may look at a story may look at its versions; who may edit it may name and restore them."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/versions/", wrap(self.versions_view), name="articles_article_versions"),
            path("<int:pk>/versions/export/", wrap(self.export_view), name="articles_article_export"),
            path(
                "<int:pk>/versions/<int:number>/name/",
                wrap(require_POST(self.name_view)),
                name="articles_article_name_version",
            ),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                wrap(require_POST(self.restore_view)),
                name="articles_article_restore",
            ),
        ]
        return [*own, *super().get_urls()]

    def versions_view(self, request, pk):
        """All versions, and what differs between two of them: `tu` and `den`, by default what readers see and the last.

        Context: versions, old, new, differences, may_write.
        """
        story = self._looked_at(request, pk)
        versions = list(story.revisions.select_related("by", "restored_from").defer("content"))
        by_number = {version.number: version for version in versions}
        new = by_number.get(_number(request, "den")) or (versions[0] if versions else None)
        old = by_number.get(_number(request, "tu")) or by_number.get(_compared_with(story, versions))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions of the story"),
            "opts": self.opts,
            "original": story,
            "versions": versions,
            "old": old,
            "new": new,
            "differences": differences(old.content, new.content) if old and new else [],
            "may_write": self.has_change_permission(request, story),
            "name_length": NAME_LENGTH,
        }
        return render(request, "admin/articles/article/versions.html", context)

    def name_view(self, request, pk, number):
        """Names a version; an empty name takes the name away."""
        version = self._chosen(request, pk, number)
        # Cut when it is clean: cleaning may make a text longer.
        named = CleanCharField(required=False).clean(request.POST.get("name", ""))[:NAME_LENGTH]
        revising.name(revision=version, name=named)
        messages.success(request, _("The version is named.") if named else _("The version has no name any more."))
        return HttpResponseRedirect(reverse("admin:articles_article_versions", args=[pk]))

    def restore_view(self, request, pk, number):
        """Makes an older text the last one."""
        version = self._chosen(request, pk, number)
        try:
            restored = revising.restore(
                revision=version, by=request.user, based_on=_number(request, "based_on", request.POST) or 0
            )
        except revising.Outdated:
            messages.error(
                request, _("Another version came meanwhile. Please look at it before you restore an older one.")
            )
            return HttpResponseRedirect(reverse("admin:articles_article_versions", args=[pk]))
        told = _("The text of version %d stands again.") if restored else _("Version %d is what stands already.")
        messages.success(request, told % number)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def export_view(self, request, pk):
        """The story with all its versions and its log, as a JSON file."""
        story = self._looked_at(request, pk)
        body = json.dumps(story_file(story), ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{story.slug or "bai"}-{story.pk}.json"'
        return response

    def history_view(self, request, object_id, extra_context=None):
        """The story's life in sentences. Context: object, life."""
        if not object_id.isdecimal():
            # The admin's own address takes any word for a number.
            raise Http404
        story = self._looked_at(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of the story"),
            "opts": self.opts,
            "object": story,
            "life": life_of(story),
        }
        return render(request, "admin/articles/article/history.html", context)

    def _looked_at(self, request, pk) -> Article:
        story = get_object_or_404(Article.objects.select_related("section"), pk=pk)
        if not self.has_view_or_change_permission(request, story):
            raise PermissionDenied
        return story

    def _chosen(self, request, pk, number) -> Revision:
        version = get_object_or_404(Revision.objects.select_related("article__section"), article=pk, number=number)
        if not self.has_change_permission(request, version.article):
            raise PermissionDenied
        return version


def _number(request, name: str, data=None) -> int | None:
    typed = (request.GET if data is None else data).get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _compared_with(story: Article, versions: list[Revision]) -> int | None:
    """What a person wants to compare the last version with: what readers see, else the one before."""
    if story.has_changes:
        return story.shown_revision
    return versions[1].number if len(versions) > 1 else None
