"""Acts of the desk on several stories of the list, each story by itself, with the rights and rules of its buttons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import publishing
from ..forms import SendBackForm, WithdrawForm
from ..models import Act, Article
from ..publishing import Refused
from ..rights import RULES
from .choices import LONGEST_ID

# One page of the list: as much as a person has seen before pressing.
BULK_LIMIT = 50


@dataclass(frozen=True)
class BulkAct:
    """An act that may be done to many stories: its function in `publishing`, its words, what is asked for first."""

    do: Callable
    label: str
    form: type[forms.Form] | None = None
    heading: str = ""
    told: str = ""


BULK: dict[Act, BulkAct] = {
    Act.SUBMIT: BulkAct(publishing.submit, gettext_lazy("Hand in to the editors")),
    Act.PASS_ON: BulkAct(publishing.pass_on, gettext_lazy("Pass on for release")),
    Act.PUBLISH: BulkAct(publishing.publish, gettext_lazy("Publish now")),
    Act.SEND_BACK: BulkAct(
        publishing.send_back,
        gettext_lazy("Send back…"),
        SendBackForm,
        gettext_lazy("Send the ticked stories back"),
        gettext_lazy("Each writer gets the story back, with the reason that you give here."),
    ),
    Act.WITHDRAW: BulkAct(
        publishing.withdraw,
        gettext_lazy("Withdraw…"),
        WithdrawForm,
        gettext_lazy("Withdraw the ticked stories"),
        gettext_lazy(
            "The stories leave every page, list, feed and search at once. Their text, log and comments stay here,"
            " sealed."
        ),
    ),
}


class BulkActsMixin:
    """The choice of acts over the list. What is refused is told story by story; what is done is counted."""

    list_per_page = BULK_LIMIT

    def get_actions(self, request):
        """Only what the person could do to any story at all."""
        if IS_POPUP_VAR in request.GET:
            return {}
        return {
            act.value: (bulk.do, act.value, bulk.label)
            for act, bulk in BULK.items()
            if request.user.has_perm(f"articles.{RULES[act].right}")
        }

    def action_checkbox(self, obj):
        """The box, and how the row is seen: what was changed since the list was drawn is not touched."""
        box = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="seen-{}" value="{}">', box, obj.pk, obj.seen)

    def response_action(self, request, queryset):
        """Does the chosen act to the ticked stories, or asks for its reason first.

        `queryset`, the list under its filter, is not used: a story that a colleague has just moved on has left it,
        and would be passed over in silence.
        """
        name = request.POST.get("action", "")
        if name not in self.get_actions(request):
            messages.warning(request, _("Please choose what is to be done with the ticked stories."))
            return None
        chosen = _chosen(request)
        if len(chosen) > BULK_LIMIT:
            messages.error(request, _("At most %d stories at a time, please.") % BULK_LIMIT)
            return None
        return self._asked_and_done(request, Act(name), chosen)

    def _asked_and_done(self, request, act: Act, chosen: list[int]):
        bulk = BULK[act]
        found = Article.objects.defer("body", "body_html").in_bulk(chosen)
        # In the order of the list.
        stories = [found[pk] for pk in chosen if pk in found]
        fields = {}
        if bulk.form:
            form = bulk.form(request.POST if "confirmed" in request.POST else None)
            if not form.is_valid():
                return self._ask(request, act, stories, form)
            fields = form.cleaned_data
        done = self._do_to_each(request, bulk, stories, fields)
        if done:
            messages.success(request, _told(act, done))
        if gone := len(chosen) - len(stories):
            told = ngettext("%(count)d story is no longer there.", "%(count)d stories are no longer there.", gone)
            messages.warning(request, told % {"count": gone})
        return HttpResponseRedirect(request.get_full_path())

    def _do_to_each(self, request, bulk: BulkAct, stories: Iterable[Article], fields: dict) -> int:
        """How many it was done to; each is a transaction of its own, and a refusal of one stops no other."""
        done = 0
        for story in stories:
            try:
                bulk.do(article=story, by=request.user, seen=_seen(request, story) or None, **fields)
            except Refused as refused:
                messages.warning(request, _("“%(title)s”: %(why)s") % {"title": story.title, "why": refused})
            else:
                done += 1
        return done

    def _ask(self, request, act: Act, stories: list[Article], form: forms.Form):
        context = {
            **self.admin_site.each_context(request),
            "title": BULK[act].heading,
            "told": BULK[act].told,
            "opts": self.opts,
            "act": act.value,
            "form": form,
            "stories": [(story, _seen(request, story)) for story in stories],
            "back": request.get_full_path(),
        }
        return render(request, "admin/articles/article/bulk_reason.html", context)


def _chosen(request) -> list[int]:
    """The ids of the ticked rows; what is none is passed over."""
    typed = dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME))
    return [int(one) for one in typed if one.isdecimal() and len(one) <= LONGEST_ID]


def _seen(request, story: Article) -> str:
    return request.POST.get(f"seen-{story.pk}", "")


def _told(act: Act, done: int) -> str:
    told = {
        Act.SUBMIT: ngettext("%(count)d story is handed in.", "%(count)d stories are handed in.", done),
        Act.PASS_ON: ngettext(
            "%(count)d story is passed on for release.", "%(count)d stories are passed on for release.", done
        ),
        Act.PUBLISH: ngettext("%(count)d story is published.", "%(count)d stories are published.", done),
        Act.SEND_BACK: ngettext("%(count)d story is sent back.", "%(count)d stories are sent back.", done),
        Act.WITHDRAW: ngettext("%(count)d story is withdrawn.", "%(count)d stories are withdrawn.", done),
    }
    return told[act] % {"count": done}
