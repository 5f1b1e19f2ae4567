"""The <picture> of a rendition, and the addresses of its files: only what exists is ever named."""

from django.core.files.storage import storages
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .making import JPEG_WIDTHS


def jpeg_url(picture, shape: str = "full") -> str:
    """The address of the JPEG of a shape, for feeds and social networks; empty if nothing has been made yet."""
    return storages["renditions"].url(f"{picture.renditions['base']}/{shape}.jpg") if picture.renditions else ""


def picture_html(picture, shape: str, sizes: str, *, alt: str | None = None, first: bool = False) -> SafeString:
    """The <picture> of a shape. `sizes` as in HTML; `first` for the picture that the reader sees before scrolling.

    Empty where no file exists yet: a page never waits for one and never shows a broken frame.
    """
    made = picture.renditions.get(shape) if picture else None
    if not made:
        return SafeString("")
    storage, base = storages["renditions"], picture.renditions["base"]
    sources = ", ".join(f"{storage.url(f'{base}/{shape}-{width}.webp')} {width}w" for width, _height in made)
    width, height = next((size for size in made if size[0] >= JPEG_WIDTHS[shape]), made[-1])
    return format_html(
        '<picture><source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" alt="{}" width="{}" height="{}" {}></picture>',
        sources,
        sizes,
        jpeg_url(picture, shape),
        picture.alt if alt is None else alt,
        width,
        height,
        mark_safe('fetchpriority="high"' if first else 'loading="lazy" decoding="async"'),  # noqa: S308 (own literals)
    )
