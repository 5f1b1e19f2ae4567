"""Bridges, dams, factories and roads."""

import math

from PIL import Image

from .buildings import truck
from .canvas import Canvas, mix
from .figures import cyclist, person, sampan
from .nature import birds, cloud, facets, hill, pine, reeds, ridge, round_tree, streaks


def bridge() -> Image.Image:
    """A new cable-stayed bridge with one tall tower over a green river."""
    c = Canvas("bridge")
    c.sky(["#3f8fa6", "#86bfc0", "#d4e2c8", "#f8ecc6"], 0, 700)
    c.glow(330, 470, 520, "#fff7d6", 0.8)
    cloud(c, 1270, 210, 520, "#f4f4e6", 0.7)
    cloud(c, 240, 260, 380, "#f4f4e6", 0.5)
    hill(c, ridge(c, 690, 300, 3), 700, ["#8ab5b0", "#d3ddc2"])
    line = ridge(c, 700, 280, 3.6, 0.5, lambda u: 0.35 + 1.4 * (u - 0.42) ** 2 * 3)
    hill(c, line, 705, ["#3f7f78", "#8fb59f"])
    facets(c, line, 705, "#2d6a6b", 0.35, -1)
    c.veil(600, 705, "#f2edcf", [0, 0.6])
    c.mirror(702, 365, "#3d8f8a", 0.45, 5, 1.3)
    c.veil(702, 1067, "#175a62", [0, 0.15, 0.5, 0.75])
    streaks(c, (0, 720, 1600, 1040), 110, "#f6f1d2", 0.35)
    _span(c)
    _banks(c)
    return c.finish()


def _deck(x: float) -> float:
    return 655 - 70 * math.sin(math.pi * (x + 150) / 1900)


def _span(c: Canvas) -> None:
    tower, top = 620, 70
    for x in (150, 1180, 1470):
        c.fade([(x - 17, _deck(x)), (x + 17, _deck(x)), (x + 22, 800), (x - 22, 800)], ["#dfe3da", "#8da5a2"])
        c.rect(x - 34, 790, x + 34, 806, "#6c8a8a")
    for k in range(19):
        for side in (-1, 1):
            foot = tower + side * (50 + k * 37)
            if foot < 1330:
                c.line([(tower + side * 4, top + 34 + k * 9), (foot, _deck(foot))], "#fdfaf0", 1.4, 0.95)
    c.rect(tower - 52, 690, tower + 52, 708, "#8da5a2")
    for shift, stops in ((0, ["#fbf7ea", "#e2dfd0", "#a9bab2"]), (1, ["#d9d6c8", "#b3b6ab", "#7f9894"])):
        inner, outer = (0, -64) if shift == 0 else (0, 64)
        c.fade(
            [
                (tower + inner, top),
                (tower + (-14 if outer < 0 else 14), top),
                (tower + outer - 20, 810),
                (tower + outer + 20, 810),
            ],
            stops,
        )
    c.rect(tower - 100, 800, tower + 100, 822, "#6c8a8a")
    deck = [(x, _deck(x)) for x in range(-20, 1641, 20)]
    c.poly(deck + [(x, y + 20) for x, y in reversed(deck)], "#f0ece0")
    c.poly([(x, y + 13) for x, y in deck] + [(x, y + 24) for x, y in reversed(deck)], "#6f8b8b")
    c.line([(x, y - 9) for x, y in deck], "#c9413a", 2)
    for x in range(0, 1600, 24):
        c.rect(x, _deck(x) - 9, x + 2, _deck(x), "#f0ece0")
    truck(c, 1010, _deck(1010), 74, "#c9413a", "#e9dfc2")
    truck(c, 330, _deck(330), 66, "#2f6f8f", "#d9a441", -1)
    for x in (780, 800, 826):
        person(c, x, _deck(x), 28, "#e8742c", hat=None)


def _banks(c: Canvas) -> None:
    sampan(c, 960, 905, 250, "#2c4a4e", -1)
    c.oval(960, 917, 130, 7, "#0f3d44", 0.5)
    c.poly([(890, 896), (905, 862), (1000, 862), (1020, 896)], "#b98c56")
    person(c, 1050, 900, 78, "#a93d36", hat="#ead9a8", pose="reach", face=-1)
    c.fade([(-20, 1080), (-20, 930), (130, 940), (330, 985), (560, 1040), (700, 1080)], ["#2a5a46", "#17392f"])
    reeds(c, 0, 480, 1064, 150, 90, "#1d4a3a")
    reeds(c, 0, 380, 1070, 120, 60, "#3d7a50")
    birds(c, 1240, 400, 6, 13, "#f6f3e2", 140)


