"""Houses, flags and street furniture."""

import math

from .canvas import Canvas, Colour, mix


def star(c: Canvas, x: float, y: float, radius: float, fill: Colour = "#ffd84a", squeeze: float = 1.0) -> None:
    """Draw a five-pointed star."""
    points = []
    for k in range(10):
        reach = radius if k % 2 == 0 else radius * 0.39
        angle = -math.pi / 2 + k * math.pi / 5
        points.append((x + reach * math.cos(angle) * squeeze, y + reach * math.sin(angle)))
    c.poly(points, fill)


def flag(c: Canvas, x: float, y: float, tall: float, wide: float, pole: Colour = "#e9e6df") -> None:
    """Draw a flying red flag with a yellow star on a pole with its foot at (x, y)."""
    high, top = wide * 0.66, y - tall
    c.rect(x - wide * 0.025, top - wide * 0.06, x + wide * 0.025, y, pole)
    c.oval(x, top - wide * 0.07, wide * 0.05, wide * 0.05, "#e8c25a")
    steps = [k / 12 for k in range(13)]

    def wave(u: float) -> float:
        return math.sin(u * 5.2) * wide * 0.05 * (0.3 + u)

    edge = [(x + wide * (0.03 + u), top + wave(u)) for u in steps]
    c.poly(edge + [(px, py + high) for px, py in reversed(edge)], "#cf2229")
    for u0, u1 in ((0.42, 0.72), (0.92, 1.0)):
        fold = [(x + wide * (0.03 + u), top + wave(u)) for u in (u0, (u0 + u1) / 2, u1)]
        c.poly(fold + [(px, py + high) for px, py in reversed(fold)], "#a9161f", 0.45)
    star(c, x + wide * 0.53, top + high / 2 + wave(0.5), high * 0.29, squeeze=0.95)


def windows(
    c: Canvas,
    box: tuple[float, float, float, float],
    cols: int,
    rows: int,
    glass: Colour,
    frame: Colour,
    fill: float = 0.6,
) -> None:
    """Set a grid of framed windows into a wall."""
    x0, y0, x1, y1 = box
    cell_w, cell_h = (x1 - x0) / cols, (y1 - y0) / rows
    for i in range(cols):
        for j in range(rows):
            cx, cy = x0 + cell_w * (i + 0.5), y0 + cell_h * (j + 0.5)
            w, h = cell_w * fill / 2, cell_h * fill / 2
            c.rect(cx - w - 3, cy - h - 3, cx + w + 3, cy + h + 3, frame)
            c.rect(cx - w, cy - h, cx + w, cy + h, glass)
            c.poly([(cx - w, cy + h), (cx - w, cy - h), (cx + w * 0.4, cy - h)], mix(glass, "#ffffff", 0.22))
            c.rect(cx - 1.2, cy - h, cx + 1.2, cy + h, frame)


def stilt_house(
    c: Canvas, x: float, y: float, wide: float, roof: Colour, wall: Colour, lit: Colour = "#f4c66a"
) -> None:
    """Draw a house on stilts with its posts standing at height `y`."""
    w, dark = wide, mix(wall, "#15110f", 0.55)
    for k in range(6):
        px = x - w * 0.42 + w * 0.84 * k / 5
        c.rect(px - w * 0.012, y - w * 0.24, px + w * 0.012, y, dark)
    c.rect(x - w * 0.45, y - w * 0.24, x + w * 0.45, y - w * 0.21, dark)
    c.rect(x - w * 0.42, y - w * 0.42, x + w * 0.42, y - w * 0.24, wall)
    for k in range(1, 12):
        c.rect(
            x - w * 0.42 + w * 0.07 * k - 0.7, y - w * 0.42, x - w * 0.42 + w * 0.07 * k + 0.7, y - w * 0.24, dark, 0.35
        )
    for dx in (-0.27, 0.0, 0.27):
        c.rect(x + (dx - 0.05) * w, y - w * 0.37, x + (dx + 0.05) * w, y - w * 0.28, lit)
        c.rect(x + dx * w - 1, y - w * 0.37, x + dx * w + 1, y - w * 0.28, dark)
    eaves, top = y - w * 0.37, y - w * 0.74
    c.fade(
        [(x - w * 0.56, eaves), (x - w * 0.36, top), (x + w * 0.36, top), (x + w * 0.56, eaves)],
        [mix(roof, "#fff0d0", 0.18), roof],
    )
    c.poly([(x + w * 0.36, top), (x + w * 0.56, eaves), (x + w * 0.3, eaves)], mix(roof, "#15110f", 0.3))
    c.rect(x - w * 0.38, top - w * 0.02, x + w * 0.38, top + w * 0.01, mix(roof, "#15110f", 0.35))


