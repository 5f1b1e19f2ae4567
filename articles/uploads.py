"""What may come in as a picture: checked by decoding it, under limits, before anything is stored."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

# A photo straight from a camera has 10 to 25 MB; more is a mistake or an attack.
SIZE_LIMIT = 30 * 1024 * 1024
# 60 megapixels take 180 MB when decoded: more than any press camera makes, as much as the server can bear.
PIXEL_LIMIT = 60_000_000
# A panorama of eight to one still fits the 16,383 pixels of a WebP at the greatest width; a strip is no photo.
SHAPE_LIMIT = 8
# Formats that cameras and agencies deliver -> the ending of the stored name.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class PictureFileField(forms.ImageField):
    """A JPEG, PNG or WebP under SIZE_LIMIT and PIXEL_LIMIT, decoded in full, under a name of our own making."""

    default_error_messages = {
        "too_big": _("The file is over 30 MB. Please export it smaller."),
        "too_many_pixels": _("The picture has over 60 megapixels. Please scale it down."),
        "too_narrow": _("One side of the picture is over eight times as long as the other. Please crop it."),
        "invalid_image": _("This file cannot be read as a picture. Please choose a JPEG, PNG or WebP file."),
    }
    default_validators = []

    def to_python(self, data):
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        if file.size > SIZE_LIMIT:
            raise forms.ValidationError(self.error_messages["too_big"], code="too_big")
        file.name = f"{secrets.token_hex(8)}.{FORMATS[self._format_of(file)]}"
        file.seek(0)
        return file

    def _format_of(self, file) -> str:
        """The key of FORMATS for a file that was decoded to its end; the pixels are given up again."""
        try:
            with Image.open(file, formats=list(FORMATS)) as image:
                self._check_size(image)
                image.load()
                # Phones and cameras add a preview or a depth map: to Pillow that is MPO, a JPEG with more behind it.
                return "JPEG" if image.format == "MPO" else image.format
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error

    def _check_size(self, image) -> None:
        if image.width * image.height > PIXEL_LIMIT:
            raise forms.ValidationError(self.error_messages["too_many_pixels"], code="too_many_pixels")
        if max(image.size) > SHAPE_LIMIT * min(image.size):
            raise forms.ValidationError(self.error_messages["too_narrow"], code="too_narrow")
