"""Many pictures taken in on one page, and what is needed about each typed beside it.

The page works by ordinary forms; pictures-upload.js sends the files one by one and shows how far each has come.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import library
from ..models import Picture
from ..picture_forms import DetailsForm, SharedForm, UploadForm, people_offered
from ..uploads import SIZE_LIMIT
from .picture_answers import number

# The prefix of the fields that all new pictures share, and the placeholder in the card that scripts copy.
SHARED, PLACEHOLDER = "shared", "__pk__"


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken: its name, why, and the pictures of the library that it is or looks like."""

    name: str
    words: str
    alike: list = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """A picture with the form for its details."""

    picture: Picture
    form: DetailsForm


class Details:
    """The forms of what was typed beside new pictures: checked, and saved where they hold."""

    def __init__(self, model_admin, request):
        self._admin, self._request = model_admin, request
        self.shared = SharedForm(request.POST, prefix=SHARED)
        self.cards = [self._card(picture) for picture in self._named()]

    def save(self) -> list[Picture]:
        """Saves the pictures whose forms hold; those of all others keep what was typed."""
        if not self.shared.is_valid():
            return []
        asked = [card for card in self.cards if self._is_asked(card)]
        saved = [card for card in asked if card.form.is_valid()]
        for card in saved:
            self._admin.save_details(self._request, card.form)
        return [card.picture for card in saved]

    def errors(self) -> dict:
        """{id of a field: [sentence, …]} of all that does not hold; whole forms stand under their prefix."""
        forms = [self.shared, *(card.form for card in self.cards if self._is_asked(card))]
        return {
            form.add_prefix(name) if name != "__all__" else form.prefix: list(found)
            for form in forms
            for name, found in form.errors.items()
        }

    def left(self, saved: list[Picture]) -> list[Card]:
        """The cards that are still to be done."""
        return [card for card in self.cards if card.picture not in saved]

    def _named(self) -> list[Picture]:
        """The pictures that the request names and that this person may change, in its order."""
        asked = dict.fromkeys(map(number, self._request.POST.getlist("picture")))
        found = Picture.objects.select_related("credit_author").in_bulk(pk for pk in asked if pk is not None)
        named = [found[pk] for pk in asked if pk in found]
        return [picture for picture in named if self._admin.has_change_permission(self._request, picture)]

    def _card(self, picture: Picture) -> Card:
        form = DetailsForm(self._request.POST, instance=picture, prefix=str(picture.pk), shared=self.shared)
        return Card(picture, form)

    def _is_asked(self, card: Card) -> bool:
        only = self._request.POST.get("only")
        return only is None or only == str(card.picture.pk)


def area(model_admin, request, *, cards=(), refusals=(), shared=None) -> dict:
    """What admin/articles/picture/upload_area.html shows."""
    return {
        "cards": cards,
        "refusals": refusals,
        "shared": shared or SharedForm(prefix=SHARED),
        "blank_form": DetailsForm(prefix=PLACEHOLDER),
        "blank_pk": PLACEHOLDER,
        "people": people_offered(),
        "size_limit": SIZE_LIMIT,
        "may_describe": model_admin.has_change_permission(request),
    }


def page(model_admin, request):
    """Shows the page (GET), takes files (POST with `send`), saves what was typed beside them (any other POST)."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _render(model_admin, request)
    if "send" in request.POST:
        taken, refusals = _take(model_admin, request)
        cards = [Card(picture, DetailsForm(instance=picture, prefix=str(picture.pk))) for picture in taken]
        return _render(model_admin, request, status=400 if refusals else 200, cards=cards, refusals=refusals)
    details = Details(model_admin, request)
    saved = details.save()
    if saved:
        messages.success(request, _told(saved))
    if left := details.left(saved):
        status = 400 if details.errors() else 200
        return _render(model_admin, request, status=status, cards=left, shared=details.shared)
    return HttpResponseRedirect(reverse("admin:articles_picture_changelist"))


def details(model_admin, request):
    """The same for scripts: {"saved": [ids], "errors": {id of a field: [sentence, …]}, "words": what to tell}."""
    typed = Details(model_admin, request)
    saved, errors = typed.save(), typed.errors()
    words = _told(saved) if saved else _("Nothing was saved.")
    return JsonResponse(
        {"saved": [picture.pk for picture in saved], "errors": errors, "words": words}, status=400 if errors else 200
    )


def _take(model_admin, request) -> tuple[list[Picture], list[Refusal]]:
    taken, refusals = [], []
    files = request.FILES.getlist("file")
    if not files:
        refusals.append(Refusal("", _("Please choose a file.")))
    for file in files:
        name, form = file.name, UploadForm(request.POST, {"file": file})
        if not form.is_valid():
            refusals.append(Refusal(name, " ".join(form.errors["file"])))
            continue
        try:
            picture = library.add(form.cleaned_data["file"], keep=form.cleaned_data["keep"])
        except library.Known as known:
            refusals.append(Refusal(name, str(known), known.pictures))
        else:
            model_admin.log_addition(request, picture, [{"added": {}}])
            taken.append(picture)
    return taken, refusals


def _told(saved: list[Picture]) -> str:
    return ngettext("%(count)d picture saved.", "%(count)d pictures saved.", len(saved)) % {"count": len(saved)}


def _render(model_admin, request, status: int = 200, **shown):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Upload pictures"),
        "opts": model_admin.opts,
        "library": capfirst(model_admin.opts.verbose_name_plural),
        **area(model_admin, request, **shown),
    }
    return render(request, "admin/articles/picture/upload.html", context, status=status)
