"""Pictures as readers get them: a closed set of widths and shapes, made once from the private original.

`Picture.renditions` says which files exist; what is printed lists only those.
"""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from PIL import Image, ImageOps

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
