"""Places seen by lamplight: the town after dark, the stadium, the meeting hall."""

import math

from PIL import Image

from .buildings import star
from .canvas import Canvas, mix
from .figures import HAIR, crowd, seated
from .nature import hill, reeds, ridge, streaks


def town_night() -> Image.Image:
    """The town and its river from a hill, two friends looking on."""
    c = Canvas("town_night")
    c.sky(["#0d1a42", "#20316b", "#57509a", "#d98a8c"], 0, 600)
    for _ in range(170):
        r = c.rng.uniform(0.6, 1.9)
        c.oval(c.rng.uniform(0, 1600), c.rng.uniform(0, 420), r, r, "#fdf6dc", c.rng.uniform(0.3, 0.95))
    c.glow(1260, 190, 260, "#f3ecd0", 0.55)
    _crescent(c, 1260, 190, 54)
    hill(c, ridge(c, 560, 300, 3), 620, ["#1d2a58", "#3f4478"])
    hill(c, ridge(c, 590, 190, 4), 640, ["#141f45", "#2a2f5c"])
    c.glow(760, 620, 1000, "#f7a06a", 0.6, 280)
    for row, (foot, wide, low, high) in enumerate(((612, 34, 50, 150), (636, 48, 40, 130), (664, 64, 30, 105))):
        _houses(c, row, foot, wide, low, high)
    _night_bridge(c)
    c.mirror(668, 399, "#0e1838", 0.35, 7, 1.25)
    c.veil(668, 1067, "#0a1230", [0.0, 0.2, 0.55, 0.8])
    streaks(c, (0, 680, 1600, 940), 120, "#ffcf86", 0.35)
    _lookout(c)
    return c.finish()


def _crescent(c: Canvas, x: float, y: float, radius: float) -> None:
    outer = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in (0.9 + k * math.pi / 24 for k in range(25))]
    inner = []
    for k in range(24, -1, -1):
        a = 0.9 + k * math.pi / 24
        reach = radius * 0.5 * math.sin(math.pi * k / 24)
        inner.append(
            (
                outer[k][0] - reach * math.cos(0.9 + math.pi / 2) * abs(math.sin(a - 0.9)) ** 0.2,
                outer[k][1] - reach * math.sin(0.9 + math.pi / 2) * abs(math.sin(a - 0.9)) ** 0.2,
            )
        )
    c.poly(outer + inner, "#fbf3d3")


def _houses(c: Canvas, row: int, foot: float, wide: float, low: float, high: float) -> None:
    x = -20.0
    while x < 1620:
        w, tall = (
            wide * c.rng.uniform(0.7, 1.3),
            c.rng.uniform(low, high) * (1 + 0.6 * math.exp(-(((x - 700) / 380) ** 2))),
        )
        wall = mix(("#1c2752", "#202448", "#1a1d3c")[row], "#5a3f5f", c.rng.random() * 0.4)
        c.rect(x, foot - tall, x + w, foot + 10, wall)
        if c.rng.random() < 0.4:
            c.poly(
                [(x - 3, foot - tall), (x + w / 2, foot - tall - w * 0.35), (x + w + 3, foot - tall)],
                mix(wall, "#0b1029", 0.35),
            )
        cols, rows = max(2, int(w / 14)), int(tall / 17)
        for i in range(cols):
            for j in range(rows):
                if c.rng.random() < 0.46:
                    px, py = x + w * (i + 0.5) / cols, foot - tall + 10 + j * 17
                    lamp = c.rng.choice(("#ffd88a", "#ffc061", "#fff0c2", "#a9d7ea"))
                    c.rect(px - 2.8, py - 3.6, px + 2.8, py + 3.6, lamp, 0.95)
        x += w + 1


def _night_bridge(c: Canvas) -> None:
    for x0 in range(980, 1600, 155):
        arch = [(x0 + 155 * k / 20, 655 - 74 * math.sin(math.pi * k / 20)) for k in range(21)]
        c.line(arch, "#f0b46a", 5)
        for k in range(1, 20, 2):
            c.line([arch[k], (arch[k][0], 655)], "#c98f63", 1.4)
        for k in range(0, 21, 2):
            c.oval(*arch[k], 3.4, 3.4, "#fff3c9")
    c.rect(970, 650, 1620, 662, "#5a4a63")
    for x in range(980, 1600, 26):
        c.oval(x, 648, 3, 3, "#ffe6a0")
    c.rect(-10, 660, 1610, 670, "#151a38")
    for x in range(10, 980, 44):
        c.glow(x, 652, 20, "#ffd88a", 0.9)
        c.oval(x, 652, 3, 3, "#fff3c9")