def dam() -> Image.Image:
    """A curved dam seen from above, its gates letting water down the gorge."""
    c = Canvas("dam")
    c.sky(["#9fc3d2", "#d7e4df", "#f2ecd9"], 0, 260)
    hill(c, ridge(c, 240, 190, 3), 250, ["#86a9a8", "#c9d8cc"])
    line = ridge(c, 262, 150, 4)
    hill(c, line, 270, ["#4d7f74", "#86a992"])
    facets(c, line, 270, "#3a6b68", 0.35)
    c.sky(["#8fc1c9", "#3f8fa8", "#1f6c8c"], 262, 560)
    streaks(c, (200, 275, 1400, 470), 60, "#e6f4f2", 0.35)
    crest = [(x, 500 - 90 * math.sin(math.pi * (x - 180) / 1240)) for x in range(180, 1421, 20)]
    foot = [(x, 850 + 40 * math.sin(math.pi * (x - 470) / 660)) for x in range(470, 1131, 20)]
    c.sky(["#5d7f6d", "#39604f", "#274a40"], 520)
    c.fade(crest + foot[::-1], ["#e4ddcb", "#c8bfab", "#938d80"])
    _blocks(c)
    _gorge(c)
    _gates(c)
    c.line([(x, y - 4) for x, y in crest], "#f6f0e0", 20)
    c.line([(x, y + 6) for x, y in crest], "#6f6a60", 3)
    for x, y in crest[::3]:
        c.rect(x - 1.5, y - 40, x + 1.5, y - 4, "#59636a")
    truck(c, 480, 425, 54, "#d9772e", "#f2ead7")
    return c.finish()


def _blocks(c: Canvas) -> None:
    for k in range(1, 24):
        u = k / 24
        x0, x1 = 180 + 1240 * u, 470 + 660 * u
        y0, y1 = 500 - 90 * math.sin(math.pi * u), 850 + 40 * math.sin(math.pi * u)
        c.line([(x0, y0), (x1, y1)], "#7d776a", 1.4, 0.55)
    for j in range(1, 7):
        v = j / 7
        row = []
        for k in range(31):
            u = k / 30
            x0, x1 = 180 + 1240 * u, 470 + 660 * u
            y0, y1 = 500 - 90 * math.sin(math.pi * u), 850 + 40 * math.sin(math.pi * u)
            row.append((x0 + (x1 - x0) * v, y0 + (y1 - y0) * v))
        c.line(row, "#7d776a", 1.2, 0.4)
    c.poly([(180, 500), (490, 428), (600, 856), (470, 850)], "#6d6a66", 0.2)


def _gorge(c: Canvas) -> None:
    c.fade([(470, 848), (1130, 848), (1290, 1080), (250, 1080)], ["#d7ebe6", "#5fa7ab", "#2f7f8c"])
    for side in (-1, 1):
        edge = [(800 + side * 640, 470)]
        for k in range(1, 12):
            y = 500 + 52 * k
            edge.append((800 + side * (640 - 27 * min(k, 8) + c.rng.uniform(-14, 14) + max(0, k - 8) * 52 - k * 8), y))
        wall = [*edge, (800 + side * 820, 1080), (800 + side * 820, 420)]
        c.fade(wall, ["#4f7d5f", "#2f5a48", "#1e4038"])
        for k in range(420):
            y = 490 + 590 * k / 420
            x = 800 + side * (
                c.rng.uniform(0, 1) ** 1.6 * 420 + 655 - 30 * min((y - 500) / 52, 8) + max(0, (y - 940) / 52) * 46
            )
            size = c.rng.uniform(10, 24)
            c.oval(x, y, size, size * 0.8, mix("#2c5b45", "#7fa56a", c.rng.random() * 0.8))


def _gates(c: Canvas) -> None:
    for k, x in enumerate((650, 725, 800, 875, 950)):
        top = 446 - 20 * math.sin(math.pi * (x - 180) / 1240)
        c.rect(x - 34, top - 44, x - 26, top + 70, "#a9a294")
        c.rect(x + 26, top - 44, x + 34, top + 70, "#a9a294")
        c.rect(x - 26, top - 22, x + 26, top + 34, "#2c4d58")
        lean = (800 - x) * 0.32
        c.fade(
            [(x - 24, top + 22), (x + 24, top + 22), (x + lean + 46, 905), (x + lean - 46, 905)],
            ["#c4e0e2", "#f4fbf8", "#ffffff"],
            levels=[1, 1, 1, 1, 0.9, 0.1],
        )
        for j in range(7):
            u = c.rng.uniform(-0.8, 0.8)
            c.line([(x + 22 * u, top + 40 + j * 12), (x + lean + 40 * u, 880)], "#8fbfc6", 1.6, 0.5)
        c.glow(x + lean, 910, 120, "#ffffff", 1.0, 96 + 8 * (k % 2))
    streaks(c, (480, 930, 1080, 1060), 50, "#ffffff", 0.6)


