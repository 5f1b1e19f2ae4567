"""The market and the old street."""

import math

from PIL import Image

from .buildings import lantern, tiled_house
from .canvas import Canvas, Colour, mix
from .figures import STRAW, carrier, cyclist, person
from .nature import facets, hill, ridge, round_tree, streaks

PARASOLS = ("#d8433b", "#2f7fa8", "#f0b93a", "#3f8f6a", "#e8e0cc", "#c2557f", "#e8812c", "#5a4f9a")


def market() -> Image.Image:
    """A hill market under its parasols."""
    c = Canvas("market")
    c.sky(["#f3d9a4", "#f9ebc8", "#fbf3dd"], 0, 400)
    hill(c, ridge(c, 300, 250, 3), 360, ["#a9bda8", "#e9e3c4"])
    line = ridge(c, 330, 190, 4)
    hill(c, line, 400, ["#7fa08f", "#d3d9b5"])
    facets(c, line, 400, "#5f8a80", 0.3)
    c.sky(["#d9bd8c", "#cfa873", "#b98b5c"], 345)
    for x, wide, wall in ((120, 210, "#f0d389"), (330, 180, "#e9c06a"), (1270, 210, "#f0d389"), (1490, 220, "#e5b45c")):
        tiled_house(c, x, 400, wide, wall, "#9a4a3a")
    for x in (470, 1110):
        round_tree(c, x, 410, 190, "#4f7f4a")
    for row, (y, size, count) in enumerate(
        ((450, 105, 11), (550, 135, 9), (675, 175, 7), (835, 225, 6), (1015, 290, 5))
    ):
        _market_row(c, row, y, size, count)
    return c.finish()


def _market_row(c: Canvas, row: int, y: float, size: float, count: int) -> None:
    gap = 1600 / (count - 0.6)
    for i in range(count + 1):
        x = (i - 0.5 + 0.5 * (row % 2)) * gap + c.rng.uniform(-0.08, 0.08) * gap
        tall = size * 0.62
        tops = ("#27377a", "#a8353a", "#1f2a4a", "#3f6a5a", "#7b2a63")
        person(
            c,
            x + gap * 0.5,
            y - size * 0.02,
            tall * 1.15,
            tops[(i * 3 + row) % 5],
            "#20233a",
            STRAW if i % 3 else None,
            "stand",
            (-1) ** i,
            "#a9803f" if i % 2 else None,
        )
        _stall(c, x, y, size, i + row * 2)


def _stall(c: Canvas, x: float, y: float, size: float, kind: int) -> None:
    person(c, x + size * 0.14, y, size * 0.62, ("#2b3160", "#a8353a", "#3f6a5a")[kind % 3], "#20233a", None)
    c.rect(x - size * 0.34, y - size * 0.14, x + size * 0.34, y + size * 0.08, "#8a5d38")
    c.rect(x - size * 0.34, y - size * 0.16, x + size * 0.34, y - size * 0.11, "#c99a62")
    goods = (
        ("#e8812c", "#f0b93a"),
        ("#4f9a45", "#8fc24d"),
        ("#c9353a", "#e8604a"),
        ("#7b3a7f", "#c2557f"),
        ("#e9dfc0", "#cfa873"),
    )[kind % 5]
    c.rect(x - size * 0.32, y - size * 0.24, x + size * 0.32, y - size * 0.15, mix(goods[0], "#2a1a20", 0.3))
    c.rect(x - size * 0.34, y - size * 0.02, x + size * 0.34, y, "#6b452a")
    for k in range(16):
        gx = x + size * (-0.3 + 0.6 * k / 15)
        c.oval(gx, y - size * (0.16 + 0.05 * (k % 3)), size * 0.04, size * 0.04, goods[k % 2])
    c.rect(x - size * 0.008, y - size * 0.7, x + size * 0.008, y, "#f3ead2")
    _parasol(
        c,
        x,
        y - size * 0.62,
        size * 0.5,
        PARASOLS[kind * 5 % 8],
        PARASOLS[(kind * 5 + 4) % 8] if kind % 2 else "#f3ead2",
    )


def _parasol(c: Canvas, x: float, y: float, half: float, first: Colour, second: Colour) -> None:
    """Eight gores seen slightly from above."""
    top = (x, y - half * 0.42)
    rim = [
        (x + half * math.cos(math.tau * (k + 0.5) / 8), y + half * 0.34 * math.sin(math.tau * (k + 0.5) / 8))
        for k in range(9)
    ]
    c.poly([(px, py + half * 0.09) for px, py in rim], mix(first, "#20141a", 0.45))
    for k in (4, 5, 6, 3, 7, 0, 2, 1):
        tone = first if k % 2 else second
        shade = 0.22 if k in (5, 6, 4) else 0.1 if k in (7, 0) else 0.0
        middle = ((rim[k][0] + rim[k + 1][0]) / 2, (rim[k][1] + rim[k + 1][1]) / 2 - half * 0.02)
        c.poly([top, rim[k], middle, rim[k + 1]], mix(tone, "#3a1c2a", shade))
    c.oval(*top, half * 0.03, half * 0.03, "#f3ead2")


