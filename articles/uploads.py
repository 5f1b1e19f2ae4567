"""What may come in as a picture: bounded while it arrives, checked by decoding it, before anything is stored."""

import hashlib
import secrets
import struct
from pathlib import PurePath

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext_lazy as _
from PIL import Image

from .makeup import is_usual, stretches
from .renditions import Unreadable, likeness_of
from .text import one_line

# A photo straight from a camera has 10 to 25 MB; more is a mistake or an attack.
SIZE_LIMIT = 30 * 1024 * 1024
# As many files as one form may bring where there is no script to send them one by one; settings.py holds Django to it.
FILES_AT_ONCE = 10
# The files and some text around them. A request that announces more is not read at all.
REQUEST_LIMIT = FILES_AT_ONCE * SIZE_LIMIT + 1024 * 1024
# 60 megapixels are more than any press camera makes. A decoder that keeps the whole picture needs up to 8 bytes for a
# pixel, that of WebP 16: half a gigabyte is as much as the server can bear (docs/performance.md).
PIXEL_LIMITS = {"JPEG": 60_000_000, "PNG": 60_000_000, "WEBP": 30_000_000}
# A panorama of eight to one still fits the 16,383 pixels of a WebP at the greatest width; a strip is no photo.
SHAPE_LIMIT = 8
# Formats that cameras and agencies deliver -> the ending of the stored name.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# As long as the title of a picture may be.
TITLE_LENGTH = 150

# What Pillow raises on a file whose header is none of a picture.
_NO_PICTURE = (OSError, SyntaxError, ValueError, struct.error)


class BoundedUpload(TemporaryFileUploadHandler):
    """Takes files to the temporary folder, and nothing of a file that has grown over SIZE_LIMIT.

    Such a file keeps its true size but loses its content: its field can say what is wrong, and what else was typed
    into the form is not lost.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > REQUEST_LIMIT:
            raise RequestDataTooBig(f"{content_length} bytes announced")

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= SIZE_LIMIT:
            self.file.write(raw_data)
        elif start <= SIZE_LIMIT:
            self.file.seek(0)
            self.file.truncate()


class PictureFileField(forms.ImageField):
    """A JPEG, PNG or WebP within all the limits above, decoded in full, under a name of our own making.

    The file that it gives knows its `title` (from the name that it came with), its `digest` (SHA-256, hexadecimal) and
    its `likeness` (renditions.likeness_of).
    """

    default_error_messages = {
        "required": _("Please choose a file."),
        "missing": _("Please choose a file."),
        "empty": _("The file is empty."),
        "too_big": _("The file is over 30 MB. Please export it smaller."),
        "too_many_pixels": _("The picture has over %(limit)d megapixels. Please scale it down."),
        "too_narrow": _("One side of the picture is over eight times as long as the other. Please crop it."),
        "moving": _("This file holds a moving picture. Please choose a still one."),
        "unusual": _("This file is put together in an unusual way. Please save it anew and send it again."),
        "damaged": _("The file is damaged or was cut off on the way. Please send it again, or export it anew."),
        "invalid_image": _("This file cannot be read as a picture. Please choose a JPEG, PNG or WebP file."),
    }
    default_validators = []

    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > SIZE_LIMIT:
            raise self._error("too_big")
        file.title = title_from(file.name)
        kind = self._format_of(file)
        file.digest, file.likeness = digest_of(file), self._likeness_of(file)
        file.name = f"{secrets.token_hex(8)}.{FORMATS[kind]}"
        # S3 notes a type with each file: not the one that the sender claims.
        file.content_type = Image.MIME[kind]
        file.seek(0)
        return file

    def _likeness_of(self, file) -> str:
        """Decodes the file to its end: what cannot be decoded has no likeness, and is no picture."""
        file.seek(0)
        try:
            return likeness_of(file.read())
        except (Unreadable, MemoryError) as error:
            raise self._error("damaged") from error

    def _format_of(self, file) -> str:
        """The key of FORMATS, by what the headers of the file say."""
        if not is_usual(file):
            raise self._error("unusual")
        file.seek(0)
        try:
            with Image.open(file, formats=list(FORMATS)) as image:
                # Phones and cameras add a preview or a depth map: to Pillow that is MPO, a JPEG with more behind it.
                kind = "JPEG" if image.format == "MPO" else image.format
                self._check(image, kind)
        except Image.DecompressionBombError as error:
            raise self._error("too_many_pixels", limit=max(PIXEL_LIMITS.values()) // 1_000_000) from error
        except _NO_PICTURE as error:
            raise self._error("invalid_image") from error
        return kind

    def _check(self, image, kind: str) -> None:
        """Refuses before a single pixel is decoded."""
        if image.width * image.height > PIXEL_LIMITS[kind]:
            raise self._error("too_many_pixels", limit=PIXEL_LIMITS[kind] // 1_000_000)
        if max(image.size) > SHAPE_LIMIT * min(image.size):
            raise self._error("too_narrow")
        if kind != "JPEG" and getattr(image, "is_animated", False):
            raise self._error("moving")

    @staticmethod
    def status_of(error: forms.ValidationError) -> int:
        """The HTTP status for a file that was refused so."""
        return 413 if error.code == "too_big" else 400

    def _error(self, code: str, **params) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=params)


def title_from(name: str) -> str:
    """A title to begin with, from the name that a file came with: without its ending, at most TITLE_LENGTH letters.

    >>> title_from("Cho_phien  Ba\\u0300n So\\u0301i.JPG")
    'Cho phien Bàn Sói'
    """
    title = one_line(PurePath(name.lstrip(".")).stem.replace("_", " "))[:TITLE_LENGTH].strip()
    return title or str(_("Picture without a title"))


def digest_of(file) -> str:
    """The SHA-256 of a file's bytes, in 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for stretch in stretches(file):
        digest.update(stretch)
    return digest.hexdigest()