def factory() -> Image.Image:
    """A factory with a saw-tooth roof at the end of a shift."""
    c = Canvas("factory")
    c.sky(["#2b5a86", "#7fb0c4", "#f0d3a4", "#f7b070"], 0, 740)
    c.glow(1330, 560, 460, "#ffe2a8", 0.8)
    for x, y, wide in ((420, 180, 700), (1240, 240, 560), (860, 330, 420)):
        cloud(c, x, y, wide, "#f3cfa5", 0.35)
    hill(c, ridge(c, 650, 190, 4), 738, ["#6d7f93", "#c9a78d"])
    for x, top in ((1150, 210), (1240, 260)):
        c.fade([(x - 20, top), (x + 20, top), (x + 30, 620), (x - 30, 620)], ["#e9dccb", "#a3917f"])
        for k in range(3):
            c.rect(x - 22 - k, top + 14 + k * 52, x + 22 + k, top + 36 + k * 52, "#c24a35")
    for x in (150, 210, 270):
        c.fade([(x - 34, 470), (x + 34, 470), (x + 34, 736), (x - 34, 736)], ["#dfe3e0", "#8f9aa0"])
        c.oval(x, 470, 34, 11, "#f2f3ee")
    _halls(c)
    _yard(c)
    return c.finish()


def _halls(c: Canvas) -> None:
    for k in range(7):
        x = 330 + k * 150
        c.fade([(x, 560), (x, 440), (x + 150, 520), (x + 150, 560)], ["#3f6f8f", "#24465f"])
        c.poly([(x, 440), (x + 16, 448), (x + 16, 556), (x, 556)], "#ffd98c")
        for j in range(3):
            u = (j + 1) / 4
            c.poly(
                [
                    (x + 26 + 110 * u - 20, 466 + 58 * u - 12),
                    (x + 26 + 110 * u, 466 + 58 * u),
                    (x + 26 + 110 * u, 478 + 58 * u),
                    (x + 6 + 110 * u, 466 + 58 * u),
                ],
                "#7fb0c6",
                0.5,
            )
    c.fade([(330, 555), (1400, 555), (1400, 735), (330, 735)], ["#e8e2d2", "#c9bda8"])
    c.rect(330, 640, 1400, 652, "#2f6f9a")
    for k in range(15):
        c.rect(350 + k * 70, 580, 398 + k * 70, 622, "#35566b")
        c.rect(350 + k * 70, 580, 398 + k * 70, 622, "#ffd98c", 0.94 if k % 4 else 0.2)
    for x in (470, 800, 1130):
        c.rect(x, 664, x + 120, 735, "#3b4d59")
        for y in range(672, 735, 10):
            c.rect(x, y, x + 120, y + 2, "#2a3842")


