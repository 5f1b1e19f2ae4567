"""Answers to what went wrong, in words and with a way on."""

import sys
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.csrf import csrf_failure as plain_csrf_failure

from articles import parts
from articles.keeping import edition_of

# Forms of the desk whose text is given back when they cannot be taken; no others, since some hold passwords.
TYPED_AT = {"articles_article_add", "articles_article_change"}
# What was pressed is not given back with the text: only saving is repeated, and the person sees what it says first.
_NOT_TEXT = ("csrfmiddlewaretoken", "_")

# Seconds after which it is worth to ask again while the database is away; a restart takes about as long.
RETRY_AFTER = 10
# Connection exceptions (08), too many clients (53300), shutting down or starting up (57P).
_AWAY_STATES = ("08", "53300", "57P")


def not_found(request, exception):
    """404 with search and the newest stories; made once for an edition, for many ask for what is not here."""
    current = edition_of(request)
    until = current and (current.numbers.number, current.due)
    page = parts.shared(request, "404", until, make=lambda: render_to_string("404.html", request=request))
    return HttpResponse(page, status=404)


def gone(request):
    """410 for a story that was withdrawn or has expired; says nothing of what it was."""
    return render(request, "410.html", status=410)


def csrf_failure(request, reason=""):
    """403 for a form whose token is not this session's; the text of a story comes back, to be sent again."""
    return typed_again(request) or plain_csrf_failure(request, reason)


def typed_again(request):
    """The text of a story that could not be taken, in a form that sends it once more; None for any other request.

    Only what our own page sent: a form on a foreign site must not lay its text into the hands of a colleague.
    """
    match = request.resolver_match
    is_story = request.method == "POST" and match and match.url_name in TYPED_AT
    own_site = f"{request.scheme}://{request.get_host()}"
    if not is_story or request.META.get("HTTP_ORIGIN") != own_site:
        return None
    typed = [(name, one) for name, values in request.POST.lists() if not name.startswith(_NOT_TEXT) for one in values]
    context = {
        **admin.site.each_context(request),
        "typed": typed,
        "shown": [request.POST.get(name, "") for name in ("title", "lead", "body")],
        "is_signed_in": request.user.is_active and request.user.is_staff,
        "token": get_token(request),
    }
    return render(request, "admin/articles/article/typed_again.html", context, status=403)


def server_error(request):
    """500 without a database: the static page, or its plain form where none has been written yet.

    Where the fault is that the database cannot be reached, and arose outside of a view, it is answered as such.
    """
    if is_database_away(sys.exception()):
        return database_away(request)
    return HttpResponse(_static_page("500.html"), status=500)


def database_away(request):
    """503 without a database, for whatever needs one; `is_database_away` on the answer tells it from other ones."""
    response = HttpResponse(_static_page("503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    response.is_database_away = True
    return response


def is_database_away(error: BaseException | None) -> bool:
    """Whether an exception means that a database server cannot be reached, or has gone in the middle of its work.

    Not that it has refused something: a deadlock, a timeout, and whatever SQLite says, are faults of another kind.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", "")
    # psycopg itself, which never got as far as an answer of the server, knows no state.
    return state is None or state.startswith(_AWAY_STATES)


def _static_page(name: str) -> str:
    written = Path(settings.ERROR_PAGES_ROOT) / name
    return written.read_text() if written.exists() else render_to_string(name)
