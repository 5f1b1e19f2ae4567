"""Hills, clouds, water marks and trees shared by the scenes."""

import math
from collections.abc import Callable, Sequence

from .canvas import Canvas, Colour, Point, mix, smooth_noise


def ridge(
    c: Canvas,
    y: float,
    rise: float,
    humps: float = 4,
    rough: float = 0.45,
    lean: Callable[[float], float] | None = None,
) -> list[Point]:
    """Return a skyline across the picture, from height `y` up by at most `rise`."""
    noise = smooth_noise(c.rng, humps, 5, rough)
    points = []
    for x in range(-20, c.w + 21, 8):
        u = (x + 20) / (c.w + 40)
        points.append((x, y - rise * noise(u) * (lean(u) if lean else 1.0)))
    return points


def karst(c: Canvas, y: float, towers: Sequence[tuple[float, float, float]]) -> list[Point]:
    """Return a skyline of limestone towers given as (centre, half width, height)."""
    noise = smooth_noise(c.rng, 26, 3, 0.5)
    points = []
    for x in range(-20, c.w + 21, 5):
        wobble = noise((x + 20) / (c.w + 40)) - 0.5
        tall = 0.0
        for middle, half, height in towers:
            reach = abs(x + wobble * half * 0.5 - middle) / half
            tall = max(tall, height * (1 - reach**2.4) if reach < 1 else 0.0)
        points.append((x, y - tall - wobble * 16))
    return points


def hill(c: Canvas, line: Sequence[Point], base: float, stops: Sequence[Colour]) -> None:
    """Fill from a skyline down to `base`, fading from its highest point."""
    c.fade([*line, (c.w + 20, base), (-20, base)], stops)


def facets(c: Canvas, line: Sequence[Point], base: float, fill: Colour, alpha: float, side: int = 1) -> None:
    """Shade one side of every summit so that a hill reads as a body."""
    for i in range(3, len(line) - 3):
        x, y = line[i]
        if y >= line[i - 1][1] or y > line[i + 1][1] or y > min(p[1] for p in line[max(0, i - 5) : i + 6]):
            continue
        slope, j = [(x, y)], i
        while 0 < j + side < len(line) and line[j + side][1] >= line[j][1] - 1.5:
            j += side
            slope.append(line[j])
        if abs(line[j][0] - x) < 30:
            continue
        low = min(base, line[j][1] + (line[j][1] - y) * 0.9 + 24)
        back = [
            (x + side * (low - y) * 0.16 * math.sin(k * 1.7) * k / 5, y + (low - y) * k / 5) for k in range(5, 0, -1)
        ]
        c.poly([*slope, (line[j][0] - side * 8, (line[j][1] + low) / 2), *back], fill, alpha)


def cloud(
    c: Canvas, x: float, y: float, width: float, fill: Colour, alpha: float = 1.0, shade: Colour | None = None
) -> None:
    """Draw a heap of cloud melting away at its foot, height `y`."""
    lobes, count = [], 10
    for i in range(count):
        u = (i + 0.5) / count
        swell = math.sin(math.pi * u) ** 1.2
        lobes.append((x + width * (u - 0.5), width * (0.05 + 0.1 * swell * c.rng.uniform(0.55, 1.3))))
    outline = []
    for step in range(101):
        px = x + width * 0.6 * (step / 50 - 1)
        tall = max((math.sqrt(max(0.0, r * r - (px - lx) ** 2)) for lx, r in lobes), default=0)
        outline.append((px, y - tall * 1.1))
    outline = [p for p in outline if p[1] < y]
    c.fade(
        [*outline, (outline[-1][0], y), (outline[0][0], y)],
        [fill, shade or fill],
        levels=[alpha, alpha, 0.6 * alpha, 0],
    )


def streaks(c: Canvas, box: tuple[float, float, float, float], count: int, fill: Colour, alpha: float = 0.5) -> None:
    """Scatter the short level strokes of light on water, longer towards the bottom."""
    x0, y0, x1, y1 = box
    for _ in range(count):
        u = c.rng.random()
        y = y0 + (y1 - y0) * u
        x = c.rng.uniform(x0, x1)
        long = c.rng.uniform(14, 46) * (0.5 + 2.2 * u)
        thick = 0.7 + 2.0 * u
        c.poly([(x, y), (x + long / 2, y - thick), (x + long, y), (x + long / 2, y + thick)], fill, alpha)


