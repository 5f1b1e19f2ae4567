"""Terraces, fields, orchards and forests."""

import math

from PIL import Image

from .buildings import stilt_house, tiled_house
from .canvas import Canvas, Colour, Point, along, mix, smooth_noise
from .figures import STRAW, buffalo, carrier, person, seated, stooping
from .nature import birds, cloud, facets, hill, palm, pine, reeds, ridge, round_tree, streaks


def _contours(
    c: Canvas, x: float, y: float, reach: float, rise: float, levels: int, flat: float = 0.42
) -> list[list[Point]]:
    """Return the edges of a terraced spur from its foot to its top, as wavering closed curves."""
    waves = [(k, c.rng.uniform(0, math.tau), c.rng.uniform(0.25, 0.9) / k) for k in (2, 3, 5, 7)]
    rings = []
    for level in range(levels):
        u = level / levels
        size = reach * (1 - u) ** 0.8 + 12
        ring = []
        for step in range(120):
            angle = math.tau * step / 120
            bulge = 1 + 0.34 * sum(a * math.sin(k * angle + p + u * 1.6) for k, p, a in waves)
            ring.append((x + size * bulge * math.cos(angle), y - rise * u + size * bulge * flat * math.sin(angle)))
        rings.append(ring)
    return rings


def _terraces(
    c: Canvas, rings: list[list[Point]], treads: list[Colour], riser: Colour, lip: Colour, step: float
) -> None:
    """Paint the steps: an earth wall, then the level field, then its bright rim."""
    for k, ring in enumerate(rings):
        u = k / len(rings)
        tread = mix(along(treads, u), treads[0], c.rng.uniform(0, 0.35))
        c.poly([(x, y + step * (1.25 - 0.5 * u)) for x, y in ring], mix(riser, treads[-1], u * 0.35))
        c.poly(ring, tread)
        c.line(ring[3:58], lip, 1.6, 0.55)


def terraces_gold() -> Image.Image:
    """Ripe rice on terraced spurs in the last light."""
    c = Canvas("terraces_gold")
    c.sky(["#e9a25c", "#f6c987", "#fdebc0"], 0, 420)
    c.glow(1210, 210, 560, "#fffbe6", 0.95)
    for y, rise, top, low in (
        (330, 260, "#d6a27c", "#f3d4a4"),
        (380, 230, "#a98370", "#e0b98d"),
        (440, 220, "#7a6e5c", "#c7a36a"),
    ):
        line = ridge(c, y, rise, 3.4, 0.45)
        hill(c, line, 480, [top, low])
        facets(c, line, 480, mix(top, "#50303a", 0.4), 0.3, -1)
    c.veil(330, 480, "#fde9bd", [0, 0.5])
    c.sky(["#a88a3f", "#8a7434", "#5c5a2c"], 470)
    golds = ["#d99a2b", "#ecba45", "#f6d675"]
    for x, y, reach, rise, levels in ((330, 560, 430, 150, 13), (1220, 590, 470, 190, 15), (760, 700, 420, 150, 12)):
        _terraces(c, _contours(c, x, y, reach, rise, levels), golds, "#7b5a22", "#fff0b4", 9)
    for x, y, tall in ((560, 590, 90), (610, 600, 70), (1000, 620, 85), (960, 612, 66)):
        round_tree(c, x, y, tall, "#5d6b33")
    for x, y, reach, rise, levels in ((90, 930, 560, 260, 17), (1480, 960, 640, 300, 18), (780, 1130, 620, 190, 13)):
        _terraces(c, _contours(c, x, y, reach, rise, levels), golds, "#6b4a1d", "#fff0b4", 14)
    stilt_house(c, 120, 690, 150, "#6d4b33", "#8a6440")
    for x, y, face in ((700, 985, 1), (770, 992, 1), (880, 978, -1)):
        stooping(c, x, y, 74, "#3a3f6b", "#23243a", face)
    carrier(c, 1240, 900, 74, "#a8353a", "#f1cf5a", -1)
    birds(c, 760, 250, 9, 13, "#6d4a3a", 150)
    return c.finish()


