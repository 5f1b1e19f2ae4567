"""Saving a story at the desk: what is typed becomes a version, never written over; then what was pressed is done."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import contents, presence, publishing, revising
from ..comparing import LABELS, Names, lines_of, marked
from ..models import Article, Origin, Revision, Status
from ..publishing import Refused
from ..revising import Outdated
from .article_acts import perform, pressed

# What the browser sends along that is not text of the story.
_OWN_FIELDS = {"csrfmiddlewaretoken", "based_on", "seen", "theirs", "tab"}
# Where the form of a new story is sent.
_NEW = ("articles_article_add", "articles_article_autosave_new")
TAB_LENGTH = 20

# The views that show or read the form of a story which exists.
_FORMS = ("articles_article_change", "articles_article_preview")


class SavingMixin:
    """A form that works on the last version of the text, whatever the row shows to readers."""

    def get_object(self, request, object_id, from_field=None):
        story = super().get_object(request, object_id, from_field)
        is_form = request.resolver_match.url_name in (*_FORMS, *_NEW)
        return revising.worked_on(story) if story and is_form and self.has_change_permission(request, story) else story

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk and not self.has_change_permission(request, obj):
            return kwargs
        # The rows of the table belong to what readers see; the form fills in those of the version.
        kwargs["queryset"] = inline.model.objects.none()
        if obj.pk and request.method != "POST":
            kwargs["initial"] = [
                {**contents.credit_data(credit), "author": credit.author_id, "order": order}
                for order, credit in enumerate(obj.credits.all())
            ]
        return kwargs

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id or _made_of(request), form_url, extra_context)
        except presence.Claimed:
            return self.changeform_view(request, _made_of(request), form_url, extra_context)
        except Outdated as outdated:
            return self._ask_which(request, outdated)

    def construct_change_message(self, request, form, formsets, add=False):
        # Credits are read from the form anew each time: that they were "added" says nothing.
        return super().construct_change_message(request, form, [], add)

    def _standing(self, request, obj) -> dict:
        """Which version a form shows; a form that comes back with errors still stands on the one it began from."""
        if obj is None:
            return {}
        return {
            "based_on": request.POST.get("based_on") or obj.latest_revision,
            "seen": request.POST.get("seen") or publishing.seen_as(obj),
        }

    # --- Saving

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
            obj.save()
            presence.claim(article=obj, by=request.user, tab=tab_of(request.POST))
        elif _is_planned_anew(form):
            # Until the text has its new end: either time may lie beyond the other one's old value.
            Article.objects.filter(pk=obj.pk).update(published_at=None)

    def save_related(self, request, form, formsets, change):
        story = form.instance
        content = typed_text(form, formsets)
        is_stale = change and _is_stale(request, story)
        if change:
            based_on = based_on_of(request, story)
            content |= _chosen_theirs(request, story, based_on)
            revising.save(article=story, content=content, by=request.user, based_on=based_on)
            self._plan(request, form)
        else:
            contents.write(story, content)
            publishing.derive(article=story)
            revising.record(story, by=request.user, origin=Origin.SAVED)
        self._act(request, form, is_stale)

    def _plan(self, request, form) -> None:
        """When a story is to come out is no part of its text. An end that was taken from a colleague may lie before."""
        row, planned = Article.objects.filter(pk=form.instance.pk), form.instance.published_at
        if not _is_planned_anew(form):
            return
        if planned and row.filter(expires_at__lte=planned).exists():
            messages.error(request, _("The end of showing must come after the publication."))
        else:
            row.update(published_at=planned)

    def _act(self, request, form, is_stale: bool) -> None:
        """Does what was pressed beside saving; a refusal leaves the text saved."""
        row = Article.objects.get(pk=form.instance.pk)
        name = pressed(request.POST) or _moved(form, row)
        if not name:
            self._mark(request, form, row)
            return
        seen = request.POST["seen"] if is_stale else publishing.seen_as(row)
        at = form.cleaned_data.get("published_at")
        try:
            messages.success(request, perform(name, row, request.user, at=at, data=request.POST, seen=seen))
        except Refused as refused:
            messages.warning(request, _("The text is saved, but nothing else was done:"))
            for sentence in refused.sentences:
                messages.error(request, sentence)

    def _mark(self, request, form, row: Article) -> None:
        """ "Cập nhật" for a change that has been released already; else the release itself prints it."""
        if form.cleaned_data.get("marks_update") and not row.has_changes:
            try:
                publishing.revise(article=row, by=request.user)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("Readers see when the story was updated."))

    def response_add(self, request, obj, post_url_continue=None):
        return self._stay(obj) if pressed(request.POST) else super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._stay(obj) if pressed(request.POST) else super().response_change(request, obj)

    def _stay(self, obj):
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    # --- Two at once

    def _ask_which(self, request, outdated: Outdated):
        """Shows both texts where they differ; the answer comes back as the same form, with the parts to be theirs."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two versions of one story"),
            "opts": self.opts,
            "original": outdated.article,
            "latest": outdated.latest,
            "parts": _parts_of(outdated),
            "typed": _text_sent(request),
        }
        return render(request, "admin/articles/article/outdated.html", context, status=409)


