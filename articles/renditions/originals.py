"""The private original as an image to work with: as small as will do, upright, opaque, in sRGB.

Nothing that the file says beside its pixels leaves this module.
"""

import io
import logging
import struct
from threading import Lock

from PIL import Image, ImageCms

logger = logging.getLogger(__name__)

# The formats that are taken in (uploads.FORMATS); a JPEG with a preview behind it is one to Pillow, too.
_FORMATS = ("JPEG", "PNG", "WEBP")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
# What Pillow raises on EXIF that is none (PIL.JpegImagePlugin catches the same).
_BAD_EXIF = (struct.error, KeyError, SyntaxError, TypeError, ValueError, ZeroDivisionError)
# What Pillow raises on a file that is no picture or no whole one.
_NO_PICTURE = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# mode of an image -> the colour space for which a profile in its file must be made.
_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
# Rows of the original that are made opaque and scaled down at a time: a large PNG is never in memory twice.
_STRIP = 256
# One picture at a time in a process: eight at once, of hundreds of megabytes each, would bring the server down.
_DECODING = Lock()


class Unreadable(Exception):
    """A file that is no picture, or breaks off, or is not there."""


class Original:
    """A picture file whose header has been read; both steps raise Unreadable."""

    def __init__(self, data: bytes):
        try:
            self._image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except _NO_PICTURE as error:
            raise Unreadable(str(error)) from error
        self._profile = self._image.info.get("icc_profile")
        self._orientation = self._read_orientation()
        width, height = self._image.size
        self.size = (height, width) if self._orientation in _SIDEWAYS else (width, height)

    def decoded(self, scale: float = 1.0) -> Image.Image:
        """The picture at `scale` of its size or larger, down to half of it. To be called once: the file is let go."""
        with _DECODING:
            image, self._image = self._image, None
            return self._decoded(image, scale)

    def _decoded(self, image: Image.Image, scale: float) -> Image.Image:
        # A JPEG is decoded at 1/2, 1/4 or 1/8 at once: the larger part of the time and the memory is never spent.
        image.draft(None, tuple(max(1, round(side * scale)) for side in image.size))
        try:
            image.load()
        except _NO_PICTURE as error:
            raise Unreadable(str(error)) from error
        full_width = self.size[1] if self._orientation in _SIDEWAYS else self.size[0]
        image = _plain(image, max(1, int(image.width / (full_width * scale))))
        if self._orientation in _TURNS:
            image = image.transpose(_TURNS[self._orientation])
        image = _in_srgb(image, self._profile)
        image.info.clear()  # Pillow would hand on the camera's comments and XMP.
        return image

    def _read_orientation(self) -> int:
        try:
            # The common one: that of PNG files decodes the whole picture to look behind it.
            return Image.Image.getexif(self._image).get(_ORIENTATION, 1)
        except _BAD_EXIF:
            return 1


def _plain(image: Image.Image, factor: int) -> Image.Image:
    """The image in RGB, L or CMYK, 8 bits a channel, opaque, with `factor` pixels made one in each direction."""
    if factor == 1 and image.mode in _SPACES and not image.has_transparency_data:
        return image
    height = factor * max(1, _STRIP // factor)
    parts = []
    for top in range(0, image.height, height):
        part = _opaque(image.crop((0, top, image.width, min(top + height, image.height))))
        parts.append(part.reduce(factor) if factor > 1 else part)
    whole = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for number, part in enumerate(parts):
        whole.paste(part, (0, number * parts[0].height))
    return whole


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits of grey; Pillow's own conversion would cut off all but the darkest 256 tones.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in _SPACES else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, from the colours that `profile` describes; one that is broken or made for others is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
        if source and source.profile.xcolor_space.strip() == _SPACES[image.mode]:
            return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError) as error:
        logger.info("colour profile ignored: %s", error)
    return image if image.mode == "RGB" else image.convert("RGB")
