"""Answers to what went wrong, in words and with a way on."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request, exception):
    """404 with search and the newest stories."""
    return render(request, "404.html", status=404)


def gone(request):
    """410 for a story that was withdrawn or has expired; says nothing of what it was."""
    return render(request, "410.html", status=410)


def server_error(request):
    """500 without a database: the static page, or its plain form where none has been written yet."""
    written = Path(settings.ERROR_PAGES_ROOT) / "500.html"
    page = written.read_text() if written.exists() else render_to_string("500.html")
    return HttpResponse(page, status=500)
