"""Orchard, forest and the cold of the uplands."""

import math

from PIL import Image

from .buildings import stilt_house
from .canvas import Canvas, Colour, mix
from .figures import STRAW, buffalo, person
from .nature import birds, cloud, facets, hill, pine, reeds, ridge


def orchard() -> Image.Image:
    """Rows of laden orange trees at picking time."""
    c = Canvas("orchard")
    c.sky(["#74bfdc", "#c4e8e6", "#fdf1cb"], 0, 480)
    cloud(c, 1240, 220, 520, "#ffffff", 0.85)
    cloud(c, 380, 170, 420, "#ffffff", 0.7)
    line = ridge(c, 430, 230, 3)
    hill(c, line, 500, ["#7fbf9f", "#cfe5bf"])
    facets(c, line, 500, "#5fa78f", 0.3)
    c.sky(["#b9d27a", "#9bc063", "#6f9f4a"], 462)
    for k, y in enumerate((480, 515, 565, 640, 750)):
        size = 60 + k * 44 + k * k * 5
        gap, shift = size * 1.12, (k % 2) * size * 0.5
        for i in range(-1, int(1600 / gap) + 2):
            if not (k == 4 and 2 <= i <= 3):
                _orange_tree(c, i * gap + shift, y, size, k)
    _picking(c)
    return c.finish()


def _orange_tree(c: Canvas, x: float, y: float, size: float, row: int) -> None:
    leaf = mix("#2f7a3f", "#b5d79a", 0.5 - row * 0.1)
    c.oval(x, y, size * 0.44, size * 0.07, "#3f6a35", 0.45)
    c.rect(x - size * 0.03, y - size * 0.3, x + size * 0.03, y, "#6b4f37")
    _crown(c, x, y, size, leaf, 11 + row * 4)
    count = (12, 18, 24, 30, 36, 52)[row]
    for k in range(count):
        angle, reach = k * 2.399, 0.36 * math.sqrt((k + 0.5) / count)
        ox, oy = x + size * reach * math.cos(angle), y - size * (0.53 + reach * 0.84 * math.sin(angle))
        r = size * c.rng.uniform(0.02, 0.028) * (1.3 - row * 0.06)
        c.oval(ox, oy, r, r, "#d9641c")
        c.oval(ox - r * 0.2, oy - r * 0.25, r * 0.72, r * 0.7, "#f58f2a")


def _crown(c: Canvas, x: float, y: float, size: float, leaf: Colour, lobes: int) -> None:
    """A leafy head: dark lobes below and behind, lighter ones towards the sun."""
    layers = ((0.33, 0.0, mix(leaf, "#0f3a2a", 0.35)), (0.27, 0.02, leaf), (0.17, 0.08, mix(leaf, "#f2f5a8", 0.16)))
    for spread, shift, tone in layers:
        cx, cy = x - size * shift, y - size * (0.52 + shift)
        c.oval(cx, cy, size * spread, size * spread * 0.84, tone)
        for k in range(lobes):
            angle = math.tau * k / lobes
            r = size * spread * c.rng.uniform(0.16, 0.3)
            c.oval(cx + size * spread * math.cos(angle), cy + size * spread * 0.84 * math.sin(angle), r, r * 0.9, tone)


def _picking(c: Canvas) -> None:
    _orange_tree(c, 420, 960, 640, 5)
    _orange_tree(c, 1480, 1010, 560, 5)
    for shift in (0, 54):
        c.line([(640 + shift, 965), (560 + shift, 560)], "#9a6d3c", 9)
    for k in range(10):
        x, y = 634 - k * 7.9, 930 - k * 40
        c.line([(x, y), (x + 54, y)], "#b98a50", 7)
    person(c, 634, 790, 215, "#3f6fa8", "#2a3148", STRAW, "wave", -1)
    person(c, 930, 945, 235, "#d8505a", "#2b2f4a", STRAW, "reach", -1)
    _baskets(c)
    reeds(c, 0, 1600, 1075, 60, 190, "#5a8f3f")


def _baskets(c: Canvas) -> None:
    for x, y, s in ((830, 985, 110), (480, 1010, 110), (1120, 1000, 125), (730, 1030, 96)):
        c.oval(x, y - s * 0.5, s * 0.62, s * 0.26, "#7a5a34")
        for k in range(26):
            ox, oy = x + c.rng.uniform(-0.5, 0.5) * s, y - s * (0.5 + c.rng.uniform(0, 0.28))
            c.oval(ox, oy, s * 0.1, s * 0.1, ("#f58f2a", "#ee7c1f", "#ffa63f")[k % 3])
        c.poly(
            [(x - s * 0.62, y - s * 0.5), (x + s * 0.62, y - s * 0.5), (x + s * 0.46, y), (x - s * 0.46, y)], "#b98a50"
        )
        for k in range(1, 4):
            c.line(
                [
                    (x - s * (0.62 - 0.04 * k), y - s * (0.5 - 0.12 * k)),
                    (x + s * (0.62 - 0.04 * k), y - s * (0.5 - 0.12 * k)),
                ],
                "#8f6636",
                3,
            )


