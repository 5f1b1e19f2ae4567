"""The library for scripts of the desk: pictures to choose from, and one file taken in. Every answer is JSON."""

from django.http import JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from .. import library
from ..models import Picture
from ..picture_forms import UploadForm
from ..uploads import PictureFileField


class _CsrfInJson(CsrfViewMiddleware):
    """Django's own check; only its refusal is an answer that a script can read."""

    def _reject(self, request, reason):
        return refusal(403, _("The file was not taken: the page is too old. Please load it anew and send it again."))


_csrf_in_json = decorator_from_middleware(_CsrfInJson)


def refusal(status: int, words: str, **more) -> JsonResponse:
    return JsonResponse({"error": words, **more}, status=status)


def for_scripts(view, model_admin, *, right: str, method: str):
    """`view(model_admin, request)` for those who have one right on pictures ("view", "add", "change").

    Refusals are JSON, too. The right is asked for before the body is read: nobody fills the disk of a server on which
    they may do nothing.
    """
    checked = _csrf_in_json(lambda request: view(model_admin, request))

    @csrf_exempt  # Only here, outside: `checked` asks for the token after the right.
    @never_cache
    def answer(request):
        if not model_admin.admin_site.has_permission(request):
            return refusal(403, _("You are signed out. Please sign in again; the file is still on your device."))
        if not request.user.has_perm(f"articles.{right}_picture"):
            return refusal(403, _("Your account has no right to do this with pictures."))
        if request.method != method:
            return refusal(405, _("This address is for scripts of the desk."))
        return checked(request)

    return answer


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


def number(text: str) -> int | None:
    """The id that a text from outside states; None for what is none, or would fit no column of a database."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def choices(model_admin, request):
    """{"pictures": […], "next": key or null}: what `q` finds, after the key `sau`; or those with the numbers `so`."""
    if "so" in request.GET:
        asked = [pk for text in request.GET["so"].split(",") if (pk := number(text)) is not None]
        return JsonResponse({"pictures": [as_json(picture) for picture in library.numbered(asked)], "next": None})
    key = request.GET.get("sau", "")
    if key and number(key) is None:
        return refusal(400, _("There is no such place in the list."))
    pictures, following = library.page_of(request.GET.get("q", ""), number(key))
    return JsonResponse({"pictures": [as_json(picture) for picture in pictures], "next": following})


def upload(model_admin, request):
    """Takes one file into the library: 201 {"picture": …}; otherwise {"error": words} and nothing is stored."""
    if len(request.FILES.getlist("file")) > 1:
        return refusal(400, _("Please send one file at a time."))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        [error] = form.errors.as_data()["file"]
        return refusal(PictureFileField.status_of(error), " ".join(error.messages))
    try:
        picture = library.add(form.cleaned_data["file"], keep=form.cleaned_data["keep"])
    except library.Known as known:
        found = [as_json(picture) for picture in known.pictures]
        return refusal(409, str(known), **({"same": found[0]} if known.is_same else {"alike": found}))
    model_admin.log_addition(request, picture, [{"added": {}}])
    return JsonResponse({"picture": as_json(picture)}, status=201)
