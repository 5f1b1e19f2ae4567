"""Serves the public renditions where no web server does it before us."""

import re

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from articles.renditions import KINDS

# Names of our own making and nothing else: "12-0a1b2c3d4e5f/card-640.webp"; JPEGs had no width once.
_NAME = re.compile(r"^[0-9]+-[0-9a-f]{12}/[a-z]+(?:-[0-9]+)?\.(avif|webp|jpg)$")
# A file never changes under its name.
_YEAR = 31_536_000


def rendition(request, name):
    """A public picture file, with a fixed content type; 404 for every other name."""
    match = _NAME.match(name)
    storage = storages["renditions"]
    if not match or not storage.exists(name):
        raise Http404
    response = FileResponse(storage.open(name, "rb"), content_type=KINDS[match[1]].media_type)
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