def terraces_green() -> Image.Image:
    """Flooded and newly planted terraces after rain, mirroring the sky."""
    c = Canvas("terraces_green")
    c.sky(["#7fb4c4", "#bcd9d4", "#e9f0dc"], 0, 330)
    for x, y, wide in ((380, 150, 620), (1180, 120, 520), (900, 210, 360)):
        cloud(c, x, y, wide, "#ffffff", 0.8)
    for y, rise, top, low in ((290, 270, "#6fa39a", "#c3dacb"), (330, 250, "#3f8270", "#9cc4a4")):
        line = ridge(c, y, rise, 2.6, 0.5)
        hill(c, line, 420, [top, low])
        facets(c, line, 420, "#22605a", 0.3)
    c.veil(230, 400, "#f2f6e8", [0, 0.7, 0.3])
    c.fade([(-10, 345), (1610, 345), (1610, 1080), (-10, 1080)], ["#c3dfba", "#5f9f5f", "#1d4a33"])
    _paddies(c)
    for x, y, tall in ((180, 372, 110), (250, 385, 80), (110, 362, 90), (1500, 372, 120), (1420, 380, 84)):
        round_tree(c, x, y, tall, "#2f6f45")
    stilt_house(c, 1240, 455, 170, "#6b5747", "#8b6a49")
    stilt_house(c, 1050, 425, 110, "#77614e", "#8b6a49")
    buffalo(c, 520, 880, 96, "#3d3a40", 1)
    person(c, 400, 892, 108, "#2b3160", hat=STRAW, pose="reach")
    for x, y, face in ((980, 745, 1), (1050, 752, 1), (1130, 744, -1)):
        stooping(c, x, y, 66, ("#c23d4f", "#2b3160")[face > 0], "#23243a", face)
    return c.finish()


