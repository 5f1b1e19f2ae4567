"""Rivers and lakes."""

import math

from PIL import Image

from .buildings import stilt_house
from .canvas import Canvas
from .figures import STRAW, person, sampan, seated
from .nature import birds, cloud, facets, hill, karst, palm, reeds, ridge, round_tree, streaks


def river_dawn() -> Image.Image:
    """A ferryman poling between limestone towers at sunrise."""
    c = Canvas("river_dawn")
    c.sky(["#34507c", "#7d83a6", "#d9a3a0", "#f7bf8c", "#fde2ae"], 0, 640)
    c.glow(985, 520, 620, "#fff0c0", 0.85)
    c.oval(985, 505, 62, 62, "#fff6da")
    for x, y, wide, alpha in ((300, 190, 520, 0.25), (1330, 250, 420, 0.3), (720, 120, 300, 0.2)):
        cloud(c, x, y, wide, "#ffe3cc", alpha)
    far = karst(c, 632, [(120, 150, 190), (330, 110, 250), (560, 130, 130), (1190, 120, 170), (1400, 150, 260)])
    hill(c, far, 640, ["#a58fa4", "#e8b9a2"])
    middle = karst(c, 636, [(20, 170, 330), (230, 120, 210), (1310, 110, 190), (1500, 140, 360), (1640, 120, 300)])
    hill(c, middle, 640, ["#5f6488", "#b48f96"])
    facets(c, middle, 640, "#4a5079", 0.4, -1)
    near = karst(c, 640, [(-30, 150, 190), (120, 110, 90), (1590, 140, 150), (1420, 90, 60)])
    hill(c, near, 642, ["#313e63", "#5b587a"])
    c.veil(560, 640, "#ffdcb4", [0, 0.55])
    _dawn_water(c)
    return c.finish()


def _dawn_water(c: Canvas) -> None:
    c.mirror(640, 427, "#5c6288", 0.24, 5, 1.1)
    c.veil(640, 1067, "#2b3d66", [0.0, 0.05, 0.25, 0.62])
    c.glow(985, 760, 190, "#f9cfa2", 0.8)
    for k in range(34):
        y = 650 + k * 10 + k * k * 0.09
        half = (60 + 46 * math.sin(k * 2.1) + c.rng.uniform(0, 50)) * (1 - k / 46)
        c.poly(
            [(985 - half, y), (985, y - 1.6), (985 + half, y), (985, y + 2.2 + k * 0.05)], "#ffeec4", 0.75 - k * 0.014
        )
    streaks(c, (0, 660, 1600, 1040), 90, "#f9cda6", 0.3)
    streaks(c, (0, 760, 1600, 1050), 60, "#26365e", 0.4)
    c.oval(560, 852, 225, 13, "#1d2745", 0.5)
    sampan(c, 560, 842, 420, "#1c2238")
    c.line([(622, 540), (560, 905)], "#1c2238", 5)
    person(c, 640, 825, 170, "#2c3050", "#1c2238", STRAW, "reach", -1)
    seated(c, 500, 828, 92, "#7c3040", hat=STRAW)
    seated(c, 432, 826, 84, "#35507a")
    c.line([(x, 838 - 6 * math.cos((x - 560) / 100)) for x in range(380, 741, 20)], "#1c2238", 16)
    c.fade([(-20, 1080), (-20, 985), (160, 1000), (360, 1034), (560, 1080)], ["#1c2743", "#121a30"])
    reeds(c, -10, 330, 1062, 190, 60, "#141d35")
    birds(c, 420, 330, 7, 15, "#3a4064", 110)


def river_rain() -> Image.Image:
    """A rescue boat on a brown river in flood under heavy rain."""
    c = Canvas("river_rain")
    c.sky(["#4c5963", "#6d7a80", "#98a19f", "#b7b9ae"], 0, 560)
    for k in range(9):
        cloud(c, c.rng.uniform(0, 1600), 60 + 34 * k, c.rng.uniform(420, 800), "#46525b", 0.16)
    hill(c, ridge(c, 530, 330, 3), 540, ["#7f8d90", "#a9afa8"])
    c.veil(380, 545, "#b9bdb4", [0, 0.6])
    hill(c, ridge(c, 545, 230, 4, lean=lambda u: 0.25 + 1.3 * abs(u - 0.55)), 550, ["#55686a", "#83918d"])
    c.veil(440, 560, "#b9bdb4", [0, 0.4])
    c.sky(["#a59c84", "#97876a", "#7d6b4f", "#5f4f3b"], 548)
    for x, tall in ((1330, 80), (1400, 110), (1480, 90), (1560, 130)):
        round_tree(c, x, 566, tall, "#4d665a", "#4a4238")
    _flood(c)
    reeds(c, -10, 460, 1078, 210, 60, "#332c20")
    reeds(c, 0, 380, 1082, 150, 60, "#4a4a30")
    _rain(c)
    return c.finish()


def _flood(c: Canvas) -> None:
    for k in range(70):
        y = 560 + 480 * (k / 70) ** 1.3
        x = c.rng.uniform(-100, 1500)
        long = 90 + k * 4
        c.line(
            [(x + long * i / 8, y + math.sin(i * 1.3 + k) * (1 + k * 0.05)) for i in range(9)],
            "#d0c2a0",
            1 + k * 0.025,
            0.35,
        )
    c.fade([(-10, 640), (-10, 520), (240, 512), (520, 545), (640, 566), (420, 600), (200, 640)], ["#46574a", "#3f4a40"])
    for x, y, tall in ((40, 530, 190), (440, 560, 150), (530, 566, 110), (360, 545, 130)):
        palm(c, x, y, tall, "#32453d", "#3d3d38")
    stilt_house(c, 210, 600, 240, "#5d5148", "#6d5b49")
    stilt_house(c, 400, 592, 150, "#66594f", "#6d5b49")
    _rescue_boat(c)


