"""Which code makes the pages: kept pages of another release are not ours."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

# What decides how a page looks, beside the data.
_MADE_BY = (
    "newsroom/**/*.py",
    "articles/**/*.py",
    "blocks/**/*.py",
    "comments/**/*.py",
    "templates/**/*",
    "locale/**/*.mo",
)


@cache
def release() -> str:
    """A mark of the code, templates, words and static files that this process works with."""
    digest = blake2b(digest_size=8)
    files = [path for pattern in _MADE_BY for path in settings.BASE_DIR.glob(pattern) if path.is_file()]
    for path in [*sorted(files), Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()