def pine_forest() -> Image.Image:
    """Shafts of morning light between tall pines."""
    c = Canvas("pine_forest")
    c.sky(["#dfe9c0", "#f6f3cf", "#cfe0b4", "#9fbf95"])
    c.glow(980, 330, 640, "#fffdea", 0.95)
    for depth in range(4):
        _trunks(c, depth)
        c.veil(250, 960, "#f1f3cf", [0, 0.34 - depth * 0.08, 0])
    shafts = [
        [(900 + k * 130, -40), (960 + k * 130, -40), (240 + k * 240, 1000), (90 + k * 240, 1000)] for k in range(5)
    ]
    c.soft(shafts, "#fffbe0", 0.36, 16)
    c.fade(
        [(-10, 900), (400, 865), (900, 880), (1610, 845), (1610, 1080), (-10, 1080)], ["#6f9560", "#37603f", "#1d3f30"]
    )
    path = [(800, 872), (850, 872), (900, 930), (1010, 1080), (560, 1080), (730, 950)]
    c.fade(path, ["#f3e7bd", "#cfae78", "#9a7a50"])
    for x, y, tone in ((800, 930, "#3d5f3a"), (862, 944, "#48683f")):
        c.oval(x + 40, y, 56, 7, "#3f4a30", 0.5)
        person(c, x, y, 128, tone, "#33412f", None, "walk", -1, "#6b5a3a")
    for x0, x1 in ((0, 620), (960, 1600)):
        reeds(c, x0, x1, 1075, 170, 90, "#20503a")
        reeds(c, x0, x1, 1080, 110, 80, "#4f8a4f")
    return c.finish()


def _trunks(c: Canvas, depth: int) -> None:
    count, wide = (15, 11, 8, 5)[depth], (15, 26, 44, 84)[depth]
    bark = ("#b9c79f", "#93a57f", "#7d6a50", "#4d3226")[depth]
    leaf = ("#a9c79a", "#78a678", "#3f7a56", "#1b4a3a")[depth]
    foot = (860, 885, 915, 1075)[depth]
    for k in range(count):
        x = 1600 * (k + 0.5) / count + c.rng.uniform(-0.34, 0.34) * 1600 / count
        if depth == 3 and 560 < x < 1120:
            continue
        lean = c.rng.uniform(-24, 24)
        c.poly(
            [
                (x - wide / 2 + lean, -10),
                (x + wide * 0.28 + lean, -10),
                (x + wide * 0.62, foot),
                (x - wide * 0.62, foot),
            ],
            bark,
        )
        c.poly(
            [
                (x + wide * 0.05 + lean, -10),
                (x + wide * 0.28 + lean, -10),
                (x + wide * 0.62, foot),
                (x + wide * 0.12, foot),
            ],
            mix(bark, "#1d1c18", 0.3),
        )
        for j in range(7 + depth * 2):
            y = -20 + j * (54 - depth * 6) + c.rng.uniform(-18, 18)
            side, reach = (-1) ** j, wide * c.rng.uniform(1.9, 3.2) * (1.2 - j * 0.05)
            _bough(c, x + lean * (1 - y / foot), y, side * reach, leaf)


def _bough(c: Canvas, x: float, y: float, reach: float, leaf: Colour) -> None:
    """A hanging bough with a saw-toothed lower edge."""
    tall = abs(reach) * 0.34
    lower = []
    for k in range(9, -1, -1):
        u = k / 9
        lower.append((x + reach * u, y + tall * (0.1 + u * 0.55) + (tall * 0.34 if k % 2 else 0)))
    c.poly([(x, y - tall * 0.1), (x + reach * 0.5, y), (x + reach * 1.06, y + tall * 0.7), *lower], leaf)


def cattle_winter() -> Image.Image:
    """Buffalo and cows sheltered with straw and cloths on a frosty morning."""
    c = Canvas("cattle_winter")
    c.sky(["#a9b4cc", "#c9cfdd", "#e6e4e4", "#f3ece4"], 0, 560)
    hill(c, ridge(c, 500, 330, 2.6), 560, ["#b5bfd3", "#e3e4ea"])
    line = ridge(c, 560, 250, 3.4, 0.5)
    hill(c, line, 640, ["#8f9dba", "#d3d8e3"])
    facets(c, line, 640, "#f8f8fb", 0.22, -1)
    c.veil(420, 640, "#f4f1ee", [0, 0.75])
    c.sky(["#f1f1f3", "#dfe3ea", "#b9c3d3"], 615)
    for x, y, tall in ((1230, 650, 150), (1300, 660, 210), (1390, 652, 170), (1470, 668, 240), (1560, 660, 190)):
        pine(c, x, y, tall, "#7d93a6")
    _bare_tree(c, 1130, 720, 330, -math.pi / 2, 9)
    stilt_house(c, 250, 700, 330, "#8b8078", "#77604e", "#f7c873")
    c.poly([(96, 575), (130, 456), (368, 456), (404, 575)], "#f7f8fb", 0.55)
    _shed(c)
    _snow(c)
    return c.finish()


