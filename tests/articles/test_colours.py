"""What a camera, a scanner or a print shop delivers looks in every browser as it looked to those who made it."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests import build, profiles

pytestmark = pytest.mark.django_db

RED, GREEN, BLUE, WHITE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
SIZE = (600, 400)


def saved(image: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def files_of(picture) -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "public" / picture.renditions["base"]).iterdir())


def shown(original: bytes, at=(0.5, 0.5)) -> list[tuple]:
    """The colour at a place, given in parts of the whole, in every file of the whole picture that readers get."""
    full = [path for path in files_of(build.picture(original)) if path.name.startswith("full")]
    assert {path.suffix for path in full} == {".webp", ".jpg"}
    colours = []
    for path in full:
        with Image.open(path) as image:
            assert image.mode == "RGB"
            assert "icc_profile" not in image.info
            colours.append(image.getpixel((int(image.width * at[0]), int(image.height * at[1]))))
    return colours


def all_near(colours: list[tuple], wanted: tuple, by: int = 12) -> bool:
    return all(abs(one - other) <= by for colour in colours for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"quality": 95}), ("PNG", {}), ("WEBP", {"lossless": True})])
def test_colours_of_a_profile_become_those_of_srgb(kind, options):
    green = Image.new("RGB", SIZE, GREEN)

    assert all_near(shown(saved(green, kind, **options)), GREEN)
    assert all_near(shown(saved(green, kind, icc_profile=profiles.swapped(), **options)), RED)


def test_grey_of_a_profile_becomes_grey_of_srgb():
    grey = Image.new("L", SIZE, 128)

    assert all_near(shown(saved(grey, "JPEG")), (128, 128, 128), by=4)
    assert all_near(shown(saved(grey, "JPEG", icc_profile=profiles.bright_grey())), (191, 191, 191), by=6)


def test_inks_without_a_profile_become_colours():
    cyan = Image.new("CMYK", SIZE, (255, 0, 0, 0))
    original = saved(cyan, "JPEG", quality=95)

    assert b"Adobe" in original  # The mark of files whose inks are stored the other way round.
    assert all_near(shown(original), (0, 255, 255), by=30)


def test_inks_of_a_profile_become_the_colours_of_that_press():
    inks = Image.new("CMYK", SIZE, (255, 0, 0, 0))
    inks.paste((0, 0, 0, 0), (0, 0, 300, 400))
    original = saved(inks, "JPEG", quality=95, icc_profile=profiles.cyan_is_red())

    assert all_near(shown(original, at=(0.75, 0.5)), (255, 0, 0), by=30)
    assert all_near(shown(original, at=(0.25, 0.5)), WHITE)


@pytest.mark.parametrize(
    "profile",
    [b"", b"no profile at all", profiles.swapped()[:200], profiles.swapped()[:-300], profiles.bright_grey()],
    ids=["empty", "none", "head only", "cut off", "of another kind of picture"],
)
def test_broken_profile_is_ignored(profile):
    green = Image.new("RGB", SIZE, GREEN)

    assert all_near(shown(saved(green, "JPEG", quality=95, icc_profile=profile)), GREEN)


def palette(**options) -> bytes:
    picture = Image.new("P", SIZE, 1)
    picture.putpalette([*WHITE, *BLUE, *RED])
    picture.paste(2, (0, 0, 300, 400))
    return saved(picture, "PNG", **options)


def test_palette_becomes_colours():
    original = palette()

    assert all_near(shown(original, at=(0.75, 0.5)), BLUE)
    assert all_near(shown(original, at=(0.25, 0.5)), RED)


def half_seen(mode: str, ink) -> Image.Image:
    """Nothing on the left, the ink on the right."""
    empty = (0,) * len(mode)
    picture = Image.new(mode, SIZE, empty)
    picture.paste((*ink, 255), (300, 0, 600, 400))
    return picture


TRANSPARENT = {
    "RGBA PNG": lambda: saved(half_seen("RGBA", BLUE), "PNG"),
    "RGBA WebP": lambda: saved(half_seen("RGBA", BLUE), "WEBP", lossless=True),
    "palette": lambda: palette(transparency=2),
    "one colour of many": lambda: one_colour_of_many(),
}


def one_colour_of_many() -> bytes:
    picture = Image.new("RGB", SIZE, BLUE)
    picture.paste(BLACK, (0, 0, 300, 400))
    return saved(picture, "PNG", transparency=BLACK)


@pytest.mark.parametrize("name", TRANSPARENT)
def test_what_is_transparent_stands_on_white(name):
    original = TRANSPARENT[name]()

    assert all_near(shown(original, at=(0.25, 0.5)), WHITE)
    assert all_near(shown(original, at=(0.75, 0.5)), BLUE)


def test_transparent_grey_stands_on_white():
    original = saved(half_seen("LA", (60,)), "PNG")

    assert all_near(shown(original, at=(0.25, 0.5)), WHITE)
    assert all_near(shown(original, at=(0.75, 0.5)), (60, 60, 60))


def test_half_transparent_ink_is_half_as_strong():
    assert all_near(shown(saved(Image.new("RGBA", SIZE, (0, 0, 0, 128)), "PNG")), (127, 127, 127))


def test_sixteen_bits_of_grey_keep_their_tones():
    row = bytes((0, 40)) * 300 + bytes((0, 128)) * 300  # The lower byte first.
    original = saved(Image.frombytes("I;16", SIZE, row * 400), "PNG")

    assert all_near(shown(original, at=(0.25, 0.5)), (40, 40, 40), by=4)
    assert all_near(shown(original, at=(0.75, 0.5)), (128, 128, 128), by=4)


def test_one_bit_becomes_black_and_white():
    fax = Image.new("1", SIZE, 1)
    fax.paste(0, (0, 0, 300, 400))

    assert all_near(shown(saved(fax, "PNG"), at=(0.25, 0.5)), BLACK)
    assert all_near(shown(saved(fax, "PNG"), at=(0.75, 0.5)), WHITE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_picture_stands_upright_however_the_camera_was_held(kind, turn):
    """Red is above on the left, blue below on the right, once it stands as its EXIF says."""
    upright = Image.new("RGB", (400, 600), WHITE)
    upright.paste(RED, (0, 0, 200, 300))
    upright.paste(BLUE, (200, 300, 400, 600))
    steps = Image.Transpose
    undo = [None, steps.FLIP_LEFT_RIGHT, steps.ROTATE_180, steps.FLIP_TOP_BOTTOM, steps.TRANSPOSE, steps.ROTATE_90,
            steps.TRANSVERSE, steps.ROTATE_270][turn - 1]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    original = saved(upright.transpose(undo) if undo is not None else upright, kind, exif=exif)

    assert all_near(shown(original, at=(0.25, 0.25)), RED, by=25)
    assert all_near(shown(original, at=(0.75, 0.75)), BLUE, by=25)


def test_large_picture_with_transparency_is_scaled_down_without_a_seam():
    """It is made opaque and small in strips; nothing of that is seen."""
    tall = Image.new("RGBA", (2500, 4000), (*BLUE, 255))

    for path in files_of(build.picture(saved(tall, "PNG", compress_level=1))):
        with Image.open(path) as image:
            (_low, red), (_lowest, green), (blue, _high) = image.getextrema()
            assert max(red, green, 255 - blue) < 10


# What a file needs to be shown, and nothing that could tell of a camera, a place or a program.
JPEG_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD}
WEBP_CHUNKS = {b"VP8 ", b"VP8L"}


def segments_of(jpeg: bytes) -> set[int]:
    """The markers of a JPEG up to its end, those within the coded pixels left out."""
    found, place = set(), 2
    while place < len(jpeg):
        marker = jpeg[place + 1]
        if marker == 0xD9:
            break
        found.add(marker)
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if marker == 0xDA:
            while jpeg[place] != 0xFF or jpeg[place + 1] in (0, *range(0xD0, 0xD8)):
                place += 1
    return found


def chunks_of(webp: bytes) -> set[bytes]:
    found, place = set(), 12
    while place < len(webp):
        found.add(webp[place : place + 4])
        size = int.from_bytes(webp[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return found


def telling(kind: str) -> bytes:
    """A picture that tells all: EXIF with a place, XMP, a comment, a profile with a name, a resolution."""
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh Bến Vân"
    exif.get_ifd(0x8825)[2] = (21.0, 2.0, 3.0)
    options = {"exif": exif, "icc_profile": profiles.swapped(), "xmp": b"<x:xmpmeta>nha rieng</x:xmpmeta>"}
    if kind == "JPEG":
        options |= {"comment": b"so nha 12", "dpi": (300, 300)}
    return saved(Image.new("RGB", SIZE, GREEN), kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_no_file_tells_more_than_its_pixels(kind):
    made = files_of(build.picture(telling(kind)))

    assert len(made) > 6
    for path in made:
        data = path.read_bytes()
        assert (chunks_of(data) <= WEBP_CHUNKS) if path.suffix == ".webp" else (segments_of(data) <= JPEG_SEGMENTS)
        assert b"nha" not in data


def test_broken_exif_is_ignored():
    jpeg = saved(Image.new("RGB", SIZE, GREEN), "JPEG", exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff broken")

    assert all_near(shown(jpeg), GREEN)
