"""Two portraits for bylines."""

import math

from PIL import Image

from .canvas import SQUARE, Canvas, Colour, Point, mix
from .nature import birds

FACE = "#e2b08a"


def _curve(*anchors: Point, steps: int = 10) -> list[Point]:
    """Return a smooth line through the anchors (Catmull-Rom)."""
    pts = [anchors[0], *anchors, anchors[-1]]
    line = []
    for i in range(1, len(pts) - 2):
        p0, p1, p2, p3 = pts[i - 1 : i + 3]
        for s in range(steps):
            t = s / steps
            line.append(
                tuple(
                    0.5 * (2 * b + (d - a) * t + (2 * a - 5 * b + 4 * d - e) * t * t + (3 * b - a - 3 * d + e) * t**3)
                    for a, b, d, e in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return [*line, anchors[-1]]


def _both(x: float, *half: Point) -> list[Point]:
    """Return a closed outline from its right half, mirrored about the axis `x`."""
    right = _curve(*half)
    return right + [(2 * x - px, py) for px, py in reversed(right)]


def _features(c: Canvas, brow: Colour, lips: Colour, lift: float, smile: float) -> None:
    for side in (-1, 1):
        ex = 450 + side * 56
        c.poly(_curve((ex - 31, 404), (ex, 391), (ex + 31, 404), (ex, 411), (ex - 31, 404)), "#fdf6ee")
        c.oval(ex, 401, 11.5, 11.5, "#2b1d1a")
        c.oval(ex + 4, 397, 3, 3, "#ffffff")
        c.line(_curve((ex - 33, 404), (ex, 388), (ex + 33, 404)), "#2b1d1a", 5)
        c.line(
            _curve((ex - 37, 372 - lift * (side < 0)), (ex + side * 6, 359 - lift), (ex + 37, 372 - lift * (side > 0))),
            brow,
            8,
        )
        c.oval(450 + side * 78, 458, 34, 22, "#e0795f", 0.16)
    c.line(_curve((456, 404), (464, 446), (470, 464), (450, 472)), mix(FACE, "#8a4a35", 0.5), 4)
    upper = _curve((412, 512 - smile), (436, 509), (450, 513), (464, 509), (488, 512 - smile))
    c.poly(upper + _curve((488, 512 - smile), (450, 533), (412, 512 - smile)), lips)
    c.line(_curve((410, 511 - smile), (450, 518), (490, 511 - smile)), mix(lips, "#4a1a1a", 0.55), 3.5)


def _backdrop(c: Canvas, stops: list[Colour], ridges: tuple[tuple[float, float, Colour], ...]) -> None:
    c.sky(stops)
    c.glow(640, 300, 560, "#fffaf0", 0.7)
    for y, rise, tone in ridges:
        line = [(x, y - rise * (0.5 + 0.5 * math.sin(x / 130 + rise))) for x in range(-10, 921, 15)]
        c.fade([*line, (910, 910), (-10, 910)], [tone, mix(tone, stops[-1], 0.6)])


def portrait_woman() -> Image.Image:
    """A woman reporter in a teal long dress."""
    c = Canvas("portrait_woman", SQUARE)
    _backdrop(c, ["#f0cdb0", "#f6dfc6", "#f3e6d3"], ((640, 110, "#e0b295"), (740, 90, "#cf967c")))
    hair = "#261c22"
    c.fade(
        _both(450, (450, 168), (560, 200), (622, 320), (628, 480), (662, 640), (640, 760), (450, 780)),
        [mix(hair, "#6b4a4a", 0.35), hair, hair],
    )
    c.fade(_both(450, (450, 668), (520, 668), (640, 706), (730, 770), (775, 920)), ["#1f8a86", "#156a70"])
    c.fade([(398, 560), (502, 560), (512, 690), (450, 725), (388, 690)], [mix(FACE, "#8a4a35", 0.35), FACE])
    c.poly(_curve((386, 650), (450, 700), (514, 650), (522, 700), (450, 752), (378, 700), (386, 650)), "#166066")
    c.line(_curve((386, 652), (450, 702), (514, 652)), "#e9c25a", 5)
    c.line(_curve((450, 752), (520, 800), (606, 850), (640, 915)), "#135a60", 5)
    for k, (x, y) in enumerate(((470, 766), (528, 806), (588, 842))):
        c.oval(x, y, 8 - k * 0.6, 8 - k * 0.6, "#e9c25a")
    face = _both(450, (450, 236), (530, 262), (566, 350), (562, 440), (528, 528), (484, 572), (450, 580))
    c.poly(face, FACE)
    _side_shade(c, 0.08)
    _features(c, hair, "#b5434a", 0, 5)
    c.oval(490, 224, 32, 20, hair)
    _woman_fringe(c, hair)
    for side in (-1, 1):
        c.oval(450 + side * 116, 490, 8, 8, "#fbf3df")
    _flowers(c)
    return c.finish()


def _side_shade(c: Canvas, alpha: float) -> None:
    """The side of the face away from the light."""
    c.poly(
        _curve(
            (370, 262),
            (345, 330),
            (336, 400),
            (345, 470),
            (380, 540),
            (418, 572),
            (392, 500),
            (378, 400),
            (388, 310),
            (420, 250),
        ),
        "#8a3f30",
        alpha,
    )


def _woman_fringe(c: Canvas, hair: Colour) -> None:
    left = _curve(
        (500, 214),
        (440, 262),
        (382, 310),
        (350, 380),
        (340, 470),
        (316, 560),
        (286, 640),
        (262, 560),
        (272, 400),
        (310, 256),
        (400, 178),
        (500, 190),
    )
    right = _curve(
        (486, 206),
        (520, 268),
        (552, 330),
        (564, 400),
        (570, 480),
        (590, 580),
        (622, 650),
        (640, 560),
        (630, 400),
        (590, 256),
        (520, 186),
        (450, 176),
    )
    c.poly(left, hair)
    c.poly(right, hair)
    for k in range(4):
        c.line(
            _curve(
                (488 - k * 10, 204 + k), (414 - k * 16, 246 + k * 6), (352 - k * 16, 316 + k * 8), (318 - k * 10, 420)
            ),
            "#5d4248",
            2.4,
            0.7,
        )
        c.line(_curve((500 + k * 8, 206), (556 + k * 12, 268 + k * 4), (590 + k * 8, 360)), "#5d4248", 2.4, 0.7)


def _flowers(c: Canvas) -> None:
    for x, y, size in ((338, 250, 26), (312, 288, 20)):
        for k in range(5):
            a = k * math.tau / 5 + x
            c.oval(x + size * 0.62 * math.cos(a), y + size * 0.62 * math.sin(a), size * 0.5, size * 0.5, "#fdeff0")
        c.oval(x, y, size * 0.34, size * 0.34, "#f0b93a")


def portrait_man() -> Image.Image:
    """A man reporter in glasses and a dark jacket."""
    c = Canvas("portrait_man", SQUARE)
    _backdrop(c, ["#9fc0cc", "#c9dcdc", "#e6ebe2"], ((660, 130, "#86aab5"), (760, 100, "#5f8a9a")))
    birds(c, 170, 240, 4, 14, "#4f7486", 60)
    hair = "#221d20"
    c.fade(_both(450, (450, 664), (540, 668), (690, 712), (786, 790), (822, 920)), ["#34405c", "#222b42"])
    for side in (-1, 1):
        c.oval(450 + side * 124, 420, 22, 38, mix(FACE, "#8a4a35", 0.15))
    c.fade([(390, 540), (510, 540), (522, 680), (450, 745), (378, 680)], ["#b57a5c", "#cf9672"])
    c.poly([(378, 640), (450, 744), (522, 640), (560, 700), (500, 915), (400, 915), (340, 700)], "#f4f1ea")
    c.poly([(376, 634), (450, 742), (398, 800), (336, 690)], "#ffffff")
    c.poly([(524, 634), (450, 742), (502, 800), (564, 690)], "#e3dfd6")
    for y in (820, 876):
        c.oval(450, y, 6, 6, "#b9b4aa")
    for side in (-1, 1):
        c.poly(
            [(450 + side * dx, y) for dx, y in ((112, 690), (170, 700), (150, 800), (176, 816), (62, 915), (40, 915))],
            "#2a3450" if side < 0 else "#3c4966",
        )
    c.poly(
        _both(450, (450, 232), (536, 252), (572, 340), (568, 450), (540, 534), (494, 584), (450, 592)),
        mix(FACE, "#a8663f", 0.22),
    )
    _side_shade(c, 0.09)
    _features(c, hair, "#a8594a", -2, 3)
    _man_hair(c, hair)
    _glasses(c)
    return c.finish()


def _man_hair(c: Canvas, hair: Colour) -> None:
    crown = _curve(
        (330, 400),
        (318, 300),
        (346, 214),
        (420, 168),
        (510, 172),
        (572, 216),
        (586, 310),
        (570, 400),
        (560, 330),
        (536, 284),
        (470, 290),
        (390, 268),
        (352, 318),
        (330, 400),
    )
    c.poly(crown, hair)
    for k in range(5):
        c.line(
            _curve((372 + k * 34, 258 - k * 4), (420 + k * 30, 206 + k * 2), (500 + k * 14, 200 + k * 8)),
            "#4d4246",
            2.6,
            0.8,
        )


def _glasses(c: Canvas) -> None:
    for side in (-1, 1):
        x = 450 + side * 58
        box = [v * 2 for v in (x - 46, 368, x + 46, 438)]
        c.pen.rounded_rectangle(box, 52, fill=(255, 255, 255, 34), outline=(38, 30, 32, 255), width=10)
        c.line([(x - 22, 426), (x + 8, 380)], "#ffffff", 5, 0.3)
        c.line([(450 + side * 104, 394), (450 + side * 126, 388)], "#261e20", 6)
    c.line(_curve((438, 398), (450, 391), (462, 398)), "#261e20", 6)