def _lookout(c: Canvas) -> None:
    slope = [(-20, 800), (160, 838), (360, 900), (560, 950), (820, 985), (1120, 1010), (1400, 1030), (1640, 1040)]
    seated(c, 420, 945, 140, "#3a4a86", "#0a0f20")
    seated(c, 500, 958, 126, "#8a3d58", "#0a0f20")
    c.fade([*slope, (1640, 1080), (-20, 1080)], ["#101a35", "#070c1c"])
    reeds(c, 0, 330, 1010, 150, 90, "#070c1c")
    reeds(c, 500, 1600, 1062, 60, 150, "#070c1c")


def stadium() -> Image.Image:
    """An evening match under the floodlights, seen from behind one goal."""
    c = Canvas("stadium")
    c.sky(["#1f2450", "#4a4783", "#b5709a", "#f3a884"], 0, 400)
    hill(c, ridge(c, 345, 150, 4), 420, ["#2b2f63", "#6b4f80"])
    shirts = ("#c9353a", "#f3ead2", "#e8b23a", "#3f6fa8", "#b52b33", "#7f3a5f")
    c.fade([(-10, 250), (150, 300), (1450, 300), (1610, 250), (1610, 640), (-10, 640)], ["#3a3560", "#29264a"])
    crowd(c, (0, 318, 1600, 408), 1300, shirts, 9)
    c.poly(
        [(-10, 210), (330, 296), (1270, 296), (1610, 210), (1610, 238), (1270, 318), (330, 318), (-10, 238)], "#e9e4f0"
    )
    c.poly(
        [(-10, 234), (330, 312), (1270, 312), (1610, 234), (1610, 244), (1270, 320), (330, 320), (-10, 244)], "#8f86b0"
    )
    for x in range(60, 1600, 120):
        c.rect(x, 300, x + 4, 410, "#c9c3da")
    c.sky(["#3d8a45", "#2f7d3f", "#256b38"], 415)
    c.rect(-10, 404, 1610, 434, "#b5283a")
    for k in range(8):
        c.rect(30 + k * 200, 408, 190 + k * 200, 430, ("#f3ead2", "#27406b", "#e8b23a")[k % 3])
    _pitch(c)
    _floodlights(c)
    _match(c)
    return c.finish()


def _ground(u: float, v: float) -> tuple[float, float]:
    """Pitch place (u from -1 to 1 across, v from 0 far to 1 near) to the picture."""
    y = 446 + 590 * v**1.7
    return 800 + u * (520 + 640 * v**1.7), y


def _pitch(c: Canvas) -> None:
    for k in range(10):
        a, b = k / 10, (k + 1) / 10
        if k % 2:
            c.poly([_ground(-1.6, a), _ground(1.6, a), _ground(1.6, b), _ground(-1.6, b)], "#4fa052", 0.75)
    white = "#f4f7ea"
    for line in (((-1, 0), (1, 0)), ((-1, 0), (-1, 1)), ((1, 0), (1, 1)), ((-1, 0.5), (1, 0.5))):
        c.line([_ground(*p) for p in line], white, 4)
    ring = [_ground(0.27 * math.cos(k * math.tau / 60), 0.5 + 0.15 * math.sin(k * math.tau / 60)) for k in range(61)]
    c.line(ring, white, 4)
    for half, deep in ((0.5, 0.16), (0.22, 0.06)):
        c.line([_ground(-half, 0), _ground(-half, deep), _ground(half, deep), _ground(half, 0)], white, 3)
    c.line([(735, 446), (735, 392), (865, 392), (865, 446)], "#ffffff", 5)
    for k in range(1, 12):
        c.line([(735 + 130 * k / 12, 394), (735 + 130 * k / 12, 444)], "#ffffff", 1, 0.5)
    c.line([_ground(-0.62, 1), _ground(-0.62, 0.86), _ground(0.62, 0.86), _ground(0.62, 1)], white, 5)


