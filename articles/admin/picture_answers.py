"""The library for scripts of the desk: pictures to choose from, and one file taken in. Every answer is JSON."""

from functools import wraps

from django.contrib import admin
from django.http import JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from .. import library
from ..forms import UploadForm
from ..models import Picture
from ..uploads import PictureFileField


class _CsrfInJson(CsrfViewMiddleware):
    """Django's own check; only its refusal is an answer that a script can read."""

    def _reject(self, request, reason):
        return refusal(403, _("The file was not taken: the page is too old. Please load it anew and send it again."))


_csrf_in_json = decorator_from_middleware(_CsrfInJson)


def refusal(status: int, words: str, **more) -> JsonResponse:
    return JsonResponse({"error": words, **more}, status=status)


def for_scripts(right: str, method: str):
    """A view for scripts that asks for one right on pictures ("view", "add"); refusals are JSON, too.

    The right is asked for before the body is read: nobody fills the disk of a server on which they may do nothing.
    """

    def decorate(view):
        checked = _csrf_in_json(view)

        @csrf_exempt  # Only here, outside: `checked` asks for the token after the right.
        @never_cache
        @wraps(view)
        def answer(request):
            if not admin.site.has_permission(request):
                return refusal(403, _("You are signed out. Please sign in again; the file is still on your device."))
            if not request.user.has_perm(f"articles.{right}_picture"):
                return refusal(403, _("Your account has no right to do this with pictures."))
            if request.method != method:
                return refusal(405, _("This address is for scripts of the desk."))
            return checked(request)

        return answer

    return decorate


def as_json(picture: Picture) -> dict:
    """A picture as scripts of the desk know it; `width` and `height` in pixels, `warning` empty if all is well."""
    return {
        "id": picture.pk,
        "title": picture.title,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "thumbnail": reverse("admin:articles_picture_thumbnail", args=[picture.pk]),
        "width": picture.width,
        "height": picture.height,
        "warning": " ".join(library.warnings_for(picture)),
        "placeable": not picture.is_expired,
    }


@for_scripts("view", "GET")
def choices(request):
    """{"pictures": […], "next": key or null}: what `q` finds, after the key `sau`; or those with the numbers `so`."""
    if "so" in request.GET:
        numbers = [int(number) for number in request.GET["so"].split(",") if _is_key(number)]
        return JsonResponse({"pictures": [as_json(picture) for picture in library.numbered(numbers)], "next": None})
    key = request.GET.get("sau", "")
    if key and not _is_key(key):
        return refusal(400, _("There is no such place in the list."))
    pictures, following = library.page_of(request.GET.get("q", ""), int(key) if key else None)
    return JsonResponse({"pictures": [as_json(picture) for picture in pictures], "next": following})


def _is_key(text: str) -> bool:
    """Whether a text is a number of a row. A longer one fits no database column."""
    return text.isascii() and text.isdigit() and len(text) <= 18


@for_scripts("add", "POST")
def upload(request):
    """Takes one file into the library: 201 {"picture": …}; otherwise {"error": words} and nothing is stored."""
    if len(request.FILES.getlist("file")) > 1:
        return refusal(400, _("Please send one file at a time."))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        [error] = form.errors.as_data()["file"]
        return refusal(PictureFileField.status_of(error), " ".join(error.messages))
    file = form.cleaned_data["file"]
    if same := library.same_as(file.digest):
        return refusal(409, _("The library has this very picture already."), same=as_json(same))
    alike = [] if form.cleaned_data["keep"] else library.like(file.likeness)
    if alike:
        words = _("The library has a picture that looks much the same.")
        return refusal(409, words, alike=[as_json(picture) for picture in alike])
    return JsonResponse({"picture": as_json(library.add(file))}, status=201)
