"""Pictures as readers get them: a closed set of widths and shapes, made once from the private original.

`Picture.renditions` says which files exist; what is printed lists only those.
"""

import hashlib
import html
import io
import re

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .html import PLACED, keep_together, mark_foreign_links, print_credit

# shape -> (height for one of width, or None for the picture's own; widths). 3:2 is the shape of every card, 1:1 that
# of faces; a phone of 360 px at twice the density takes 800.
SHAPES = {
    "full": (None, (480, 800, 1200, 1600)),
    "card": (2 / 3, (240, 400, 640, 960)),
    "square": (1.0, (160, 320)),
}
# One JPEG of each shape, for programs that know no WebP: old browsers, feeds, social networks.
JPEG_WIDTHS = {"full": 1200, "card": 640, "square": 320}
WEBP_QUALITY, JPEG_QUALITY = 76, 80

_FIGURE = re.compile(r"<figure(?P<attributes>[^<>]*)>(?P<inside>.*?)</figure>", re.DOTALL)
_SMALL = re.compile(r"<small>(.*?)</small>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


def make(picture) -> None:
    """Makes every file that readers may ask for and notes them in `picture.renditions` (saved).

    The focal point decides what a crop keeps. Files get a new folder when the original or the focal point changed, so
    that browsers may keep what they have for ever.
    """
    storage = storages["renditions"]
    with picture.original.open("rb") as file:
        data = file.read()
    focus = (picture.focal_x, picture.focal_y)
    base = f"{picture.pk}-{hashlib.sha256(data + repr(focus).encode()).hexdigest()[:12]}"
    source = _upright(data)
    source.info.clear()  # Pillow would hand on the camera's comments and XMP.
    made = {"base": base}
    for shape, (ratio, widths) in SHAPES.items():
        made[shape] = []
        for width in [w for w in widths if w <= source.width] or [min(widths[0], source.width)]:
            height = round(width * (ratio or source.height / source.width))
            image = ImageOps.fit(source, (width, height), Image.Resampling.LANCZOS, centering=focus)
            _store(storage, f"{base}/{shape}-{width}.webp", image, "WEBP", quality=WEBP_QUALITY, method=2)
            made[shape].append([width, height])
            if width == JPEG_WIDTHS[shape] or (width == made[shape][-1][0] and width < JPEG_WIDTHS[shape]):
                _store(storage, f"{base}/{shape}.jpg", image, "JPEG", quality=JPEG_QUALITY, progressive=True)
    picture.renditions = made
    picture.save(update_fields=["renditions"])


def _upright(data: bytes) -> Image.Image:
    """The picture as it is looked at, in RGB; never two copies of a large photo at once where one will do."""
    source = Image.open(io.BytesIO(data))
    ImageOps.exif_transpose(source, in_place=True)
    return source if source.mode == "RGB" else source.convert("RGB")


def remove(picture) -> None:
    """Takes every public file of a picture away once the transaction holds; the private original stays.

    `make` brings them back when a story needs them again.
    """
    made, picture.renditions = picture.renditions, {}
    picture.save(update_fields=["renditions"])
    transaction.on_commit(lambda: _delete_files(made))


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


def reader_html(body: str, pictures: dict) -> str:
    """What readers get of a cleaned body: figures with files and printed credits, tables that scroll by themselves.

    `pictures` maps id -> Picture. A picture that the library does not know leaves its caption and credit standing.
    """
    body = _FIGURE.sub(lambda match: _figure(match, pictures), body)
    body = re.sub(r"<table>.*?</table>", _scrolling_table, body, flags=re.DOTALL)
    return keep_together(mark_foreign_links(body))


def _figure(match, pictures: dict) -> str:
    inside = match["inside"]
    placed = [pictures[pk] for pk in map(int, PLACED.findall(inside)) if pk in pictures]
    align = "align-right" in match["attributes"] or "align-left" in match["attributes"]
    sizes = "(min-width: 640px) 384px, 100vw" if align else "(min-width: 720px) 672px, 100vw"

    def show(img):
        picture = pictures.get(int(img["pk"]))
        return picture_html(picture, "full", sizes) if picture else ""

    inside = PLACED.sub(show, inside)
    credit = print_credit(html.unescape(found[1]) if (found := _SMALL.search(inside)) else _shared_credit(placed))
    inside = _SMALL.sub("", inside)
    label = f'<span class="ai-label">{_("Picture made by AI")}</span> ' if any(p.made_by_ai for p in placed) else ""
    printed = f' <small class="credit">{html.escape(credit, quote=False)}</small>' if credit else ""
    if "<figcaption>" in inside:
        inside = _CAPTION.sub(lambda found: f"<figcaption>{label}{found[1].rstrip()}{printed}</figcaption>", inside)
    elif label or printed:
        inside += f"<figcaption>{label}{printed.strip()}</figcaption>"
    return f"<figure{match['attributes']}>{inside}</figure>"


def _shared_credit(pictures: list) -> str:
    credits = {picture.credit for picture in pictures}
    return credits.pop() if len(credits) == 1 else ", ".join(sorted(credits - {""}))


def _scrolling_table(match) -> str:
    caption = re.search(r"<caption>(.*?)</caption>", match[0], re.DOTALL)
    label = re.sub(r"<[^<>]*>", "", caption[1]).replace('"', "&quot;") if caption else _("Table")
    return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">{match[0]}</div>'


def _store(storage, name: str, image, kind: str, **options) -> None:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    if storage.exists(name):
        storage.delete(name)
    storage.save(name, ContentFile(buffer.getvalue()))


def _delete_files(made: dict) -> None:
    storage = storages["renditions"]
    for shape in SHAPES:
        for name in [f"{shape}.jpg", *(f"{shape}-{width}.webp" for width, _height in made.get(shape, []))]:
            storage.delete(f"{made['base']}/{name}")
