"""A story before it is out: the form as readers would see it, and the secret links that outsiders are given."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import previewing
from ..forms import PreviewLinkForm
from ..models import Article, PreviewLink
from .article_saving import typed_text
from .base import sentences_of
from .framing import framing


class PreviewMixin:
    """Who may edit a story may look at it before it is out, and show it to an outsider."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("preview/", wrap(self.preview_view), name="articles_article_preview_new"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="articles_article_preview"),
            path("<int:pk>/preview-links/", wrap(self.preview_links_view), name="articles_article_preview_links"),
            path(
                "<int:pk>/preview-links/<int:link>/revoke/",
                wrap(require_POST(self.revoke_link_view)),
                name="articles_article_revoke_link",
            ),
        ]
        return [*own, *super().get_urls()]

    @framing
    def preview_view(self, request, pk=None):
        """The form as it was sent, as its page would be, in a frame; or what is wrong with the form. Nothing is saved.

        Asked for without a form, as after signing in again, it leads to the form. Context: frames, sentences.
        """
        story = self._previewed(request, pk)
        if request.method != "POST":
            form = reverse("admin:articles_article_change", args=[pk]) if pk else reverse("admin:articles_article_add")
            return HttpResponseRedirect(form)
        page, sentences = self._page_of_form(request, story)
        frames = [{"title": _("The story as readers will see it"), "html": page}] if page else []
        context = self._preview_context(request, story, _("Preview")) | {"frames": frames, "sentences": sentences}
        return render(request, "admin/articles/article/preview.html", context)

    def preview_links_view(self, request, pk):
        """The secret links of a story; makes one (POST) and shows its address this one time.

        Context: links, form, address.
        """
        story = self._shown_out(request, pk)
        form, address = PreviewLinkForm(request.POST if request.method == "POST" else None), ""
        if form.is_valid():
            _link, token = previewing.make_link(article=story, by=request.user, **form.cleaned_data)
            address = request.build_absolute_uri(reverse("articles:preview", args=[token]))
            form = PreviewLinkForm()
        links = story.preview_links.select_related("revision", "article", "made_by", "revoked_by")
        context = self._preview_context(request, story, _("Preview links"))
        context |= {"form": form, "address": address, "links": links.defer("revision__content")}
        return render(request, "admin/articles/article/preview_links.html", context)

    def revoke_link_view(self, request, pk, link):
        """Ends a link at once."""
        story = self._shown_out(request, pk)
        found = get_object_or_404(PreviewLink, pk=link, article=story)
        if previewing.revoke_link(link=found, by=request.user):
            messages.success(request, _("The link shows nothing any more."))
        else:
            messages.info(request, _("The link had been revoked already."))
        return HttpResponseRedirect(reverse("admin:articles_article_preview_links", args=[pk]))

    def _page_of_form(self, request, story: Article | None) -> tuple[str, list[str]]:
        """The readers' page of a form that was sent, and what is wrong with the form: one of the two is empty."""
        form = self.get_form(request, story, change=story is not None)(
            request.POST, instance=story or Article(created_by=request.user)
        )
        is_valid = form.is_valid()
        typed = self.save_form(request, form, change=story is not None) if is_valid else form.instance
        formsets = [
            made(**self.get_formset_kwargs(request, typed, inline, made.get_default_prefix()))
            for made, inline in self.get_formsets_with_inlines(request, story)
        ]
        if not is_valid or not all(formset.is_valid() for formset in formsets):
            return "", _sentences(form, formsets)
        shown = previewing.as_published(typed, typed_text(form, formsets))
        return render_to_string("articles/preview.html", {"article": shown}, request), []

    def _previewed(self, request, pk) -> Article | None:
        """The story that a form works on, None for a new one; only for those who may write it."""
        story = self.get_object(request, str(pk)) if pk else None
        if pk and story is None:
            raise Http404
        if not (self.has_change_permission(request, story) if story else self.has_add_permission(request)):
            raise PermissionDenied
        return story

    def _shown_out(self, request, pk) -> Article:
        story = get_object_or_404(Article.objects.select_related("section"), pk=pk)
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return story

    def _preview_context(self, request, story: Article | None, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "original": story}


def _sentences(form, formsets) -> list[str]:
    found = sentences_of(form)
    for formset in formsets:
        found += [sentence for one in formset.forms for sentence in sentences_of(one)]
        found += formset.non_form_errors()
    return found
