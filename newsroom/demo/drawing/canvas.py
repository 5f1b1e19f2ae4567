"""The drawing surface: coordinates are picture pixels, the bitmap beneath is twice as fine."""

import math
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = str | tuple[int, ...]
Point = tuple[float, float]

WIDE = (1600, 1067)
SQUARE = (900, 900)
SCALE = 2


@lru_cache(maxsize=2048)
def rgb(colour: Colour) -> tuple[int, int, int]:
    """Return a "#rrggbb" or tuple colour as three integers."""
    if isinstance(colour, str):
        return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return colour[:3]


def mix(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """Return the colour lying `share` of the way from the first to the second."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))


def ink(colour: Colour, alpha: float = 1.0) -> tuple[int, int, int, int]:
    """Return a colour with its opacity, ready for the pen."""
    return (*rgb(colour), round(255 * alpha))


def along(stops: Sequence[Colour], share: float) -> tuple[int, int, int]:
    """Return the colour at `share` (0..1) of evenly spaced stops."""
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


def smooth_noise(rng: random.Random, cells: float, octaves: int = 4, gain: float = 0.5):
    """Return a function of 0..1 giving wavy values in 0..1, the same for the same generator state."""
    lattices = [[rng.random() for _ in range(int(cells * 2**k) + 3)] for k in range(octaves)]
    total = sum(gain**k for k in range(octaves))

    def value(u: float) -> float:
        height = 0.0
        for k, lattice in enumerate(lattices):
            place = max(u, 0.0) * cells * 2**k
            i = min(int(place), len(lattice) - 2)
            t = place - i
            t = min(t, 1.0)
            t = t * t * (3 - 2 * t)
            height += gain**k * (lattice[i] * (1 - t) + lattice[i + 1] * t)
        return height / total

    return value


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int]) -> Image.Image:
    """Paper grain centred on middle grey; seeded bytes, since Pillow's own noise cannot be seeded."""
    rng = random.Random("paper")
    side = 384
    fine = Image.frombytes("L", (side, side), rng.randbytes(side * side)).filter(ImageFilter.GaussianBlur(0.6))
    coarse = Image.frombytes("L", (96, 96), rng.randbytes(96 * 96)).resize((side, side), Image.Resampling.BICUBIC)
    tile = Image.blend(fine, coarse, 0.12).point([round(128 + (v - 128) * 0.2) for v in range(256)])
    sheet = Image.new("L", size)
    for x in range(0, size[0], side):
        for y in range(0, size[1], side):
            sheet.paste(tile, (x, y))
    return Image.merge("RGB", (sheet,) * 3)


@lru_cache(maxsize=4)
def _vignette(size: tuple[int, int]) -> Image.Image:
    levels = [round(255 - 34 * max(0.0, v / 255 - 0.45) ** 1.5 / 0.41) for v in range(256)]
    return Image.merge("RGB", (Image.radial_gradient("L").resize(size).point(levels),) * 3)


class Canvas:
    """A picture in the making, with its own generator of chance."""

    def __init__(self, name: str, size: tuple[int, int] = WIDE) -> None:
        self.rng = random.Random(name)
        self.w, self.h = size
        self.im = Image.new("RGB", (self.w * SCALE, self.h * SCALE))
        self.pen = ImageDraw.Draw(self.im, "RGBA")

    def finish(self) -> Image.Image:
        """Return the picture at its real size, with grain and slightly darker corners."""
        small = self.im.reduce(SCALE)
        small = ImageChops.multiply(small, _vignette(small.size))
        return ImageChops.soft_light(small, _grain(small.size))

    def poly(self, points: Iterable[Point], fill: Colour, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=ink(fill, alpha))

    def rect(self, x0: float, y0: float, x1: float, y1: float, fill: Colour, alpha: float = 1.0) -> None:
        """Fill an upright rectangle."""
        if x1 > x0 and y1 > y0:
            box = (round(x0 * SCALE), round(y0 * SCALE), round(x1 * SCALE) - 1, round(y1 * SCALE) - 1)
            self.pen.rectangle((box[0], box[1], max(box[0], box[2]), max(box[1], box[3])), fill=ink(fill, alpha))

    def rounded(self, x0: float, y0: float, x1: float, y1: float, radius: float, fill: Colour) -> None:
        """Fill a rectangle with rounded corners."""
        self.pen.rounded_rectangle([v * SCALE for v in (x0, y0, x1, y1)], radius * SCALE, fill=ink(fill))

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour, alpha: float = 1.0) -> None:
        """Fill an ellipse given by its centre and radii."""
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=ink(fill, alpha))

    def line(self, points: Iterable[Point], fill: Colour, width: float = 2, alpha: float = 1.0) -> None:
        """Draw an open line through the points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        joint = "curve" if len(scaled) > 2 and width > 2 else None
        self.pen.line(scaled, fill=ink(fill, alpha), width=max(1, round(width * SCALE)), joint=joint)

    def sky(self, stops: Sequence[Colour], y0: float = 0, y1: float | None = None) -> None:
        """Fill the full width between two heights with a vertical gradient."""
        top, bottom = round(y0 * SCALE), round((self.h if y1 is None else y1) * SCALE)
        self.im.paste(self._column(stops, bottom - top).resize((self.im.width, bottom - top)), (0, top))

    @staticmethod
    def _column(stops: Sequence[Colour], height: int) -> Image.Image:
        column = Image.new("RGB", (1, 128))
        column.putdata([along(stops, i / 127) for i in range(128)])
        return column.resize((1, max(1, height)), Image.Resampling.BILINEAR)

    def fade(
        self,
        points: Iterable[Point],
        stops: Sequence[Colour],
        span: Point | None = None,
        levels: Sequence[float] | None = None,
    ) -> None:
        """Fill a polygon with a vertical gradient over `span` or its own height; `levels` are opacities."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        left, right = min(p[0] for p in scaled), max(p[0] for p in scaled)
        top, bottom = min(p[1] for p in scaled), max(p[1] for p in scaled)
        start, end = (v * SCALE for v in span) if span else (top, bottom)
        box = (max(0, math.floor(left)), max(0, math.floor(top)))
        size = (min(self.im.width, math.ceil(right) + 1) - box[0], min(self.im.height, math.ceil(bottom) + 1) - box[1])
        if min(size) <= 0:
            return
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in scaled], fill=255)
        if levels:
            greys = self._column([(round(255 * v),) * 3 for v in levels], size[1]).convert("L")
            mask = ImageChops.multiply(mask, greys.resize(size, Image.Resampling.NEAREST))
        column = self._column(stops, round(end - start))
        first = box[1] - round(start)
        strip = column.transform((1, size[1]), Image.Transform.EXTENT, (0, first, 1, first + size[1]))
        self._hold_ends(strip, stops, first, column.height)
        self.im.paste(strip.resize(size, Image.Resampling.NEAREST), box, mask)

    @staticmethod
    def _hold_ends(strip: Image.Image, stops: Sequence[Colour], first: int, height: int) -> None:
        """Outside the span the end colours go on."""
        if first < 0:
            strip.paste(rgb(stops[0]), (0, 0, 1, min(strip.height, -first)))
        if first + strip.height > height:
            strip.paste(rgb(stops[-1]), (0, max(0, height - first), 1, strip.height))

    def glow(self, x: float, y: float, rx: float, fill: Colour, alpha: float = 1.0, ry: float | None = None) -> None:
        """Lay a soft round light over the picture."""
        ry = rx if ry is None else ry
        # Pillow's disc reaches 181 at the middle of each side; the light must be gone by then.
        levels = [round(255 * alpha * max(0.0, 1 - v / 180) ** 1.6) for v in range(256)]
        disc = Image.radial_gradient("L").point(levels)
        mask = disc.resize((max(2, round(rx * 2 * SCALE)), max(2, round(ry * 2 * SCALE))), Image.Resampling.BILINEAR)
        self.im.paste(rgb(fill), (round((x - rx) * SCALE), round((y - ry) * SCALE)), mask)

    def veil(self, y0: float, y1: float, fill: Colour, levels: Sequence[float]) -> None:
        """Lay a band of mist over the full width; `levels` are opacities from top to bottom."""
        greys = [(round(255 * v),) * 3 for v in levels]
        size = (self.im.width, round((y1 - y0) * SCALE))
        mask = self._column(greys, size[1]).convert("L").resize(size, Image.Resampling.NEAREST)
        self.im.paste(rgb(fill), (0, round(y0 * SCALE)), mask)

    def soft(self, shapes: Iterable[Sequence[Point]], fill: Colour, alpha: float, blur: float) -> None:
        """Fill polygons with blurred edges, all in one go."""
        part = 4
        mask = Image.new("L", (self.w // part, self.h // part))
        pen = ImageDraw.Draw(mask)
        for shape in shapes:
            pen.polygon([(x / part, y / part) for x, y in shape], fill=round(255 * alpha))
        mask = mask.filter(ImageFilter.GaussianBlur(blur / part))
        self.im.paste(rgb(fill), (0, 0), mask.resize(self.im.size, Image.Resampling.BILINEAR))

    def mirror(self, y: float, depth: float, tint: Colour, share: float, sway: float = 3, stretch: float = 1) -> None:
        """Reflect what stands above height `y` in the water below, tinted and slightly broken up."""
        top, tall = round(y * SCALE), round(depth * SCALE)
        source = self.im.crop((0, max(0, top - round(tall / stretch)), self.im.width, top))
        flipped = source.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((self.im.width, tall))
        flipped = Image.blend(flipped, Image.new("RGB", flipped.size, rgb(tint)), share)
        row = 0
        while row < tall:
            band = 3 + row // 60
            reach = sway * SCALE * (0.3 + row / tall)
            shift = round(math.sin(row * 0.23) * reach + self.rng.uniform(-0.5, 0.5) * reach)
            strip = flipped.crop((0, row, self.im.width, min(row + band, tall)))
            self.im.paste(strip, (shift, top + row))
            if shift:
                edge = (0, 0, shift, strip.height) if shift > 0 else (strip.width + shift, 0, strip.width, strip.height)
                self.im.paste(strip.crop(edge), (0 if shift > 0 else self.im.width + shift, top + row))
            row += band
