"""Pictures as readers get them, made from the private originals."""

from .discarding import delete_discarded, discard, discard_picture
from .figures import reader_html
from .likeness import are_alike, likeness_of
from .making import KINDS, make, make_first, make_rest, note_facts, remove
from .originals import Unreadable
from .printing import FIRST, jpeg_url, picture_html

__all__ = [
    "FIRST",
    "KINDS",
    "Unreadable",
    "are_alike",
    "delete_discarded",
    "discard",
    "discard_picture",
    "jpeg_url",
    "likeness_of",
    "make",
    "make_first",
    "make_rest",
    "note_facts",
    "picture_html",
    "reader_html",
    "remove",
]
