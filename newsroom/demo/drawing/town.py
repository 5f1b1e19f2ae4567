"""Streets, markets and public buildings out of doors."""

import math

from PIL import Image

from .buildings import flag, lantern, tiled_house, windows
from .canvas import Canvas, Colour, mix
from .figures import STRAW, carrier, cyclist, person, seated
from .nature import birds, cloud, facets, hill, palm, pine, reeds, ridge, round_tree, streaks

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


def school() -> Image.Image:
    """Pupils lined up before a two-storey school with its flag flying."""
    c = Canvas("school")
    c.sky(["#5fb0d4", "#a9d7e2", "#f0f1da", "#7fa86a"], 0, 700)
    cloud(c, 330, 240, 480, "#ffffff", 0.95)
    cloud(c, 1080, 160, 380, "#ffffff", 0.85)
    line = ridge(c, 520, 330, 2.8)
    hill(c, line, 692, ["#6fa08f", "#bcd4ae"])
    facets(c, line, 600, "#4f8a82", 0.35)
    for x in range(-20, 1640, 90):
        round_tree(c, x + c.rng.uniform(-20, 20), 690, c.rng.uniform(120, 170), "#4f8a52")
    _school_house(c)
    c.sky(["#e4cfa2", "#d9b987", "#c79f6b"], 690)
    flag(c, 800, 872, 640, 170)
    c.poly([(740, 872), (860, 872), (880, 892), (720, 892)], "#efe6d2")
    _pupils(c)
    _flame_tree(c, 1470, 850, 560)
    _flame_tree(c, 40, 800, 360)
    return c.finish()


def _school_house(c: Canvas) -> None:
    c.rect(270, 400, 1330, 700, "#f2cf74")
    c.poly([(225, 405), (300, 300), (1300, 300), (1375, 405)], "#b5452f")
    for k in range(1, 34):
        x = 225 + 1150 * k / 34
        c.line([(800 + (x - 800) * 0.87, 302), (x, 404)], "#8f3226", 1.6, 0.6)
    c.rect(225, 402, 1375, 414, "#f7ead0")
    for y in (430, 570):
        c.rect(270, y, 1330, y + 118, "#d9ad55")
        windows(c, (290, y + 8, 690, y + 104), 6, 1, "#35707a", "#f7ead0", 0.56)
        windows(c, (910, y + 8, 1310, y + 104), 6, 1, "#35707a", "#f7ead0", 0.56)
        c.rect(270, y + 92, 1330, y + 98, "#f7ead0")
        for x in range(276, 1330, 16):
            c.rect(x, y + 98, x + 4, y + 120, "#f7ead0")
        c.rect(262, y + 118, 1338, y + 130, "#f7ead0")
    for k in range(9):
        x = 270 + 1060 * k / 8
        c.fade([(x - 9, 414), (x + 9, 414), (x + 9, 700), (x - 9, 700)], ["#fbeecb", "#e6bf6d"])
    c.poly([(690, 414), (690, 380), (800, 322), (910, 380), (910, 414)], "#f7ead0")
    c.rect(705, 414, 895, 700, "#f6da8c")
    c.rect(745, 590, 855, 700, "#7a4a33")
    windows(c, (730, 440, 870, 550), 2, 1, "#35707a", "#f7ead0", 0.6)


def _pupils(c: Canvas) -> None:
    for row, (y, tall, gap) in enumerate(((770, 84, 62), (850, 104, 78), (955, 130, 100))):
        for k in range(14):
            x = 800 + (k - 6.5) * gap + (12 if row == 1 else 0)
            if abs(x - 800) < 56 + row * 16 or not 150 < x < 1450:
                continue
            c.oval(x + tall * 0.2, y, tall * 0.32, tall * 0.045, "#8a6a48", 0.45)
            person(c, x, y, tall * c.rng.uniform(0.92, 1.05), "#fdfdf8", ("#27406b", "#2b3160")[k % 2], None)
            c.poly(
                [(x - tall * 0.06, y - tall * 0.8), (x + tall * 0.06, y - tall * 0.8), (x, y - tall * 0.66)], "#d42a2e"
            )
    person(c, 690, 905, 150, "#b0427a", "#f3efe6", None)