def lantern_street() -> Image.Image:
    """An old street under lanterns at dusk."""
    c = Canvas("lantern_street")
    c.sky(["#1f2a55", "#4a3f73", "#a85f6a", "#f0a05a"], 0, 640)
    c.sky(["#6b4048", "#33202f"], 640)
    c.glow(800, 610, 520, "#ffc878", 0.8)
    for side in (-1, 1):
        for k in range(6, -2, -1):
            _old_house(c, side, k)
    c.fade([(760, 640), (840, 640), (1700, 1080), (-100, 1080)], ["#f0b56a", "#a8694f", "#5d3d45"])
    for k in range(60):
        y = 648 + 420 * (k / 60) ** 1.7
        half = 40 + (y - 640) * 2
        c.line([(800 - half, y), (800 + half, y)], "#4a2f3d", 1 + k * 0.03, 0.18)
    _street_people(c)
    _lantern_strings(c)
    return c.finish()


def _old_house(c: Canvas, side: int, k: int) -> None:
    near, far = 1.55 ** (6 - k), 1.55 ** (5 - k)
    x0, x1 = 800 + side * (44 + 52 * near), 800 + side * (44 + 52 * far)
    y0, y1 = 642 + 20 * near, 642 + 20 * far
    t0, t1 = (
        642 - (24 + 5 * ((k * 7 + side) % 3)) * near - 20 * near,
        642 - (24 + 5 * ((k * 7 + side) % 3)) * far - 20 * far,
    )
    wall = ("#e0a03a", "#c9803a", "#e8b85a", "#b5653a")[(k + (side > 0)) % 4]
    c.fade([(x0, t0), (x1, t1), (x1, y1), (x0, y0)], [mix(wall, "#5a2f4a", 0.5), wall, mix(wall, "#4a2636", 0.3)])

    def at(u: float, v: float) -> tuple[float, float]:
        top, low = t0 + (t1 - t0) * u, y0 + (y1 - y0) * u
        return x0 + (x1 - x0) * u, top + (low - top) * v

    over = at(-0.06, -0.1), at(1.04, -0.1), at(1.04, 0.05), at(-0.06, 0.05)
    c.poly(over, "#5a2b30")
    c.poly([at(0, 0.5), at(1, 0.5), at(1, 0.56), at(0, 0.56)], "#6b3530")
    for u in (0.14, 0.42, 0.7):
        c.poly(
            [at(u, 0.14), at(u + 0.17, 0.14), at(u + 0.17, 0.44), at(u, 0.44)],
            "#ffdf94" if (k + int(u * 10)) % 3 else "#3f5a5a",
        )
        c.poly([at(u + 0.08, 0.14), at(u + 0.09, 0.14), at(u + 0.09, 0.44), at(u + 0.08, 0.44)], "#5a3a2a")
    c.poly([at(0.12, 0.62), at(0.55, 0.62), at(0.55, 1), at(0.12, 1)], "#ffcf7a")
    c.poly([at(0.62, 0.62), at(0.88, 0.62), at(0.88, 1), at(0.62, 1)], "#4a3034")
    c.poly([at(0.12, 0.84), at(0.55, 0.84), at(0.55, 1), at(0.12, 1)], "#a8543a")


def _street_people(c: Canvas) -> None:
    for x, y, tall, tone in ((770, 690, 62, "#3a2c55"), (838, 700, 68, "#7b2a4a"), (720, 730, 86, "#2b3160")):
        person(c, x, y, tall, tone, "#241d33", None, "walk")
    c.oval(600, 900, 130, 9, "#2b1c2c", 0.45)
    carrier(c, 600, 900, 195, "#7b3a5f", "#f0b93a", 1)
    c.oval(1010, 960, 110, 10, "#2b1c2c", 0.45)
    person(c, 990, 960, 240, "#f3e6da", "#f3e6da", STRAW, "walk", -1)
    c.poly([(968, 860), (1012, 860), (1026, 944), (956, 944)], "#f3e6da")
    cyclist(c, 860, 830, 135, "#3f6a8f", None, -1)


def _lantern_strings(c: Canvas) -> None:
    tones = ("#d8342c", "#f0a52a", "#e8662c", "#c2356a", "#3f8f8a")
    for k, (y, half, size) in enumerate(((500, 150, 9), (440, 260, 15), (340, 440, 25), (190, 760, 40))):
        points = [
            (800 - half + half * 2 * i / 24, y - 40 * size / 25 + math.sin(math.pi * i / 24) * size * 2.2)
            for i in range(25)
        ]
        c.line(points, "#2b1c2c", 1 + size / 18)
        count = 5 + k
        for i in range(count):
            x, py = points[round(24 * (i + 0.5) / count)]
            lantern(c, x, py + size * 1.3, size, tones[(i + k * 2) % 5])
    for side in (-1, 1):
        lantern(c, 800 + side * 690, 560, 62, "#d8342c")
    streaks(c, (500, 720, 1100, 1050), 30, "#ffd08a", 0.3)
