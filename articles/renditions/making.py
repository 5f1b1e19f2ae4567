"""Makes the files that readers get, in two steps, from the private original.

`make_first`, while somebody waits, makes what the desk shows and what lets a story go out; `make_rest`, by `tick`, what
the closed set (sizes.py) lacks. `Picture.renditions` lists what exists, and only that is ever printed:

    {"base": "12-0a1b2c3d4e5f", "recipe": 2, "full": {"webp": [[480, 320], …], "jpg": …}, "card": …, "square": …}

A file is called base/shape-width.kind and never changes under its name: what would change it gets a new base.
"""

import hashlib
import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from PIL import Image

from ..models import Picture
from .discarding import GRACE, discard, discard_renditions, empty_folder
from .likeness import ENOUGH, likeness_of_image
from .originals import Original, Unreadable
from .sizes import SHAPES, Listing, closed_set, first_of, together, without


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name and options for Pillow, its type for browsers."""

    format: str
    options: dict
    media_type: str


# WebP's methods 3 and 4 save 5 to 8 % of the bytes and take twice the time. AVIF looks as good as that WebP and is a
# quarter lighter where there is much to see.
KINDS = {
    "avif": Kind("AVIF", {"quality": 53, "speed": 8}, "image/avif"),
    "webp": Kind("WEBP", {"quality": 76, "method": 2}, "image/webp"),
    "jpg": Kind("JPEG", {"quality": 80, "progressive": True}, "image/jpeg"),
}
# To be raised when the same original would give other files: they are then made anew, in a new folder.
RECIPE = 2
# An original is decoded so large that every file is scaled down by this factor at least; less would look soft.
OVERSAMPLING = 1.5
# What is derived from the original beside the files: identity, and its size as it stands upright.
FACTS = ("digest", "likeness", "width", "height")


def make(picture: Picture) -> None:
    """Makes the whole set in one go and notes it (saved): for commands, where nobody waits. Raises Unreadable."""
    make_first(picture)
    make_rest(picture)
    picture.files_due = None
    picture.save(update_fields=["files_due"])


def make_first(picture: Picture) -> None:
    """Makes what is needed at once, in a new folder, and notes it (saved). The focal point decides what crops keep.

    `tick` makes the rest. Raises Unreadable; then nothing has changed.
    """
    data = _bytes_of(picture)
    original = Original(data)
    whole = closed_set(original.size)
    first = first_of(whole)
    base = _new_base(picture)
    image = _make(original, picture, first, base)
    _set_facts(picture, data, original, image)
    picture.files_due = timezone.now() if without(whole, first) else None
    with transaction.atomic():
        if before := _locked_base(picture):
            discard("renditions", f"{before}/", after=GRACE)
        picture.renditions = {"base": base, "recipe": RECIPE, **first}
        picture.save(update_fields=["renditions", "files_due", *FACTS])


def make_rest(picture: Picture) -> None:
    """Makes what the closed set lacks and notes it (saved). Takes seconds: to be called outside of a transaction.

    A picture without files gets none, and where it has got others in the meantime they stand. Raises Unreadable.
    """
    before = picture.renditions.get("base")
    if before is None:
        return
    original = Original(_bytes_of(picture))
    is_current = picture.renditions.get("recipe") == RECIPE
    have = _existing(picture) if is_current else {}
    missing = without(closed_set(original.size), have)
    if not missing:
        return
    base = before if is_current else _new_base(picture)
    _make(original, picture, missing, base)
    with transaction.atomic():
        if _locked_base(picture) != before:
            discard("renditions", f"{base}/")
            return
        if base != before:
            discard("renditions", f"{before}/", after=GRACE)
        picture.renditions = {"base": base, "recipe": RECIPE, **together(have, missing)}
        picture.save(update_fields=["renditions"])


def note_facts(picture: Picture) -> None:
    """Notes what is known of the original (saved), for a picture that came in before this was asked."""
    data = _bytes_of(picture)
    original = Original(data)
    _set_facts(picture, data, original, original.decoded(min(1.0, ENOUGH / min(original.size))))
    picture.save(update_fields=FACTS)


def remove(picture: Picture) -> None:
    """Takes every public file of a picture away once the transaction holds; the private original stays.

    `make_first` brings them back when a story needs them again.
    """
    with transaction.atomic():
        picture.renditions["base"] = _locked_base(picture)
        discard_renditions(picture)
        picture.renditions, picture.files_due = {}, None
        picture.save(update_fields=["renditions", "files_due"])


def file_name(base: str, shape: str, width: int, kind: str) -> str:
    return f"{base}/{shape}-{width}.{kind}"


def _set_facts(picture: Picture, data: bytes, original: Original, image: Image.Image) -> None:
    picture.digest, picture.likeness = hashlib.sha256(data).hexdigest(), likeness_of_image(image)
    picture.width, picture.height = original.size


def _bytes_of(picture: Picture) -> bytes:
    try:
        with picture.original.open("rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise Unreadable(f"no file {picture.original.name}") from error


def _new_base(picture: Picture) -> str:
    """A folder that never was: a name once given away is not used again, whatever browsers and caches still hold."""
    return f"{picture.pk}-{secrets.token_hex(6)}"


def _existing(picture: Picture) -> Listing:
    """What a picture lists and its storage really has: files that were lost are made again."""
    storage, base = storages["renditions"], picture.renditions["base"]
    return {
        shape: {
            kind: [size for size in sizes if storage.exists(file_name(base, shape, size[0], kind))]
            for kind, sizes in picture.renditions[shape].items()
        }
        for shape in SHAPES
    }


def _make(original: Original, picture: Picture, wanted: Listing, base: str) -> Image.Image:
    """Stores the wanted files in the folder and gives back the image that they were made from."""
    image = original.decoded(_scale_for(original.size, wanted))
    try:
        for shape, sheet, kinds in _sheets(image, (picture.focal_x, picture.focal_y), wanted):
            for kind in kinds:
                _store(file_name(base, shape, sheet.width, kind), sheet, kind)
    except Exception:
        # Whatever broke, be it the disk, the network or the picture: no half of a new folder stays in public.
        if base != picture.renditions.get("base"):
            empty_folder("renditions", base)
        raise
    return image


def _scale_for(size: tuple[int, int], wanted: Listing) -> float:
    """How large the original must be decoded for the largest of the wanted files, as a part of its size."""
    needed = 0.0
    for shape, kinds in wanted.items():
        left, _top, right, _bottom = _crop(size, SHAPES[shape][0], (0.5, 0.5))
        widest = max(width for sizes in kinds.values() for width, _height in sizes)
        needed = max(needed, widest / (right - left))
    return min(1.0, needed * OVERSAMPLING)


def _sheets(image: Image.Image, focus, wanted: Listing) -> Iterator[tuple[str, Image.Image, list[str]]]:
    """(shape, the image at one of its sizes, kinds of file to make of it), the largest size of a shape first."""
    whole = [image]
    for shape, kinds in wanted.items():
        ratio = SHAPES[shape][0]
        sizes = sorted({tuple(size) for sizes in kinds.values() for size in sizes}, reverse=True)
        source, box = _smallest_source(whole, sizes[0][0], ratio, focus)
        for size in sizes:
            # Each is scaled from the one before: far fewer pixels to read than the original has.
            source, box = source.resize(size, Image.Resampling.BICUBIC, box), None
            if ratio is None:
                whole.append(source)
            yield shape, source, [kind for kind, sizes in kinds.items() if list(size) in sizes]


def _smallest_source(images: list[Image.Image], width: int, ratio: float | None, focus) -> tuple[Image.Image, tuple]:
    """The smallest of some sizes of the whole picture of which a crop can be scaled down to the width, and that crop.

    The largest, which comes first, serves where none is large enough.
    """
    crops = [(image, _crop(image.size, ratio, focus)) for image in images]
    enough = [(image, box) for image, box in crops if box[2] - box[0] >= width * OVERSAMPLING]
    return (enough or crops[:1])[-1]


def _crop(size: tuple[int, int], ratio: float | None, focus: tuple[float, float]) -> tuple[float, float, float, float]:
    """The largest part of a shape, placed by the focal point as CSS places it by `object-position`."""
    width, height = size
    if ratio is None:
        return (0, 0, width, height)
    wide, high = min(width, height / ratio), min(height, width * ratio)
    left, top = (width - wide) * focus[0], (height - high) * focus[1]
    return (left, top, left + wide, top + high)


def _store(name: str, image: Image.Image, kind: str) -> None:
    buffer = io.BytesIO()
    image.save(buffer, KINDS[kind].format, **KINDS[kind].options)
    file = ContentFile(buffer.getvalue())
    file.content_type = KINDS[kind].media_type  # S3 notes it and serves it.
    storages["renditions"].save(name, file)


def _locked_base(picture: Picture) -> str | None:
    """The folder that the row names at this moment, if any; the row is ours until the transaction ends."""
    row = Picture.objects.select_for_update().filter(pk=picture.pk).values_list("renditions", flat=True).first()
    return row.get("base") if row else None