def _flame_tree(c: Canvas, x: float, y: float, size: float) -> None:
    c.line([(x, y), (x - size * 0.02, y - size * 0.45), (x - size * 0.2, y - size * 0.72)], "#5d4636", size * 0.06)
    c.line([(x - size * 0.01, y - size * 0.4), (x + size * 0.2, y - size * 0.7)], "#5d4636", size * 0.04)
    for k in range(150):
        angle, reach = k * 2.4, math.sqrt(k / 150)
        px, py = x + size * 0.52 * reach * math.cos(angle), y - size * 0.78 + size * 0.24 * reach * math.sin(angle)
        tone = ("#3f8a4f", "#2f6f45", "#d8392b", "#ef5a35", "#b9271f")[k % 5 if k % 7 else 0]
        r = size * c.rng.uniform(0.035, 0.07)
        c.oval(px, py, r, r * 0.72, tone)


def clinic() -> Image.Image:
    """A commune health station in the morning."""
    c = Canvas("clinic")
    c.sky(["#a9dcd6", "#d5efe2", "#f7f6e4"], 0, 700)
    cloud(c, 1200, 200, 480, "#ffffff", 0.9)
    hill(c, ridge(c, 540, 330, 2.6), 770, ["#86bfb0", "#d3e9d3", "#a9cfa3"])
    for x, tall in ((60, 330), (170, 270), (1480, 340), (1390, 250)):
        palm(c, x, 720, tall, "#2f8068")
    _clinic_house(c)
    c.sky(["#cfe0c4", "#b9cfae", "#9fb894"], 760)
    c.fade([(650, 762), (950, 762), (1180, 1080), (420, 1080)], ["#f2ead8", "#dccfb5"])
    for x in (250, 420, 1100, 1260, 1420):
        c.oval(x, 785, 80, 34, "#3f8f6a")
        for k in range(9):
            c.oval(x - 60 + k * 15, 770 + (k % 3) * 10, 7, 7, ("#e8604a", "#f7e08a", "#ffffff")[k % 3])
    _clinic_people(c)
    return c.finish()


def _clinic_house(c: Canvas) -> None:
    c.fade([(270, 470), (1330, 470), (1330, 765), (270, 765)], ["#fdfcf4", "#e4ece2"])
    c.rect(270, 690, 1330, 765, "#5fb0a5")
    c.poly([(220, 478), (310, 360), (1290, 360), (1380, 478)], "#1f7f80")
    c.poly([(220, 478), (310, 360), (800, 360), (800, 478)], "#2a8f8c")
    c.rect(220, 474, 1380, 488, "#f7f7ee")
    windows(c, (300, 530, 620, 680), 3, 1, "#5f9fb5", "#ffffff", 0.62)
    windows(c, (980, 530, 1300, 680), 3, 1, "#5f9fb5", "#ffffff", 0.62)
    c.poly([(610, 470), (800, 330), (990, 470)], "#fdfcf4")
    c.poly([(590, 474), (800, 316), (1010, 474), (985, 480), (800, 342), (615, 480)], "#1f7f80")
    c.oval(800, 420, 40, 40, "#2fa37c")
    c.rect(792, 394, 808, 446, "#ffffff")
    c.rect(774, 412, 826, 428, "#ffffff")
    for x in (640, 960):
        c.fade([(x - 14, 478), (x + 14, 478), (x + 14, 765), (x - 14, 765)], ["#ffffff", "#c9dad3"])
    c.rect(705, 540, 895, 765, "#2f7f86")
    for x in (712, 804):
        c.rect(x, 550, x + 84, 765, "#8fc4cb")
        c.poly([(x, 765), (x, 550), (x + 60, 550)], "#b9dde0")
    c.poly([(640, 765), (960, 765), (990, 790), (610, 790)], "#e9e3d4")


def _clinic_people(c: Canvas) -> None:
    person(c, 800, 880, 215, "#fdfdfb", "#dfe8ea", None, "reach", -1)
    c.oval(806, 662, 20, 11, "#5fb0a5")
    c.line([(786, 722), (800, 762), (814, 722)], "#35505d", 3)
    person(c, 690, 885, 180, "#7b2a63", "#2b2442", None, "stand", 1)
    person(c, 640, 888, 108, "#f0b93a", "#27406b", None, "stand", 1)
    c.rect(1080, 850, 1400, 864, "#8a5d38")
    for x in (1100, 1370):
        c.rect(x, 860, x + 12, 905, "#6b452a")
    for x, tone, hat in ((1140, "#2b3160", STRAW), (1240, "#c9584a", None), (1330, "#5f7f9a", None)):
        seated(c, x, 855, 150, tone, hat=hat)
    person(c, 500, 930, 190, "#fdfdfb", "#35606b", None, "walk", 1)
    cyclist(c, 290, 985, 210, "#3f7fa8", STRAW, 1)
    reeds(c, 0, 400, 1080, 70, 70, "#6fa36a")
    reeds(c, 1200, 1600, 1080, 70, 70, "#6fa36a")