def _yard(c: Canvas) -> None:
    c.sky(["#a99a88", "#8d8278", "#6b6563"], 735)
    c.fade([(-10, 890), (1610, 850), (1610, 1080), (-10, 1080)], ["#5d5c60", "#3c3d44"])
    for k in range(9):
        c.poly(
            [
                (40 + k * 190, 972 - k * 5),
                (130 + k * 190, 970 - k * 5),
                (136 + k * 190, 980 - k * 5),
                (46 + k * 190, 982 - k * 5),
            ],
            "#e9dfc6",
            0.8,
        )
    for k, fill in enumerate(("#b5452f", "#2f6f9a", "#d29a3a", "#3f7f6a")):
        x, y = 1210 + (k % 2) * 165, 790 - (k // 2) * 62
        c.rect(x, y - 60, x + 160, y, fill)
        for j in range(13):
            c.rect(x + 6 + j * 12, y - 54, x + 9 + j * 12, y - 6, "#1c2026", 0.3)
    truck(c, 230, 880, 270, "#e9e4d8", "#2f6f9a")
    for k in range(13):
        x, y = 470 + k * 62 + c.rng.uniform(-18, 18), 800 + c.rng.uniform(-22, 50)
        c.oval(x + 22, y, 34, 5, "#3b3636", 0.35)
        person(c, x, y, 92, ("#3f7fa8", "#4d8fb5", "#37709a")[k % 3], "#2a3444", None, "walk", -1 if k % 5 else 1)
    cyclist(c, 700, 1000, 150, "#3f7fa8", None, -1)
    cyclist(c, 1010, 985, 150, "#d9a441", "#ead9a8", -1)
    for x, tall in ((60, 230), (1555, 250)):
        round_tree(c, x, 880 if x < 100 else 850, tall, "#3f6a4c")


def road_mountain() -> Image.Image:
    """Hairpin bends climbing to a pass above the clouds."""
    c = Canvas("road_mountain")
    c.sky(["#5f6fa3", "#a99ab8", "#f0c3b0", "#fbe3bf", "#fbeee2"], 0, 760)
    c.glow(420, 430, 460, "#fff2cf", 0.75)
    hill(c, ridge(c, 560, 300, 3), 620, ["#8d8fb5", "#e3bfb5"])
    line = ridge(c, 560, 380, 3.4, 0.5, lambda u: 0.35 + 0.9 * u)
    hill(c, line, 780, ["#4f668a", "#b7a9b5", "#fbeee2"])
    facets(c, line, 660, "#3a4f78", 0.35)
    for k in range(8):
        cloud(c, c.rng.uniform(-50, 1500), 560 + k * 15, c.rng.uniform(300, 560), "#fbeee2", 0.45)
    c.veil(480, 700, "#fbeee2", [0, 0.75, 0.5])
    slope = ridge(c, 720, 460, 2.2, 0.4, lambda u: 0.1 + 1.5 * u * u)
    hill(c, slope, 1080, ["#3f7a68", "#2c5a50", "#17332f"])
    facets(c, slope, 900, "#1d4642", 0.35, -1)
    _hairpins(c, slope)
    return c.finish()


def _scrub(c: Canvas, slope: list[tuple[float, float]]) -> None:
    """Bushes thicken down the slope, each with its lit side."""
    for k in range(420):
        y = 420 + 640 * (k / 420) ** 0.8
        x = c.rng.uniform(0, 1600)
        size = 4 + (y - 400) / 42
        if y > slope[round((x + 20) / 8)][1] + size:
            tone = mix("#1f5048", "#4f8a62", c.rng.random() * 0.8)
            c.oval(x + size * 0.2, y + size * 0.25, size, size * 0.8, mix(tone, "#0c2422", 0.55))
            c.oval(x, y, size * 0.9, size * 0.75, tone)
            c.oval(x - size * 0.2, y - size * 0.2, size * 0.6, size * 0.46, mix(tone, "#e9d9a0", 0.1))


def _hairpins(c: Canvas, slope: list[tuple[float, float]]) -> None:
    bends = [(1500, 505), (1180, 560), (1440, 622), (1000, 690), (1400, 775), (760, 880), (1330, 985), (640, 1120)]
    path = []
    for k in range(len(bends) - 1):
        (x0, y0), (x1, y1) = bends[k], bends[k + 1]
        for i in range(20):
            t = i / 20
            path.append((x0 + (x1 - x0) * (0.5 - 0.5 * math.cos(math.pi * t)), y0 + (y1 - y0) * t))
    _scrub(c, slope)
    for grow, fill, lift in ((1.0, "#11302d", 9), (0.92, "#e9dfc9", 0), (0.78, "#6d6f78", 0)):
        _ribbon(c, path, grow, fill, lift)
    for i in range(6, len(path) - 2, 2):
        (x, y), (nx, ny) = path[i], path[i + 1]
        c.line([(x, y), ((x + nx) / 2, (y + ny) / 2)], "#f6eeda", 1 + (y - 500) / 260, 0.9)
    truck(c, 1080, 834, 92, "#c9413a", "#e4d3a6", -1)
    c.glow(1026, 822, 60, "#fff0b8", 0.9)
    truck(c, 1190, 735, 56, "#e9e4d8", "#3f7fa8")
    for x, y, tall in ((90, 1075, 330), (210, 1080, 250), (320, 1085, 180), (-10, 1080, 230), (1560, 1075, 280)):
        pine(c, x, y, tall, "#2f7362")


def _ribbon(c: Canvas, path: list[tuple[float, float]], grow: float, fill: str, lift: float) -> None:
    for i in range(len(path) - 1):
        (x0, y0), (x1, y1) = path[i], path[i + 1]
        h0, h1 = (4 + (y0 - 500) * 0.034) * grow, (4 + (y1 - 500) * 0.034) * grow
        c.poly([(x0, y0 - h0 + lift), (x1, y1 - h1 + lift), (x1, y1 + h1 + lift), (x0, y0 + h0 + lift)], fill)
        c.oval(x1, y1 + lift, h1 * 1.3, h1, fill)
