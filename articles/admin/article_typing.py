"""While a story is typed: it saves itself, and one is told who else has it open. Everything here speaks JSON.

Every answer carries a fresh token for the form, since signing in beside it makes the old one worthless.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import contents, presence, publishing, revising
from ..comparing import differences
from ..forms import current_style
from ..models import Article, Origin, Revision
from ..readiness import problems
from ..revising import Outdated
from .article_saving import TAB_LENGTH, based_on_of, tab_of, typed_text

# Typing is saved so often: little enough to lose, and far more than a keystroke to ask a server for.
AUTOSAVE_SECONDS = 5
# A window reports so often; with the same of the other window a colleague is seen within 15 seconds.
REPORT_SECONDS = 8
# Characters of a copy in the browser's storage, of which it offers some five million for a whole site.
COPY_LIMIT = 2_000_000
# What the form shows of all this, in the order in which the parts need each other.
_PARTS = ("fields", "copies", "server", "notes", "offers", "leaving", "autosave")
TYPING_SCRIPTS = tuple(f"js/desk/typing/{name}.js" for name in _PARTS)


class TypingMixin:
    """The addresses that the form of a story speaks to while somebody types, and what the form has to know of them."""

    def get_urls(self):
        own = [
            path("signed-in/", self.admin_site.admin_view(self.signed_in_view), name="articles_article_signed_in"),
            path("autosave/", self._spoken(require_POST(self.autosave_view)), name="articles_article_autosave_new"),
            path("typing/", self._spoken(self.presence_view), name="articles_article_presence_new"),
            path(
                "<int:pk>/autosave/", self._spoken(require_POST(self.autosave_view)), name="articles_article_autosave"
            ),
            path("<int:pk>/typing/", self._spoken(self.presence_view), name="articles_article_presence"),
            path("<int:pk>/checks/", self.admin_site.admin_view(self.checks_view), name="articles_article_checks"),
        ]
        return [*own, *super().get_urls()]

    def _spoken(self, view):
        """A view of the desk that answers in JSON when somebody is signed out, or is somebody else by now."""
        guarded = self.admin_site.admin_view(view)

        def spoken(request, pk=None):
            if not self.admin_site.has_permission(request):
                return _said(request, 401, [_("You have been signed out.")])
            if (writer := request.POST.get("writer")) and writer != str(request.user.pk):
                told = _("This browser is signed in as %(name)s now; the text was typed under another name.")
                return _said(request, 401, [told % {"name": request.user}])
            return guarded(request, pk)

        return spoken

    # --- What the form shows

    def typing_context(self, request, obj) -> dict:
        """For the template of the form: its key, its addresses, its intervals, and who has the story open now."""
        tab = tab_of(request.POST) or get_random_string(TAB_LENGTH)
        return {
            "typing": {
                "tab": tab,
                **addresses(obj),
                "every": AUTOSAVE_SECONDS,
                "report": REPORT_SECONDS,
                "limit": COPY_LIMIT,
                "story": obj.pk if obj else "new",
                "last_by": _last_by(obj),
                "told": presence.told(presence.elsewhere(obj, request.user, tab), request.user) if obj else "",
            }
        }

    def checks_view(self, request, pk):
        """The checks before publishing as a piece of the form, for the text as it saved itself last."""
        story = revising.worked_on(self._edited(pk))
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return render(request, "admin/articles/article/checks.html", {"original": story, "problems": problems(story)})

    def signed_in_view(self, request):
        """Where signing in beside a story ends: there is nothing to do here but to close the window."""
        context = {**self.admin_site.each_context(request), "title": _("You are signed in")}
        return render(request, "admin/articles/article/signed_in.html", context)

    # --- Who has it open

    def presence_view(self, request, pk=None):
        """GET: a fresh token, and which story a window's form has become. POST: the window reports, takes over
        (`act=take`) or says goodbye (`act=leave`)."""
        if request.method != "POST":
            known = presence.story_of(request.user, tab_of(request.GET))
            return _said(request, 200, story=known)
        tab, act = tab_of(request.POST), request.POST.get("act")
        if act == "leave":
            presence.leave(by=request.user, tab=tab)
            return _said(request, 200)
        if pk is None or not tab:
            return _said(request, 200)
        story = self._edited(pk)
        if not self.has_change_permission(request, story):
            return _said(request, 403, [_("You may not change this story any more.")])
        act = presence.take_over if act == "take" else presence.report
        standing = _standing(act(article=story, by=request.user, tab=tab), request.user)
        return _said(request, 200, latest=story.latest_revision, **standing)

    # --- It saves itself

    def autosave_view(self, request, pk=None):
        """Keeps what is typed as a version, however unfinished.

        {"number", "at", "seen", "kept_back", …}; 409 {"by", "at", "sentences"} if another version came meanwhile; 403
        and 400 with sentences. A new story becomes a draft by its first title, and the answer tells its addresses. With
        `compare` among the data nothing is kept: {"differences"} tells what the text would change.
        """
        try:
            return self._autosave(request, pk)
        except presence.Claimed:
            # The same window has made the draft in this very moment, by the button.
            return self._autosave(request, pk)

    @transaction.atomic
    def _autosave(self, request, pk):
        pk = pk or presence.story_of(request.user, tab_of(request.POST))
        story = self._edited(pk) if pk else None
        may = self.has_change_permission(request, story) if story else self.has_add_permission(request)
        if not may:
            return _said(request, 403, [_("You may not change this story any more.")])
        if story is None:
            return self._autosave_new(request)
        text, kept_back, before = self._half_typed(request, story)
        if "compare" in request.POST:
            return _said(request, 200, differences=_compared(before, text))
        try:
            number = _kept(request, story, text)
        except Outdated as outdated:
            return _outdated(request, outdated.latest)
        return self._saved(request, story, kept_back, number=number, **_seen_after(request, number))

    def _autosave_new(self, request):
        if (style := current_style()) is None:
            return _said(request, 400, [_("Please set up the current publication and its current house style first.")])
        new = Article(created_by=request.user, house_style=style, publication=style.publication)
        text, kept_back, _before = self._half_typed(request, new)
        if not text["title"]:
            return _said(request, 400, kept_back or [_("The story saves itself as soon as it has a title.")])
        new.save()
        presence.claim(article=new, by=request.user, tab=tab_of(request.POST))
        contents.write(new, text)
        publishing.derive(article=new)
        number = revising.record(new, by=request.user, origin=Origin.AUTOSAVED).number
        new.refresh_from_db()
        return self._saved(request, new, kept_back, number=number, seen=publishing.seen_as(new))

    def _saved(self, request, story: Article, kept_back: list[str], **answer):
        tab = tab_of(request.POST)
        told = _standing(presence.report(article=story, by=request.user, tab=tab), request.user) if tab else {}
        moment = _clock(timezone.now())
        answer |= {"story": story.pk, "addresses": addresses(story), "at": moment, "kept_back": kept_back}
        return _said(request, 200, **answer, **told)

    def _half_typed(self, request, story: Article) -> tuple[dict, list[str], dict]:
        """The text in a form that nobody has finished, as data; a sentence for each part that cannot be read yet, which
        stays as it was; and the text as it was."""
        latest = story.revisions.first() if story.pk else None
        before = latest.content if latest else contents.content_of(story) if story.pk else {}
        if latest:
            story = contents.overlaid(story, before)
        change = story.pk is not None
        form = self.get_form(request, story if change else None, change=change)(request.POST, instance=story)
        form.allow_unfinished()
        formsets, _inlines = self._create_formsets(request, story, change=change)
        broken = set(form.errors) & {*contents.PARTS}
        told = [f"{form.fields[name].label}: {error}" for name in sorted(broken) for error in form.errors[name]]
        form.settle_prefix()
        text = typed_text(form, formsets)
        if not all(formset.is_valid() for formset in formsets):
            broken, told = broken | {"credits"}, [*told, _("The credits are not complete yet.")]
        return text | {name: before[name] for name in broken & before.keys()}, told, before

    def _edited(self, pk: int) -> Article:
        return get_object_or_404(Article.objects.select_related("section", "house_style"), pk=pk)


def addresses(story: Article | None) -> dict:
    """Where the form of a story is, and where it is spoken to."""
    if story is None or story.pk is None:
        return {
            "address": reverse("admin:articles_article_add"),
            "autosave": reverse("admin:articles_article_autosave_new"),
            "presence": reverse("admin:articles_article_presence_new"),
        }
    return {
        "address": reverse("admin:articles_article_change", args=[story.pk]),
        "autosave": reverse("admin:articles_article_autosave", args=[story.pk]),
        "presence": reverse("admin:articles_article_presence", args=[story.pk]),
    }


def _kept(request, story: Article, text: dict) -> int:
    """The number of the version that holds the text now."""
    based_on = based_on_of(request, story)
    made = revising.save(article=story, content=text, by=request.user, based_on=based_on, origin=Origin.AUTOSAVED)
    return made.number if made else Article.objects.values_list("latest_revision", flat=True).get(pk=story.pk)


def _seen_after(request, number: int) -> dict:
    """What the page has seen of the story once its own text is kept: the version, and no act beyond."""
    seen = request.POST.get("seen")
    return {"seen": f"{number}.{seen.partition('.')[2]}"} if seen else {}


def _outdated(request, latest: Revision) -> JsonResponse:
    words = {"name": latest.by or _("The system"), "time": _clock(latest.at)}
    told = _(
        "%(name)s saved another version at %(time)s. The story does not save itself any more; press “Save”, and both"
        " versions are shown for you to choose from."
    )
    return _said(request, 409, [told % words], by=str(words["name"]), at=words["time"])


def _compared(before: dict, text: dict) -> list[dict]:
    return [{"label": capfirst(one.label), "marked": one.marked} for one in differences(before, text)]


def _standing(standing: presence.Standing, by) -> dict:
    return {
        "holds": standing.holds,
        "held": standing.holder is not None,
        "told": presence.told(standing, by),
        "taken": presence.told_taken(standing, by),
    }


def _last_by(story: Article | None) -> int | None:
    return story.revisions.values_list("by", flat=True).first() if story else None


def _clock(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _said(request, status: int, sentences: list[str] = (), **more) -> JsonResponse:
    return JsonResponse({"token": get_token(request), "sentences": list(sentences), **more}, status=status)
