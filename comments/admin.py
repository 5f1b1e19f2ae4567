"""The moderators' desk: the queue of comments with the story beside each, and the acts on one or many of them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import moderation, person
from .models import Comment, ModerationAction, Status
from .queue import PER_PAGE, Queue, Reading, decided_today

Act = ModerationAction.Act

# Why a comment is not shown, in words that may be read to its writer.
REASONS = {
    "off-topic": gettext_lazy("Not about the story"),
    "insult": gettext_lazy("Insults or attacks a person"),
    "language": gettext_lazy("Vulgar or unreadable"),
    "advert": gettext_lazy("Advertising or spam"),
    "unproven": gettext_lazy("Accuses without proof"),
    "private": gettext_lazy("Tells private data of others"),
    "law": gettext_lazy("Against the law"),
    "twin": gettext_lazy("Sent before"),
}

_DO = {
    Act.APPROVE: lambda comment, by, reason: moderation.approve(comment=comment, by=by),
    Act.REJECT: lambda comment, by, reason: moderation.reject(comment=comment, by=by, reason=reason),
    Act.HIDE: lambda comment, by, reason: moderation.hide(comment=comment, by=by, reason=reason),
}


class DecisionForm(forms.Form):
    """What was pressed. `seen`: the state in which the moderator saw the comment; `back`: the list to return to."""

    act = forms.ChoiceField(choices=[(act.value, act.label) for act in moderation.MOVES])
    reason = forms.ChoiceField(choices=[("", ""), *REASONS.items()], required=False)
    seen = forms.ChoiceField(choices=Status.choices)
    back = forms.CharField(required=False)

    @property
    def lacks_reason(self) -> bool:
        return self.cleaned_data["act"] != Act.APPROVE and not self.cleaned_data["reason"]

    def do(self, pk: int, by) -> Comment:
        """Does the act to one comment. Raises moderation.Refused, also where a colleague was faster."""
        asked = self.cleaned_data
        with transaction.atomic():
            comment = get_object_or_404(Comment.objects.select_for_update(), pk=pk)
            if comment.status != asked["seen"] and not comment.is_erased:
                raise moderation.Refused(_decided_already(comment))
            _DO[asked["act"]](comment, by, str(REASONS.get(asked["reason"], "")))
        return comment


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Nothing is added or rewritten here: comments come from readers; each act goes through moderation or erasure."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="comments_comment_changelist"),
            path("nhieu/", wrap(self.bulk_view), name="comments_comment_bulk"),
            path("nguoi-gui/", wrap(self.person_view), name="comments_comment_person"),
            path("<int:pk>/change/", wrap(self.change_view), name="comments_comment_change"),
            path("<int:pk>/act/", wrap(self.act_view), name="comments_comment_act"),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or _may_act(request)

    def changelist_view(self, request, extra_context=None):
        """The queue: a list on the left, the chosen comment (?chon=) or the first one on the right."""
        self._require_view(request)
        queue = Queue(request.GET)
        chosen = request.GET.get("chon", "")
        reading = Reading.of(int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else None
        if reading is None and queue.rows:
            reading = Reading.of(queue.rows[0].pk)
        context = self._context(request, str(queue.tab.heading), reading, queue.back)
        context |= {"queue": queue, "today": decided_today(), "bulk_acts": _offered(queue.tab.status)}
        return TemplateResponse(request, "admin/comments/comment/change_list.html", context)

    def change_view(self, request, pk, extra_context=None):
        """One comment with everything known of it, its log and the same acts."""
        self._require_view(request)
        reading = Reading.of(pk)
        if reading is None:
            raise Http404
        is_erased = reading.comment.is_erased
        title = _("Erased comment") if is_erased else _("Comment by %(name)s") % {"name": reading.comment.name}
        context = self._context(request, title, reading, "") | {"alone": True}
        return TemplateResponse(request, "admin/comments/comment/change_form.html", context)

    def act_view(self, request, pk):
        """POST: does one act, then shows the next comment of the list that it came from."""
        decision = self._decision(request)
        if not isinstance(decision, DecisionForm):
            return decision
        stay = reverse("admin:comments_comment_change", args=[pk])
        if decision.lacks_reason:
            messages.error(request, _("Please choose a reason first; nothing has been changed."))
            return redirect(stay if "alone" in request.POST else _list_at(decision, pk))
        try:
            comment = decision.do(pk, request.user)
        except moderation.Refused as refusal:
            messages.warning(request, str(refusal))
            comment = get_object_or_404(Comment, pk=pk)
        else:
            messages.success(request, _done(decision.cleaned_data["act"], comment))
        if "alone" in request.POST:
            return redirect(stay)
        following = Queue(QueryDict(decision.cleaned_data["back"])).after(comment)
        return redirect(_list_at(decision, following and following.pk))

    def bulk_view(self, request):
        """POST: does one act to every ticked comment and says of how many, and of how many not and why."""
        decision = self._decision(request)
        if not isinstance(decision, DecisionForm):
            return decision
        chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19][:PER_PAGE]
        if not chosen:
            messages.warning(request, _("Tick the comments first; nothing has been changed."))
        elif decision.lacks_reason:
            return self._ask_reason(request, decision, chosen)
        else:
            self._decide_all(request, decision, chosen)
        return redirect(_list_at(decision, None))

    def person_view(self, request):
        """What is stored about one sender: see `person`."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "may_view": self.has_view_permission(request),
        }
        return person.answer(request, context)

    def _decide_all(self, request, decision, chosen: list[int]) -> None:
        done, refusals = 0, []
        for pk in chosen:
            try:
                decision.do(pk, request.user)
                done += 1
            except moderation.Refused as refusal:
                refusals.append(str(refusal))
        sentence = _done_many(decision.cleaned_data["act"], done) if done else _("Nothing has been changed.")
        if refusals:
            failed = ngettext(
                "%(count)d comment could not be changed:", "%(count)d comments could not be changed:", len(refusals)
            ) % {"count": len(refusals)}
            sentence = " ".join([sentence, failed, *dict.fromkeys(refusals)])
        messages.add_message(request, messages.WARNING if refusals else messages.SUCCESS, sentence)

    def _ask_reason(self, request, decision, chosen: list[int]):
        act = Act(decision.cleaned_data["act"])
        title = _("Why are these comments rejected?") if act == Act.REJECT else _("Why are these comments hidden?")
        context = self._context(request, title, None, decision.cleaned_data["back"])
        comments = Comment.objects.filter(pk__in=chosen).select_related("article")
        context |= {"comments": comments, "act": act, "seen": decision.cleaned_data["seen"]}
        return TemplateResponse(request, "admin/comments/comment/bulk_reason.html", context)

    def _decision(self, request):
        """What was pressed, or the answer to what is no press. Raises PermissionDenied without the right to act."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not _may_act(request):
            raise PermissionDenied
        decision = DecisionForm(request.POST)
        if not decision.is_valid():
            messages.error(request, _("That could not be read, please press again; nothing has been changed."))
            return redirect("admin:comments_comment_changelist")
        return decision

    def _require_view(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _context(self, request, title: str, reading: Reading | None, back: str) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "reading": reading,
            "may_act": _may_act(request),
            "may_erase": person.may_enter(request.user),
            "may_open_story": request.user.has_perm("articles.view_article")
            or request.user.has_perm("articles.change_article"),
            "acts": _offered(reading.comment.status) if reading and not reading.comment.is_erased else [],
            "reasons": REASONS,
            "back": back,
        }


def _may_act(request) -> bool:
    return request.user.has_perm("comments.moderate_comment")


def _offered(status: str) -> list[Act]:
    """What a moderator may do next with a comment in this state: only what can be done is shown."""
    return [Act(act) for act, (before, _after) in moderation.MOVES.items() if status in before]


def _list_at(decision: DecisionForm, pk: int | None) -> str:
    """The address of the list that the decision came from, with one comment chosen."""
    query = QueryDict(decision.cleaned_data["back"], mutable=True)
    query.pop("chon", None)
    if pk:
        query["chon"] = pk
    return f"{reverse('admin:comments_comment_changelist')}?{query.urlencode()}"


def _decided_already(comment: Comment) -> str:
    """'Another moderator was faster', with who did what and when."""
    last = comment.actions.select_related("by").first()
    if last is None:
        return _("The comment by %(name)s is waiting again.") % {"name": comment.name}
    sentence = _("The comment by %(name)s was already %(act)s by %(by)s at %(time)s.")
    when = date_format(localtime(last.at), "DATETIME_FORMAT")
    return sentence % {"name": comment.name, "act": last.get_act_display(), "by": last.by, "time": when}


def _done(act: str, comment: Comment) -> str:
    sentence = {
        Act.APPROVE: _("The comment by %(name)s is approved and stands under the story."),
        Act.REJECT: _("The comment by %(name)s is rejected."),
        Act.HIDE: _("The comment by %(name)s is hidden."),
    }[Act(act)]
    return sentence % {"name": comment.name}


def _done_many(act: str, count: int) -> str:
    sentence = {
        Act.APPROVE: ngettext("%(count)d comment approved.", "%(count)d comments approved.", count),
        Act.REJECT: ngettext("%(count)d comment rejected.", "%(count)d comments rejected.", count),
        Act.HIDE: ngettext("%(count)d comment hidden.", "%(count)d comments hidden.", count),
    }[Act(act)]
    return sentence % {"count": count}