def _floodlights(c: Canvas) -> None:
    for x, top in ((110, 60), (1490, 60), (420, 130), (1180, 130)):
        c.rect(x - 5, top, x + 5, 420, "#cfc8e0")
        c.glow(x, top, 240, "#fff6d9", 0.8)
        for i in range(5):
            for j in range(2):
                c.oval(x - 44 + i * 22, top - 10 + j * 22, 9, 9, "#fffdf0")
    beams = [[(110, 60), (700, 1000), (200, 1000)], [(1490, 60), (1400, 1000), (900, 1000)]]
    c.soft(beams, "#fff6d9", 0.13, 30)


def _match(c: Canvas) -> None:
    reds = ((-0.1, 0.36), (0.42, 0.3), (-0.5, 0.46), (0.12, 0.66), (-0.36, 0.76), (0.62, 0.6))
    whites = ((0.02, 0.42), (-0.3, 0.3), (0.5, 0.4), (-0.06, 0.8), (0.36, 0.74), (-0.62, 0.62))
    players = [(u, v, "#d8262e", "#f4f4f0") for u, v in reds] + [(u, v, "#f7f7f2", "#27406b") for u, v in whites]
    players.append((0.0, 0.02, "#f0c43a", "#1f2a4a"))
    for i, (u, v, top, legs) in enumerate(sorted(players, key=lambda p: p[1])):
        x, y = _ground(u, v)
        _player(c, x, y, 46 + 92 * v**1.7, top, legs, (-1) ** i)
    c.oval(905, 757, 14, 4, "#174a2a", 0.6)
    c.oval(900, 744, 10, 10, "#ffffff")
    c.oval(902, 746, 4, 4, "#2b2b33")


def _player(c: Canvas, x: float, y: float, s: float, top: str, legs: str, face: int) -> None:
    c.oval(x + s * 0.25, y, s * 0.42, s * 0.06, "#174a2a", 0.55)
    for hip, knee, foot in ((-0.04, (-0.16, 0.24), (-0.3, 0.1)), (0.04, (0.17, 0.26), (0.12, 0.0))):
        joints = [(hip, 0.46), knee, foot]
        c.line([(x + face * dx * s, y - dy * s) for dx, dy in joints], "#c9946b", 0.075 * s)
        c.line([(x + face * dx * s, y - dy * s) for dx, dy in joints[:2]], legs, 0.12 * s)
    c.poly(
        [(x + face * dx * s, y - dy * s) for dx, dy in ((-0.1, 0.44), (0.08, 0.44), (0.16, 0.8), (-0.06, 0.82))], top
    )
    for hand in ((-0.24, 0.58), (0.32, 0.62)):
        c.line(
            [(x + face * 0.05 * s, y - 0.76 * s), (x + face * hand[0] * s, y - hand[1] * s)],
            mix(top, "#20202a", 0.15),
            0.055 * s,
        )
    c.oval(x + face * 0.08 * s, y - 0.9 * s, 0.07 * s, 0.085 * s, "#d8a57c")
    c.oval(x + face * 0.06 * s, y - 0.94 * s, 0.075 * s, 0.055 * s, HAIR)


def meeting_hall() -> Image.Image:
    """A council meeting seen down the central aisle."""
    c = Canvas("meeting_hall")
    c.sky(["#4a2620", "#6b3a2c", "#8a5038"], 0, 300)
    for k in range(6):
        half = 130 + 150 * k
        c.poly(
            [
                (800 - half, 150 - k * 34),
                (800 + half, 150 - k * 34),
                (800 + half * 1.08, 136 - k * 40),
                (800 - half * 1.08, 136 - k * 40),
            ],
            "#ffeec2",
            0.9,
        )
    for side in (-1, 1):
        c.fade(
            [(800 + side * 470, 190), (800 + side * 820, -20), (800 + side * 820, 1080), (800 + side * 470, 640)],
            ["#a8683f", "#7a452f", "#4a2a24"],
        )
        for k in range(4):
            x = 800 + side * (510 + k * 85)
            c.poly(
                [(x, 250 - k * 36), (x + side * 46, 228 - k * 38), (x + side * 46, 540 + k * 10), (x, 530 + k * 10)],
                "#f3d9a0",
                0.5,
            )
    _stage(c)
    _audience(c)
    return c.finish()