def tab_of(data) -> str:
    """The key of the window that a form was sent from; empty where there is none."""
    tab = data.get("tab", "")
    return tab if tab.isalnum() and len(tab) <= TAB_LENGTH else ""


def _made_of(request) -> str | None:
    """The story that the form of a new one has become by itself, or by a first press of the button."""
    known = presence.story_of(request.user, tab_of(request.POST)) if request.method == "POST" else None
    return str(known) if known else None


def typed_text(form, formsets) -> dict:
    """The text in a form, as data; of one that is not valid, the parts that are."""
    rows = [one for formset in formsets for one in formset.forms if one.is_valid() and one.cleaned_data.get("author")]
    kept = [one for one in rows if not one.cleaned_data.get("DELETE")]
    credits = sorted((one.instance for one in kept), key=lambda credit: credit.order)
    lists = {name: form.cleaned_data.get(name, []) for name in contents.LISTS}
    return contents.typed_content(form.instance, lists, credits)


def _parts_of(outdated: Outdated) -> list[dict]:
    """The parts in which two texts differ, with both texts as lines and which of them is proposed."""
    names = Names(outdated.base, outdated.theirs, outdated.mine)
    parts = []
    for part in outdated.parts:
        theirs, mine = lines_of(part, outdated.theirs, names), lines_of(part, outdated.mine, names)
        words = {"theirs": theirs, "mine": mine, "marked": marked(theirs, mine)}
        takes_theirs = outdated.is_only_theirs(part)
        parts.append({"name": part, "label": LABELS[part], "takes_theirs": takes_theirs, **words})
    return parts


def _text_sent(request) -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be sent once more with the choice; no button is among them."""
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, value) for name, value in fields if name not in _OWN_FIELDS and not name.startswith("_")]


def based_on_of(request, story: Article) -> int:
    """The version that a form began from; one that began as a new story has seen no other version than its own."""
    typed = request.POST.get("based_on", "")
    if typed.isdecimal() and len(typed) < 10:
        return int(typed)
    own = story.revisions.filter(by=request.user).values_list("number", flat=True)
    is_new = request.resolver_match.url_name in _NEW
    return (own.first() if is_new else None) or story.latest_revision


def _is_stale(request, story: Article) -> bool:
    seen = request.POST.get("seen")
    return bool(seen) and seen != publishing.seen_as(story)


def _chosen_theirs(request, story: Article, based_on: int) -> dict:
    """The parts that a person took from the version which came in between."""
    wanted = [name for name in contents.PARTS if request.POST.get(f"take-{name}") == "theirs"]
    theirs = Revision.objects.filter(article=story, number=based_on).first() if wanted else None
    return {name: theirs.content[name] for name in wanted} if theirs else {}


def _is_planned_anew(form) -> bool:
    """Whether the time was changed at which a story that is not released yet is to come out."""
    is_open = form.instance.status not in (Status.PUBLISHED, Status.WITHDRAWN)
    return is_open and "published_at" in form.changed_data


def _moved(form, row: Article) -> str:
    """A scheduled story whose time was changed and saved gets its new time, as if its button had been pressed."""
    is_moved = row.stage == "scheduled" and "published_at" in form.changed_data
    return "_schedule" if is_moved else ""
