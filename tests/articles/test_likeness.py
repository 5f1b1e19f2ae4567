"""A picture is known again when it comes back scaled, saved anew or brightened, and not mixed up with another."""

import io
import random

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from articles.renditions import Unreadable, are_alike, likeness_of


def scene(seed: int, size=(480, 320)) -> Image.Image:
    """Something like a photo: large fields of light and dark, smaller ones upon them, grain."""
    draw = random.Random(seed)
    fields = Image.frombytes("RGB", (6, 4), draw.randbytes(72)).resize(size, Image.Resampling.BICUBIC)
    details = Image.frombytes("RGB", (48, 32), draw.randbytes(4608)).resize(size, Image.Resampling.BICUBIC)
    return Image.blend(fields, details, 0.3)


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def scaled(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.BICUBIC)


def turned(image: Image.Image) -> bytes:
    """As a phone stores an upright photo: lying, with a note how to turn it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(image.transpose(Image.Transpose.ROTATE_90), exif=exif)


COPIES = {
    "saved anew": lambda image: saved(image, quality=90),
    "saved badly": lambda image: saved(image, quality=25),
    "as PNG": lambda image: saved(image, "PNG"),
    "as WebP": lambda image: saved(image, "WEBP", quality=60),
    "half": lambda image: saved(scaled(image, 240)),
    "a quarter": lambda image: saved(scaled(image, 120)),
    "brighter": lambda image: saved(ImageEnhance.Brightness(image).enhance(1.1)),
    "sharper": lambda image: saved(image.filter(ImageFilter.SHARPEN)),
    "of a phone": turned,
}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("seed", range(3))
def test_copy_of_a_picture_is_like_it(copy, seed):
    image = scene(seed)

    assert are_alike(likeness_of(saved(image, "PNG")), likeness_of(COPIES[copy](image)))


def test_different_pictures_are_not_alike():
    found = [likeness_of(saved(scene(seed), "PNG")) for seed in range(30)]

    assert not any(are_alike(one, other) for one in found for other in found if one is not other)


def test_mirrored_picture_is_another_one():
    image = scene(1)

    assert not are_alike(
        likeness_of(saved(image)), likeness_of(saved(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    )


def test_likeness_is_64_bits():
    likeness = likeness_of(saved(scene(2)))

    assert len(likeness) == 16
    assert int(likeness, 16) > 0


def test_field_of_one_colour_is_like_nothing_at_all():
    blank = likeness_of(saved(Image.new("RGB", (600, 400), "#406080")))

    assert blank == ""
    assert not are_alike(blank, blank)


@pytest.mark.parametrize("data", [b"", b"<html>", saved(scene(3))[:5000]], ids=["empty", "a page", "cut off"])
def test_file_that_is_no_picture_has_no_likeness(data):
    with pytest.raises(Unreadable):
        likeness_of(data)