def tiled_house(c: Canvas, x: float, y: float, wide: float, wall: Colour, roof: Colour) -> None:
    """Draw a small one-storey house with a tiled roof, its foot at (x, y)."""
    w = wide
    c.rect(x - w * 0.44, y - w * 0.34, x + w * 0.44, y, wall)
    c.rect(x - w * 0.44, y - w * 0.34, x + w * 0.44, y - w * 0.27, mix(wall, "#2a2026", 0.25))
    c.poly(
        [
            (x - w * 0.52, y - w * 0.32),
            (x - w * 0.4, y - w * 0.58),
            (x + w * 0.4, y - w * 0.58),
            (x + w * 0.52, y - w * 0.32),
        ],
        roof,
    )
    c.rect(x - w * 0.41, y - w * 0.6, x + w * 0.41, y - w * 0.56, mix(roof, "#20141a", 0.35))
    c.rect(x - w * 0.07, y - w * 0.23, x + w * 0.07, y, mix(wall, "#3b2a20", 0.65))
    for dx in (-0.27, 0.27):
        c.rect(x + (dx - 0.07) * w, y - w * 0.22, x + (dx + 0.07) * w, y - w * 0.1, mix(wall, "#2f4858", 0.7))


def lantern(c: Canvas, x: float, y: float, size: float, fill: Colour, lit: Colour = "#ffe6a0") -> None:
    """Draw a round silk lantern hanging with its middle at (x, y)."""
    s = size
    c.glow(x, y, s * 2.6, lit, 0.5)
    c.oval(x, y, s, s * 0.86, fill)
    c.oval(x, y, s * 0.72, s * 0.86, mix(fill, lit, 0.35))
    c.oval(x, y, s * 0.36, s * 0.86, mix(fill, lit, 0.7))
    for dy in (-1, 1):
        c.rect(x - s * 0.32, y + dy * s * 0.84 - s * 0.09, x + s * 0.32, y + dy * s * 0.84 + s * 0.09, "#5b2b1c")
    c.rect(x - s * 0.05, y + s * 0.9, x + s * 0.05, y + s * 1.5, mix(fill, "#5b1b1c", 0.3))


def truck(c: Canvas, x: float, y: float, long: float, cab: Colour, load: Colour, face: int = 1) -> None:
    """Draw a lorry seen from the side, wheels on height `y`."""
    s = long

    def box(dx0: float, dy0: float, dx1: float, dy1: float, fill: Colour) -> None:
        left, right = sorted((x + face * dx0 * s, x + face * dx1 * s))
        c.rect(left, y - dy1 * s, right, y - dy0 * s, fill)

    box(-0.5, 0.1, 0.2, 0.46, load)
    box(-0.5, 0.07, 0.48, 0.12, "#24262b")
    box(0.23, 0.1, 0.48, 0.38, cab)
    box(0.36, 0.22, 0.47, 0.35, "#cfe3ea")
    for k in range(1, 6):
        box(-0.5 + 0.116 * k, 0.12, -0.492 + 0.116 * k, 0.46, mix(load, "#101418", 0.2))
    for dx in (-0.36, -0.22, 0.35):
        c.oval(x + face * dx * s, y - 0.065 * s, 0.065 * s, 0.065 * s, "#1d1e22")
        c.oval(x + face * dx * s, y - 0.065 * s, 0.028 * s, 0.028 * s, "#8b8d92")