def round_tree(c: Canvas, x: float, y: float, size: float, leaf: Colour, trunk: Colour = "#5b4636") -> None:
    """Draw a broad-leaved tree with its foot at (x, y)."""
    c.poly(
        [
            (x - size * 0.05, y),
            (x - size * 0.03, y - size * 0.5),
            (x + size * 0.03, y - size * 0.5),
            (x + size * 0.05, y),
        ],
        trunk,
    )
    dark, light = mix(leaf, "#10202a", 0.25), mix(leaf, "#fff2b0", 0.22)
    blobs = [(-0.2, 0.5, 0.2), (0.2, 0.5, 0.2), (0.0, 0.62, 0.27), (-0.13, 0.75, 0.19), (0.14, 0.74, 0.18)]
    for tone, dx, dy, cut in ((dark, 0.03, 0.03, 1.0), (leaf, -0.01, -0.01, 0.92), (light, -0.06, -0.07, 0.5)):
        for bx, by, r in blobs:
            wobble = c.rng.uniform(0.9, 1.1)
            c.oval(x + (bx + dx) * size, y + (dy - by) * size, r * cut * size * wobble, r * cut * size * 0.9, tone)


def pine(c: Canvas, x: float, y: float, tall: float, leaf: Colour) -> None:
    """Draw a conifer with its foot at (x, y)."""
    c.rect(x - tall * 0.02, y - tall * 0.15, x + tall * 0.02, y, mix(leaf, "#2a1a10", 0.6))
    for k in range(5):
        top, half = y - tall * (1 - 0.16 * k), tall * (0.07 + 0.045 * k)
        foot = top + tall * 0.26
        c.poly([(x, top), (x + half, foot), (x, foot - tall * 0.03), (x - half, foot)], leaf)
        c.poly([(x, top), (x + half, foot), (x, foot - tall * 0.03)], mix(leaf, "#0c1620", 0.3))


def palm(c: Canvas, x: float, y: float, tall: float, leaf: Colour, trunk: Colour = "#6d5a45") -> None:
    """Draw an areca palm with its foot at (x, y)."""
    lean = tall * c.rng.uniform(-0.06, 0.06)
    c.line([(x, y), (x + lean * 0.4, y - tall * 0.5), (x + lean, y - tall)], trunk, tall * 0.03)
    for k in range(11):
        angle = math.pi * (1.08 * k / 10 - 0.04)
        reach = tall * c.rng.uniform(0.4, 0.5)
        across, up = reach * math.cos(angle), reach * math.sin(angle)
        mid = (x + lean + across * 0.58, y - tall - up * 0.6 - reach * 0.1)
        tip = (x + lean + across, y - tall - up * 0.7 + abs(across) * 0.42)
        c.poly([(x + lean, y - tall), (mid[0], mid[1] - reach * 0.07), tip, (mid[0], mid[1] + reach * 0.1)], leaf)


def reeds(c: Canvas, x0: float, x1: float, y: float, tall: float, count: int, fill: Colour) -> None:
    """Draw grass blades along a stretch of ground."""
    for _ in range(count):
        x, long = c.rng.uniform(x0, x1), tall * c.rng.uniform(0.45, 1.0)
        bend = long * c.rng.uniform(-0.35, 0.45)
        c.poly(
            [
                (x - 2.5, y),
                (x + bend * 0.4 - 1, y - long * 0.6),
                (x + bend, y - long),
                (x + bend * 0.4 + 2, y - long * 0.58),
                (x + 3, y),
            ],
            fill,
        )


def birds(c: Canvas, x: float, y: float, count: int, size: float, fill: Colour, spread: float = 120) -> None:
    """Draw a loose flight of birds around a point."""
    for _ in range(count):
        bx, by = x + c.rng.uniform(-spread, spread), y + c.rng.uniform(-spread, spread) * 0.35
        s = size * c.rng.uniform(0.7, 1.2)
        wing = s * c.rng.uniform(0.25, 0.55)
        c.poly(
            [
                (bx - s, by - wing),
                (bx - s * 0.4, by - wing * 0.7),
                (bx, by),
                (bx + s * 0.4, by - wing * 0.75),
                (bx + s, by - wing),
                (bx + s * 0.35, by - wing * 0.2),
                (bx, by + s * 0.2),
                (bx - s * 0.35, by - wing * 0.15),
            ],
            fill,
        )
