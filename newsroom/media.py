"""Serves the public renditions where no web server does it before us."""

import re

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from articles.renditions import KINDS

from .storages import FOR_EVER

# Names of our own making and nothing else: "12-0a1b2c3d4e5f/card-640.webp"; JPEGs had no width once.
_NAME = re.compile(r"^[0-9]+-[0-9a-f]{12}/[a-z]+(?:-[0-9]+)?\.(avif|webp|jpg)$")


def rendition(request, name):
    """A public picture file, with a fixed content type; 404 for every other name."""
    match = _NAME.match(name)
    if not match:
        raise Http404
    try:
        file = storages["renditions"].open(name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=KINDS[match[1]].media_type)
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    return response