def border_post() -> Image.Image:
    """Border guards by a granite marker and the flag, above a sea of clouds."""
    c = Canvas("border_post")
    c.sky(["#3f5f9a", "#7f93bf", "#dcb9b5", "#f9dcae", "#fdeccb"], 0, 760)
    c.glow(1260, 560, 620, "#fff3cf", 0.85)
    for y, rise, top, low in (
        (600, 270, "#8f97bf", "#e3c6bd"),
        (690, 260, "#6577a5", "#cdb4bb"),
        (780, 250, "#455c8a", "#b1a3b5"),
    ):
        line = ridge(c, y, rise, 3.2, 0.5)
        hill(c, line, 860, [top, low])
        facets(c, line, 860, mix(top, "#fbe3bf", 0.3), 0.3, 1)
        for k in range(5):
            cloud(c, c.rng.uniform(0, 1600), y + 60 + 16 * k, c.rng.uniform(400, 720), "#fdf1e2", 0.5)
    c.veil(680, 900, "#fdf1e2", [0, 0.7, 0.9])
    knoll = [(x, 905 - 150 * math.exp(-(((x - 620) / 480) ** 2)) + 5 * math.sin(x / 37)) for x in range(-20, 1641, 20)]
    c.fade([*knoll, (1640, 1080), (-20, 1080)], ["#5d7f5a", "#34593f", "#1d3a2f"])
    _marker(c, 560, 800)
    flag(c, 860, 800, 610, 250)
    for x, y, pose, face in ((720, 812, "salute", 1), (1000, 836, "stand", -1), (1070, 850, "stand", -1)):
        c.oval(x + 30, y, 56, 7, "#1d3a2f", 0.5)
        _guard(c, x, y, 205, pose, face)
    for x, tall in ((60, 300), (160, 220), (1500, 310), (1585, 240), (1420, 190)):
        pine(c, x, 1010, tall, "#2b5548")
    reeds(c, 0, 1600, 1070, 90, 200, "#20452f")
    reeds(c, 0, 1600, 1080, 70, 120, "#6f9a5a")
    birds(c, 420, 330, 5, 15, "#3a4470", 110)
    return c.finish()


def _guard(c: Canvas, x: float, y: float, tall: float, pose: str, face: int) -> None:
    s = tall
    person(c, x, y, s, "#4f6b3f", "#42583a", None, pose, face)
    c.rect(x - 0.1 * s, y - 0.47 * s, x + 0.1 * s, y - 0.44 * s, "#6b4a2a")
    c.poly(
        [
            (x - 0.09 * s, y - 0.93 * s),
            (x - 0.1 * s, y - 0.985 * s),
            (x + 0.1 * s, y - 0.985 * s),
            (x + 0.09 * s, y - 0.93 * s),
        ],
        "#3f5a38",
    )
    c.poly(
        [(x + face * 0.02 * s, y - 0.93 * s), (x + face * 0.13 * s, y - 0.92 * s), (x + face * 0.1 * s, y - 0.945 * s)],
        "#26382a",
    )


def _marker(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 90, y + 16), (x + 90, y + 16), (x + 66, y - 22), (x - 66, y - 22)], "#a9a59c")
    c.fade(
        [(x - 42, y - 20), (x + 42, y - 20), (x + 34, y - 210), (x, y - 236), (x - 34, y - 210)], ["#e9e3d6", "#b5afa5"]
    )
    c.poly([(x + 10, y - 20), (x + 42, y - 20), (x + 34, y - 210), (x, y - 236)], "#8d8880", 0.55)
    c.rect(x - 26, y - 178, x + 2, y - 100, "#c22a2c")


def lantern_street() -> Image.Image:
    """An old street under lanterns at dusk."""
    c = Canvas("lantern_street")
    c.sky(["#1f2a55", "#4a3f73", "#a85f6a", "#f0a05a"], 0, 640)
    c.sky(["#6b4048", "#33202f"], 640)
    c.glow(800, 610, 520, "#ffc878", 0.8)
    for side in (-1, 1):
        for k in range(6, -1, -1):
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
    t0, t1 = 642 - (24 + 5 * (k * 7 % 3)) * near - 20 * near, 642 - (24 + 5 * (k * 7 % 3)) * far - 20 * far
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
