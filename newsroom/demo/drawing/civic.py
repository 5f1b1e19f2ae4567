"""The school, the health station and the border post."""

import math

from PIL import Image

from .buildings import flag, windows
from .canvas import Canvas, mix
from .figures import STRAW, cyclist, person, seated
from .nature import birds, cloud, facets, hill, palm, pine, reeds, ridge, round_tree


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
        for k in (0, 1, 2, 5, 6, 7):
            bay = 270 + 132.5 * k
            windows(c, (bay + 14, y + 6, bay + 118, y + 92), 2, 1, "#35707a", "#f7ead0", 0.6)
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
    person(c, 742, 985, 165, "#b0427a", "#f3efe6", None)


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
    c.oval(797, 698, 12, 8, "#5fb0a5")
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
    c.sky(["#3f5f9a", "#7f93bf", "#dcb9b5", "#f9dcae", "#fdeccb"], 0, 930)
    c.glow(1260, 560, 620, "#fff3cf", 0.85)
    for y, rise, top, low in (
        (600, 270, "#8f97bf", "#e3c6bd"),
        (690, 260, "#6577a5", "#cdb4bb"),
        (780, 250, "#455c8a", "#b1a3b5"),
    ):
        line = ridge(c, y, rise, 3.2, 0.5)
        hill(c, line, 920, [top, low, "#fdf1e2"])
        facets(c, line, 860, mix(top, "#fbe3bf", 0.3), 0.3, 1)
        for k in range(5):
            cloud(c, c.rng.uniform(0, 1600), y + 60 + 16 * k, c.rng.uniform(400, 720), "#fdf1e2", 0.5)
    c.veil(680, 930, "#fdf1e2", [0, 0.7, 0.9])
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