def _paddies(c: Canvas) -> None:
    """Bands sweep across the slope; each one is either young rice or standing water."""
    rows, waters = 17, {1, 4, 6, 7, 9, 11, 12, 14, 15}
    drift = [smooth_noise(c.rng, 3, 2, 0.4) for _ in range(4)]
    for k in range(rows):
        v = (k / rows) ** 1.5
        place = k / rows * 3
        i, t = min(int(place), 2), place - min(int(place), 2)
        edge = []
        for x in range(-20, 1641, 20):
            u = (x + 20) / 1660
            sway = drift[i](u) * (1 - t) + drift[i + 1](u) * t
            bowl = (2 * u - 0.94) ** 2 * 150 * (1 - 0.45 * v)
            edge.append((x, 372 + 680 * v - bowl + (110 + 170 * v) * (sway - 0.35)))
        low = [(1640, 1090), (-20, 1090)]
        c.poly([(x, y - 2 - 5 * v) for x, y in edge] + low, "#8fbf5a")
        c.poly([(x, y + 2 + 8 * v) for x, y in edge] + low, "#2c5a34")
        top = min(y for _, y in edge)
        stops = ["#fbf1dc", "#b5d6d8", "#6fa9bd"] if k in waters else ["#7fb84f", "#5c9f45", "#4a8a40"]
        c.fade([(x, y + 7 + 22 * v) for x, y in edge] + low, stops, (top, top + 90 + 200 * v))
        if k not in waters:
            for x, y in edge[:: max(1, 3 - k // 9)]:
                reeds(c, x - 8, x + 8, y + 14 + 44 * v, 10 + 16 * v, 3, "#a9d468")


def tea_hill() -> Image.Image:
    """Rows of tea running over round hills, with pickers at work in the mist."""
    c = Canvas("tea_hill")
    c.sky(["#a9cfc9", "#d5e6d3", "#f7efcf"], 0, 480)
    c.sky(["#eef0da", "#dfe9d0", "#a9c9a0", "#1f4f35"], 480)
    c.glow(300, 300, 480, "#fffbe2", 0.9)
    for y, rise, top, low in ((400, 260, "#93bdb4", "#dfe9d2"), (450, 220, "#6aa392", "#c9ddc0")):
        hill(c, ridge(c, y, rise, 3), 560, [top, low])
    c.veil(360, 780, "#f1f2dc", [0, 0.75, 0.9, 0.6, 0])
    mounds = ((1180, 640, 380, 150, 8), (240, 690, 470, 210, 9), (800, 700, 330, 120, 7), (1440, 850, 520, 290, 11))
    for x, foot, half, tall, rows in mounds:
        _tea_mound(c, x, foot, half, tall, rows, 0.35)
        bank = [(x - half * 1.2, foot - 26), (x + half * 1.2, foot - 26), (x + half, foot + 70), (x - half, foot + 70)]
        c.soft([bank], "#eef0da", 1.0, 26)
    for x, y, tall in ((560, 640, 150), (600, 645, 110), (1010, 600, 120)):
        pine(c, x, y, tall, "#3d7a63")
    _tea_mound(c, 620, 1180, 1180, 420, 21, 0.0)
    for x, y, tone, face in (
        (330, 860, "#b3263a", 1),
        (520, 836, "#27377a", -1),
        (900, 850, "#b3263a", 1),
        (1130, 930, "#7b2a63", -1),
    ):
        person(c, x, y, 118, tone, "#1f2340", STRAW, "reach", face, "#b98f55")
    _leaf_front(c)
    return c.finish()


def _tea_mound(c: Canvas, x: float, foot: float, half: float, tall: float, rows: int, haze: float) -> None:
    dome = [
        (x + half * math.cos(math.pi * k / 48), foot - tall * math.sin(math.pi * k / 48) ** 0.85) for k in range(49)
    ]
    c.fade(dome, [mix("#3f7f3a", "#dfe9d2", haze), mix("#1f4f35", "#dfe9d2", haze)])
    for k in range(-rows, rows + 1):
        lean = k / rows
        row = []
        for i in range(15):
            t = i / 14
            px = x + half * lean * (0.5 + 0.62 * t**0.8) + half * 0.1 * math.sin(t * 2.6 + x) * (1 - t)
            inside = min(1.0, abs((px - x) / half))
            top = foot - tall * max(0.0, 1 - inside**2) ** 0.42
            row.append((px, top + (foot + 8 - top) * t * t * 0.98))
        wide = half / rows * 0.62
        tone = mix("#58a043", "#7cbf4f", c.rng.random())
        for grow, shade, lift in (
            (1.0, mix(tone, "#123c2c", 0.55), 0),
            (0.72, tone, -0.1),
            (0.3, mix(tone, "#e7f2a0", 0.45), -0.22),
        ):
            _hedge(c, row, wide * grow, mix(shade, "#dfe9d2", haze), lift * wide)


def _hedge(c: Canvas, row: list[Point], wide: float, fill: Colour, lift: float) -> None:
    left, right = [], []
    for i, (x, y) in enumerate(row):
        half = wide * (0.1 + 0.55 * (i / 14) ** 0.8)
        left.append((x - half + lift, y + lift))
        right.append((x + half + lift, y + lift))
    c.poly(left + right[::-1], fill)


def _leaf_front(c: Canvas) -> None:
    """Big tea shoots along the lower edge give the eye a near plane."""
    for k in range(190):
        x, y = c.rng.uniform(-20, 1620), 1050 + 50 * k / 190
        long, angle = c.rng.uniform(40, 96), math.radians(c.rng.uniform(50, 130))
        tip = (x + long * math.cos(angle), y - long * math.sin(angle))
        nx, ny = math.sin(angle) * long * 0.2, math.cos(angle) * long * 0.2
        mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        tone = c.rng.choice(("#1f5a35", "#256b3a", "#2f7a3d", "#8fc455"))
        c.poly([(x, y), (mid[0] - nx, mid[1] - ny), tip, mid], tone)
        c.poly([(x, y), (mid[0] + nx, mid[1] + ny), tip, mid], mix(tone, "#0f3528", 0.35))


def rice_field() -> Image.Image:
    """A patchwork plain of green and yellow rice under a wide summer sky."""
    c = Canvas("rice_field")
    c.sky(["#3c8fc4", "#86c3dd", "#dff0ea"], 0, 470)
    for x, y, wide in ((360, 300, 640), (1130, 240, 720), (780, 390, 380), (1500, 400, 360), (60, 410, 300)):
        cloud(c, x, y, wide, "#ffffff", 1.0, "#bfdfe8")
    hill(c, ridge(c, 470, 120, 5), 476, ["#6fa5b0", "#b5d3c4"])
    hill(c, ridge(c, 474, 60, 7), 478, ["#4c8a72", "#7dad7d"])
    c.sky(["#8fb558", "#6f9f45", "#4d7f38"], 474)
    _patchwork(c)
    for x, y, wide in ((250, 492, 66), (320, 494, 54), (1290, 492, 70), (1370, 494, 56)):
        tiled_house(c, x, y, wide, "#f1e2b8", "#b5503c")
    for x in (200, 290, 365, 1240, 1340, 1420):
        palm(c, x, 494, 62, "#3c7a4a")
    _cart_road(c)
    buffalo(c, 420, 880, 190, "#45424a", 1)
    seated(c, 396, 752, 100, "#a8353a", hat=STRAW)
    for x, y in ((980, 660), (1040, 668), (1130, 655)):
        stooping(c, x, y, 54, "#7a3f6b", "#2a2c3d", -1)
    carrier(c, 800, 800, 112, "#c2453d", "#f0cf5a", -1)
    birds(c, 1180, 560, 8, 17, "#ffffff", 140)
    reeds(c, 0, 1600, 1075, 120, 210, "#2f6a34")
    reeds(c, 0, 1600, 1080, 96, 200, "#b9c94f")
    return c.finish()


def _patchwork(c: Canvas) -> None:
    """Fields shrink towards the horizon and lean to one vanishing point."""
    tones = ("#6fae45", "#8fc24d", "#d9c04a", "#e9d061", "#4f9a4a", "#b8c94c", "#5aa05a")
    ys = [480, 494, 512, 536, 570, 618, 688, 790, 930, 1080]

    def at(u: float, y: float) -> float:
        return 780 + u * (30 + (y - 470) * 1.05)

    for j in range(len(ys) - 1):
        y0, y1 = ys[j], ys[j + 1]
        u = -9.0 - c.rng.random()
        while u < 9:
            wide = c.rng.uniform(0.7, 1.5)
            tone = c.rng.choice(tones)
            corners = [(at(u, y0), y0), (at(u + wide, y0), y0), (at(u + wide, y1), y1), (at(u, y1), y1)]
            if min(p[0] for p in corners) < 1600 and max(p[0] for p in corners) > 0:
                c.fade(corners, [mix(tone, "#f0f4c8", 0.3), tone, mix(tone, "#1f4a2a", 0.12)])
                for k in range(1, 9):
                    v = u + wide * k / 9
                    c.line([(at(v, y0), y0), (at(v, y1), y1)], mix(tone, "#1f4a2a", 0.35), 0.6 + j * 0.22, 0.55)
                c.line([corners[0], corners[3]], "#4b6b34", 1 + j * 0.7)
            u += wide
        c.line([(0, y0), (1600, y0)], "#4b6b34", 1 + j * 0.6)


def _cart_road(c: Canvas) -> None:
    road = [(772, 476), (778, 476), (1010, 1080), (600, 1080)]
    c.fade(road, ["#efe0b6", "#d9bd86", "#c49f68"])
    for x in (690, 920):
        c.poly([(775, 500), (x - 16, 1080), (x + 16, 1080)], "#a98552", 0.5)
    streaks(c, (700, 900, 1000, 1070), 12, "#f4e6c0", 0.5)
