"""Pictures as readers get them, made from the private originals."""

from .figures import reader_html
from .likeness import are_alike, likeness_of
from .making import make, remove
from .originals import Unreadable
from .printing import jpeg_url, picture_html

__all__ = [
    "Unreadable",
    "are_alike",
    "jpeg_url",
    "likeness_of",
    "make",
    "picture_html",
    "reader_html",
    "remove",
]
