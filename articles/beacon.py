"""Where a page reports that it is read: by script, or without it by a picture. No cookie, no database, no answer."""

from base64 import b64decode

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from . import readers
from .counting import counter

# One transparent dot, the smallest there is.
DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@csrf_exempt
@require_POST
def by_script(request, pk):
    """204, whatever became of it. Harmless from anywhere, so it needs no token: a cached page has none."""
    _note(request, pk)
    return _unkept(HttpResponse(status=204))


@require_safe
def by_picture(request, pk):
    """A dot."""
    if request.method == "GET":
        _note(request, pk)
    return _unkept(HttpResponse(DOT, content_type="image/gif"))


def _note(request, pk: str) -> None:
    # Whether readers may see the story is asked when it is written, for many at once.
    if readers.counts(request, int(pk)):
        counter.note(int(pk))


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
