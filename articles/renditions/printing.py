"""The <picture> of a rendition, and the addresses of its files: only what exists is ever named."""

import re
from functools import lru_cache

from django.core.files.storage import storages
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .making import KINDS, file_name

# On a screen as narrow as a phone's no picture is wider than this, whatever the density: finer, the eye sees no
# difference, and the reader pays for four times the bytes.
PHONE_SCREEN, PHONE_WIDTH = 640, 800
# Pixels of a file for each pixel of the page: nor does the eye see more on any other screen.
FINEST = 2

_PLACES = re.compile(r"(?:\([^)]*\) )?(\d+)px")
_PHONE = SafeString(f' media="(max-width: {PHONE_SCREEN}px)"')
FIRST, LAZY = SafeString('fetchpriority="high"'), SafeString('loading="lazy" decoding="async"')


def jpeg_url(picture, shape: str = "full") -> str:
    """The address of the largest JPEG of a shape, for feeds and social networks; empty if there is none."""
    sizes = picture.renditions.get(shape, {}).get("jpg")
    return file_name(_folder(picture), shape, sizes[-1][0], "jpg") if sizes else ""


def picture_html(picture, shape: str, sizes: str, *, alt: str | None = None, first: bool = False) -> SafeString:
    """The <picture> of a shape. `sizes` as in HTML; `first` for the picture that the reader sees before scrolling.

    Empty where no file exists yet: a page never waits for one and never shows a broken frame.
    """
    kinds = picture.renditions.get(shape) if picture else None
    if not kinds:
        return SafeString("")
    folder = _folder(picture)
    sources = [source for kind in ("avif", "webp") for source in _sources(folder, shape, kind, kinds.get(kind), sizes)]
    kind, size = ("jpg", kinds["jpg"][0]) if kinds.get("jpg") else ("webp", kinds["webp"][0])
    return format_html(
        '<picture>{}<img src="{}" alt="{}" width="{}" height="{}" {}></picture>',
        format_html_join("", '<source{} type="{}" srcset="{}" sizes="{}">', sources),
        file_name(folder, shape, size[0], kind),
        picture.alt if alt is None else alt,
        *size,
        FIRST if first else LAZY,
    )


def _sources(folder: str, shape: str, kind: str, files: list | None, sizes: str) -> list[tuple]:
    """What the <source> elements of one kind say, that for narrow screens first: (media, type, srcset, sizes)."""
    files = _useful(files or [], sizes)
    narrow = [size for size in files if size[0] <= PHONE_WIDTH]
    ranges = [("", files)] if len(narrow) == len(files) else [(_PHONE, narrow), ("", files)]
    return [
        (
            media,
            KINDS[kind].media_type,
            ", ".join(f"{file_name(folder, shape, width, kind)} {width}w" for width, _height in listed),
            sizes,
        )
        for media, listed in ranges
        if listed
    ]


def _useful(files: list[list[int]], sizes: str) -> list[list[int]]:
    """The files that a place of such sizes can use: the smallest that is fine enough for it, and smaller ones."""
    widest = _widest(sizes)
    enough = [size[0] for size in files if widest and size[0] >= FINEST * widest]
    return [size for size in files if size[0] <= enough[0]] if enough else files


@lru_cache(maxsize=64)
def _widest(sizes: str) -> int | None:
    """Pixels of the page that the widest of the places takes; None where one of them grows with the screen."""
    places = [_PLACES.fullmatch(place) for place in sizes.split(", ")]
    return max(int(place[1]) for place in places) if all(places) else None


def _folder(picture) -> str:
    """The address of the folder with the files of a picture, whose own names need no quoting. Asked once for all."""
    return storages["renditions"].url(picture.renditions["base"])
