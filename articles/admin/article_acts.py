"""The acts of the desk on one story: which buttons stand in its bar, and what pressing one does."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import publishing
from ..dates import when
from ..forms import PutBackForm, WithdrawForm
from ..models import Act, Article, Status
from ..publishing import Refused
from ..rights import RULES, refusal

# Buttons of the form, by the name under which they are sent; the text is saved first.
BUTTONS = {
    "_submit": Act.SUBMIT,
    "_send_back": Act.SEND_BACK,
    "_pass_on": Act.PASS_ON,
    "_unschedule": Act.UNSCHEDULE,
    "_schedule": Act.SCHEDULE,
    "_release": Act.RELEASE,
    "_publish": Act.PUBLISH,
}
# Whoever mends links by hand mends no more in one sitting; when these are mended, the next ones show.
LINKING_SHOWN = 50
# Which of several possible acts is the main one: the furthest that a person may do.
MAIN = ("_release", "_publish", "_pass_on", "_submit")


@dataclass(frozen=True)
class Button:
    """One act as it is offered: the name that it is sent under, what it says, whether it is the main one."""

    name: str
    label: str
    is_main: bool = False


def buttons(user, story: Article) -> list[Button]:
    """The acts that a person may do to a story now, in the order of the bar; the main one last."""
    possible = [name for name, act in BUTTONS.items() if _is_possible(act, user, story)]
    main = _main(possible, story)
    possible.sort(key=lambda name: name == main)
    return [Button(name, _label(name, story), name == main) for name in possible]


def linking(article: Article):
    """The stories that readers meet, or will, and whose text leads to this one; of a great story the newest."""
    stories = Article.objects.filter(status=Status.PUBLISHED, links__target=article)
    return stories.newest_first().only("title", "published_at")[:LINKING_SHOWN]


def _is_possible(act: Act, user, story: Article) -> bool:
    if act == Act.RELEASE and not story.has_changes:
        return False
    return not refusal(act, user, story)


def _main(possible: list[str], story: Article) -> str:
    # Where a time is set, the large button and the key that presses it do not publish before it.
    if "_schedule" in possible and "_release" not in possible and _is_planned(story):
        return "_schedule"
    return next((name for name in MAIN if name in possible), "")


def _is_planned(story: Article) -> bool:
    return bool(story.published_at) and story.published_at > timezone.now()


def _label(name: str, story: Article) -> str:
    """What a button says that it will do."""
    if name == "_schedule" and story.stage == "scheduled":
        return _("Change the time")
    if name == "_schedule" and _is_planned(story):
        return _("Publish at %s") % when(story.published_at)
    if name == "_publish" and story.stage in ("submitted", "edited"):
        return _("Approve and publish")
    return str(RULES[BUTTONS[name]].label)


def pressed(data) -> str:
    """The name of the button that was sent along; empty if it was only saved."""
    return next((name for name in BUTTONS if name in data), "")


def perform(name: str, story: Article, by, *, at: datetime | None, data, seen: str) -> str:
    """Does what a button says and returns the sentence that tells so; raises Refused."""
    if name == "_send_back":
        publishing.send_back(article=story, by=by, reason=data.get("send_back_reason", ""), seen=seen)
        return _("The story is with its writer again, with your reason.")
    if name == "_release":
        publishing.release(article=story, by=by, is_important="marks_update" in data, seen=seen)
        return _("Readers see the changes now.")
    if name in ("_publish", "_schedule"):
        story = publishing.publish(article=story, by=by, at=at if name == "_schedule" else None, seen=seen)
        is_ahead = story.stage == "scheduled"
        return (
            _("The story will appear at %s.") % when(story.published_at) if is_ahead else _("The story is published.")
        )
    acts = {"_submit": publishing.submit, "_pass_on": publishing.pass_on, "_unschedule": publishing.unschedule}
    acts[name](article=story, by=by, seen=seen)
    return {
        "_submit": _("The story is handed in: an editor goes on with it."),
        "_pass_on": _("The story is passed on and waits for its release."),
        "_unschedule": _("The story is off the schedule and waits for its release."),
    }[name]


class ActsMixin:
    """The pages of acts that ask for something first: withdrawing a story, putting one back."""

    def get_urls(self):
        views = {"withdraw": self.withdraw_view, "put-back": self.put_back_view}
        own = [
            path(
                f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"articles_article_{name.replace('-', '_')}"
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def withdraw_view(self, request, pk):
        """Asks for the reason (GET), withdraws the story (POST)."""
        return self._act_with_reason(
            request,
            pk,
            act=publishing.withdraw,
            form_class=WithdrawForm,
            words={
                "title": _("Withdraw the story"),
                "told": _(
                    "The story leaves every page, list, feed and search at once. Its text, log and comments stay"
                    " here, sealed."
                ),
                "button": _("Withdraw the story"),
                "done": _("The story is withdrawn: readers cannot find it any more."),
            },
        )

    def put_back_view(self, request, pk):
        """Asks for the reason (GET), gives readers the story back (POST)."""
        return self._act_with_reason(
            request,
            pk,
            act=publishing.put_back,
            form_class=PutBackForm,
            words={
                "title": _("Put the story back"),
                "told": _("For a story that was withdrawn by mistake: readers find it again at its old address."),
                "button": _("Put the story back"),
                "done": _("Readers find the story again."),
            },
        )

    def _act_with_reason(self, request, pk, *, act, form_class, words):
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_view_permission(request, article) and request.user.has_perm("articles.withdraw_article")):
            raise PermissionDenied
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._done(request, article, act, form):
            messages.success(request, words["done"])
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "form": form,
            "linking": linking(article) if article.is_visible else [],
            **words,
        }
        context["seen"] = request.POST.get("seen") or publishing.seen_as(article)
        return render(request, "admin/articles/article/with_reason.html", context)

    def _done(self, request, article, act, form) -> bool:
        try:
            act(article=article, by=request.user, seen=request.POST.get("seen") or None, **form.cleaned_data)
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
            return False
        return True