def _rescue_boat(c: Canvas) -> None:
    c.oval(950, 866, 300, 17, "#463826", 0.55)
    for dx, top, hat in (
        (-170, "#e8742c", None),
        (-80, "#e8742c", STRAW),
        (0, "#3f6f8f", STRAW),
        (70, "#d9b23a", None),
    ):
        person(c, 950 + dx, 866, 142, top, "#2a2f33", hat, "stand")
    person(c, 1105, 850, 165, "#e8742c", "#2a2f33", None, "reach", 1)
    c.line([(1140, 740), (1250, 900)], "#2b2622", 6)
    sampan(c, 950, 850, 560, "#2e3c40")
    c.line([(680, 815), (760, 838), (950, 845), (1140, 838), (1238, 808)], "#e8742c", 7)
    for _ in range(26):
        x = c.rng.uniform(0, 1600)
        y = c.rng.uniform(900, 1050)
        c.pen.ellipse([v * 2 for v in (x - 26, y - 6, x + 26, y + 6)], outline=(224, 214, 186, 120), width=3)


def _rain(c: Canvas) -> None:
    for k in range(620):
        x, y = c.rng.uniform(-80, 1640), c.rng.uniform(-60, 1060)
        long = c.rng.uniform(26, 78)
        c.line([(x, y), (x - long * 0.24, y + long)], "#eef2f0", 1 if k % 3 else 1.6, c.rng.uniform(0.16, 0.42))


def lake_blue() -> Image.Image:
    """A still blue lake with islets, seen from the end of a jetty."""
    c = Canvas("lake_blue")
    c.sky(["#2f7fb8", "#6fb2d6", "#b9dfe9", "#e9f3ea"], 0, 470)
    for x, y, wide in ((300, 250, 470), (1160, 190, 560), (760, 330, 260), (1480, 330, 300)):
        cloud(c, x, y, wide, "#ffffff", 1.0, "#d5ebf0")
    far = ridge(c, 470, 260, 3.2, 0.5)
    hill(c, far, 474, ["#5f9db5", "#a9d3d6"])
    facets(c, far, 474, "#3f83a3", 0.3)
    near = ridge(c, 476, 210, 4, 0.5, lambda u: 1.4 * abs(u - 0.47) ** 0.8)
    hill(c, near, 478, ["#2f7c76", "#5da692"])
    facets(c, near, 478, "#1f6168", 0.4)
    c.mirror(476, 591, "#1f78b4", 0.5, 4, 1.35)
    c.veil(476, 1067, "#0b4f8c", [0.0, 0.1, 0.4, 0.72])
    streaks(c, (0, 490, 1600, 1040), 120, "#d8f2f5", 0.35)
    _islet(c, 470, 560, 300)
    _islet(c, 1080, 528, 170)
    _jetty(c)
    birds(c, 860, 300, 6, 13, "#f7fbfb", 120)
    return c.finish()


def _islet(c: Canvas, x: float, y: float, wide: float) -> None:
    for sign, alpha in ((-1, 0.4), (1, 1.0)):
        bumps = [
            (x - wide / 2 + wide * k / 24, y - sign * wide * 0.16 * math.sin(math.pi * k / 24) ** 0.7)
            for k in range(25)
        ]
        c.poly(bumps, "#1f5d4c", alpha)
        for k in range(22):
            u = (k + 0.5) / 22
            tall = wide * 0.2 * math.sin(math.pi * u) ** 0.6 * (0.7 + 0.5 * math.sin(k * 2.7) ** 2)
            tone = ("#2d7a55", "#3f9560", "#24694f")[k % 3]
            c.oval(x - wide / 2 + wide * u, y - sign * tall, wide * 0.055, wide * 0.06, tone, alpha)
    c.rect(x - wide * 0.52, y - 1.5, x + wide * 0.52, y + 1.5, "#f2e6bd", 0.8)


def _jetty(c: Canvas) -> None:
    near, far, top = (930, 1330), (1062, 1112), 690
    for k in range(7):
        u = (k / 6) ** 1.6
        y = top + (1067 - top) * u
        for edge in (0, 1):
            px = far[edge] + (near[edge] - far[edge]) * u
            c.rect(px - 3 - 6 * u, y, px + 3 + 6 * u, y + 36 + 40 * u, "#4d3a2c")
    c.fade([(far[0], top), (far[1], top), (near[1], 1067), (near[0], 1067)], ["#b98f62", "#d9b483"])
    for k in range(26):
        u = (k / 26) ** 1.7
        y = top + (1067 - top) * u
        c.rect(far[0] + (near[0] - far[0]) * u, y, far[1] + (near[1] - far[1]) * u, y + 1 + 4 * u, "#6d4d33", 0.75)
    seated(c, 1072, 712, 88, "#e9e3d2")
    seated(c, 1104, 712, 74, "#d8453b")
    sampan(c, 640, 742, 210, "#e6dfcb", -1)
    c.oval(640, 753, 105, 6, "#0e3f6b", 0.4)
    person(c, 690, 738, 84, "#c7473a", hat=STRAW, pose="reach", face=-1)
    sampan(c, 640, 745, 210, "#8b5e3c", -1)
