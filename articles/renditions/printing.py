"""The <picture> of a rendition, and the addresses of its files: only what exists is ever named."""

from django.core.files.storage import storages
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .making import KINDS, file_name

# On a screen as narrow as a phone's no picture is wider than this, whatever the density: finer, the eye sees no
# difference, and the reader pays for four times the bytes.
PHONE_SCREEN, PHONE_WIDTH = 640, 800

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
    files = files or []
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


def _folder(picture) -> str:
    """The address of the folder with the files of a picture, whose own names need no quoting. Asked once for all."""
    return storages["renditions"].url(picture.renditions["base"])
