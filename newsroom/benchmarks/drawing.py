"""Pictures of our own drawing that cost what photos cost, and the costliest that the library takes."""

import random
from pathlib import Path

from PIL import Image

# (grains over the width, how strongly they show): clouds of every size, from the sky to the grain of the film.
_GRAINS = ((6, 0.75), (24, 0.5), (96, 0.35), (400, 0.25), (1500, 0.13), (6000, 0.06))
PHOTO = (6000, 4000)
# Just under what uploads.PIXEL_LIMITS sets.
LARGEST, LARGEST_WEBP = (9480, 6320), (6700, 4470)


def photo(size: tuple[int, int] = PHOTO) -> Image.Image:
    """Soft shapes under fine grain, the same at every call: as heavy as a photo, for the decoder and the encoders."""
    draw, whole = random.Random(7), Image.new("RGB", size, "#808080")
    for across, strength in _GRAINS:
        grains = (across, max(1, across * size[1] // size[0]))
        layer = Image.frombytes("RGB", grains, draw.randbytes(3 * grains[0] * grains[1]))
        whole = Image.blend(whole, layer.resize(size, Image.Resampling.BICUBIC), strength)
    return whole


def photo_file(folder: Path) -> Path:
    """A JPEG of 24 megapixels, as a camera gives it."""
    path = folder / "photo.jpg"
    photo().save(path, "JPEG", quality=92)
    return path


def costliest_files(folder: Path) -> dict[str, Path]:
    """name -> file of the largest size that is taken, each of the kind that needs most of its format's decoder."""
    paths = {name: folder / name for name in ("progressive inks.jpg", "lossy.webp", "transparent.png")}
    large = photo((LARGEST[0] // 4, LARGEST[1] // 4)).resize(LARGEST)
    large.convert("CMYK").save(paths["progressive inks.jpg"], "JPEG", quality=70, progressive=True)
    large.resize(LARGEST_WEBP).save(paths["lossy.webp"], "WEBP", quality=50, method=0)
    # Without grain, which would take a PNG over 30 MB.
    see_through = Image.linear_gradient("L").resize(LARGEST)
    Image.merge("RGBA", [see_through] * 4).save(paths["transparent.png"], "PNG", compress_level=1)
    return paths