def _bare_tree(c: Canvas, x: float, y: float, long: float, angle: float, wide: float) -> None:
    tip = (x + long * 0.36 * math.cos(angle), y + long * 0.36 * math.sin(angle))
    c.line([(x, y), tip], "#5c5560", wide)
    if long > 34:
        for turn in (-0.5, 0.08, 0.55):
            _bare_tree(
                c,
                *tip,
                long * c.rng.uniform(0.62, 0.8),
                angle + turn + c.rng.uniform(-0.15, 0.15),
                max(1.2, wide * 0.62),
            )


def _shed(c: Canvas) -> None:
    c.poly([(520, 700), (1180, 700), (1180, 850), (520, 850)], "#6b5a50")
    for x in range(520, 1181, 22):
        c.rect(x, 700, x + 3, 850, "#4f4139", 0.6)
    for x in (520, 740, 960, 1172):
        c.rect(x, 640, x + 14, 900, "#4a3a30")
    c.fade([(450, 700), (560, 585), (1140, 585), (1250, 700)], ["#e9ddc0", "#c2a878", "#9a7d50"])
    for k in range(46):
        x = 462 + k * 17
        c.line([(850 + (x - 850) * 0.76, 590), (x, 716 - c.rng.uniform(0, 18))], "#7d6238", 1.5, 0.5)
    c.poly([(545, 600), (560, 582), (1140, 582), (1156, 600), (1000, 612), (840, 604), (690, 615)], "#fafbfd")
    for x, y, s, hide, cloth, face in (
        (640, 905, 190, "#9a6642", "#b5453f", 1),
        (930, 900, 200, "#4a4649", "#3f6a8f", -1),
        (1120, 960, 180, "#a9744a", "#c79a3f", -1),
    ):
        c.oval(x, y, s * 0.62, 12, "#8b93a5", 0.6)
        buffalo(c, x, y, s, hide, face)
        c.poly(
            [
                (x + face * dx * s, y - dy * s)
                for dx, dy in ((-0.46, 0.77), (-0.1, 0.8), (0.2, 0.87), (0.24, 0.5), (-0.1, 0.42), (-0.46, 0.46))
            ],
            cloth,
        )
        c.poly(
            [(x + face * dx * s, y - dy * s) for dx, dy in ((-0.46, 0.56), (0.24, 0.6), (0.24, 0.53), (-0.46, 0.49))],
            "#efe3c8",
            0.8,
        )
    _herder(c)


def _herder(c: Canvas) -> None:
    for k in range(70):
        x, y = c.rng.gauss(385, 60), c.rng.uniform(905, 960)
        c.line([(x - 26, y), (x + 26, y - c.rng.uniform(-12, 12))], ("#d9b868", "#b9924a", "#ecd28c")[k % 3], 3.5)
    person(c, 470, 950, 205, "#2f3a63", "#252a3c", STRAW, "reach", 1)
    person(c, 330, 930, 140, "#a8404a", "#2a2c3a", None, "stand", 1)
    c.glow(250, 900, 130, "#ffb457", 0.8)
    for dx, tall in ((-16, 34), (0, 54), (15, 30)):
        c.poly([(250 + dx - 12, 925), (250 + dx, 925 - tall), (250 + dx + 12, 925)], "#f28a2e")
    c.line([(215, 930), (285, 918)], "#4a332a", 9)
    c.line([(218, 918), (284, 932)], "#5a3d30", 9)
    plume = [
        [
            (250 + math.sin(k * 0.8) * 14 - 12 - k * 4, 880 - k * 40),
            (250 + math.sin(k * 0.8) * 14 + 12 + k * 4, 880 - k * 40),
            (250 + 30 + k * 4, 830 - k * 40),
            (230 - k * 3, 830 - k * 40),
        ]
        for k in range(9)
    ]
    c.soft(plume, "#f3f1f2", 0.34, 22)


def _snow(c: Canvas) -> None:
    reeds(c, 0, 1600, 1072, 80, 70, "#a99f92")
    reeds(c, 0, 1600, 1080, 60, 80, "#f3f4f7")
    birds(c, 780, 260, 5, 14, "#6d7388", 120)
    for _ in range(330):
        r = c.rng.uniform(1.2, 4.2)
        c.oval(c.rng.uniform(0, 1600), c.rng.uniform(0, 1067), r, r, "#ffffff", 0.75)