def _stage(c: Canvas) -> None:
    c.fade([(330, 180), (1270, 180), (1270, 560), (330, 560)], ["#9a1a22", "#b5232a", "#7f141c"])
    for k in range(27):
        x = 330 + k * 35
        c.poly([(x, 180), (x + 13, 180), (x + 16, 560), (x - 3, 560)], "#5f0f17", 0.45)
    scallop = [(330 + 940 * k / 80, 214 + 20 * abs(math.sin(k * math.pi / 10))) for k in range(81)]
    c.poly([(330, 170), (1270, 170), *scallop[::-1]], "#d8a63f")
    c.poly([(330, 164), (1270, 164), *[(x, y - 9) for x, y in scallop[::-1]]], "#7f141c")
    star(c, 800, 330, 74)
    _podium(c)


def _podium(c: Canvas) -> None:
    c.fade([(290, 545), (1310, 545), (1350, 640), (250, 640)], ["#c98f56", "#8a5632"])
    c.rect(250, 640, 1350, 664, "#5d3724")
    for k in range(7):
        x = 560 + k * 72
        seated(c, x, 560, 96, ("#27304f", "#2f3a45", "#3a2f4a")[k % 3])
        c.oval(x, 488, 9.5, 10.5, "#d8a57c")
        c.poly([(x - 8, 503), (x + 8, 503), (x, 528)], "#f7f4ea")
    c.fade([(515, 535), (1040, 535), (1050, 606), (505, 606)], ["#f4ead6", "#d8c4a4"])
    for k in range(12):
        c.oval(535 + k * 44, 532, 10, 7, ("#e8604a", "#f7d24a", "#4f9a55")[k % 3])
    _lectern(c)


def _lectern(c: Canvas) -> None:
    c.poly([(395, 500), (480, 500), (468, 610), (407, 610)], "#7a4529")
    seated(c, 438, 508, 104, "#27304f")
    c.oval(438, 430, 10.5, 11.5, "#d8a57c")
    c.poly([(395, 500), (480, 500), (476, 530), (399, 530)], "#94592f")
    for x in (310, 1290):
        for k in range(20):
            a = k * 2.4
            c.oval(
                x + 30 * math.cos(a) * (k / 20),
                585 - k * 4 + 16 * math.sin(a),
                11,
                10,
                ("#3f8a4f", "#f2a1b0", "#f7e08a", "#2f6f45")[k % 4],
            )
        c.poly([(x - 24, 590), (x + 24, 590), (x + 15, 640), (x - 15, 640)], "#e9e3d4")


def _audience(c: Canvas) -> None:
    c.fade([(250, 664), (1350, 664), (1700, 1080), (-100, 1080)], ["#5a3328", "#2f1d1c"])
    c.fade([(752, 664), (848, 664), (980, 1080), (620, 1080)], ["#b5232a", "#7f141c"])
    for row in range(6):
        size, y = 74 + row * 26, 716 + row * 66 + row * row * 4
        gap, aisle = size * 0.62, 70 + row * 22
        for k in range(12):
            away = aisle + gap * (k + 0.4)
            if away > 545 + (y - 664) * 0.84:
                break
            for x in (800 - away, 800 + away):
                tone = mix(
                    c.rng.choice(("#2b3a5f", "#4a3040", "#2f4a4a", "#5a4a3a", "#e3dccb", "#6b2f3f")),
                    "#140d10",
                    0.3 - row * 0.02,
                )
                seated(c, x, y + size * 0.2, size, tone, c.rng.choice(("#1c1719", "#2b2224", "#3d3534")))
                c.rounded(x - gap * 0.46, y - size * 0.18, x + gap * 0.46, y + size * 0.3, size * 0.1, "#7a2a2a")
                c.rounded(x - gap * 0.4, y - size * 0.13, x + gap * 0.4, y + size * 0.3, size * 0.08, "#942f2f")
