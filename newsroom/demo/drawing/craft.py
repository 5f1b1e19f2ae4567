"""Woven cloth and the loom it comes from."""

import math
import random

from PIL import Image, ImageChops

from .canvas import SCALE, Canvas, Colour, mix, rgb
from .figures import HAIR, SKIN

CELL = 8
INDIGO, CRIMSON, CREAM, GOLD, LEAF, PINK, SKY = (
    "#171b3d",
    "#b51f2e",
    "#f3e8cf",
    "#e9a92f",
    "#1f7f6a",
    "#d8457f",
    "#3f8fb5",
)

DIAMOND = (
    "....#....",
    "...###...",
    "..##o##..",
    ".##ooo##.",
    "##oo*oo##",
    ".##ooo##.",
    "..##o##..",
    "...###...",
    "....#....",
)
STAR = (
    "#...#...#",
    ".##.#.##.",
    ".###.###.",
    "...o.o...",
    "##.....##",
    "...o.o...",
    ".###.###.",
    ".##.#.##.",
    "#...#...#",
)
HOOK = ("#######..", "#.....#..", "#.###.#..", "#.#o#.#.*", "#.##..#.*", "#.....#..", "#######..")
ZIGZAG = ("#....#....", ".#..#.#..#", "..##...##.", "o..o.o..o.", ".oo...oo..")
FERN = ("...#...", "#..#..#", ".#.#.#.", "..###..", "*..#..*", ".#.#.#.", "..###..", "...#...")


def _motif(sheet: Image.Image, top: int, rows: tuple[str, ...], ground: Colour, tones: tuple[Colour, ...]) -> int:
    """Weave one band of a repeated motif into the small sheet; return the row after it."""
    keys = dict(zip(".#o*", (ground, *tones), strict=False))
    for j, row in enumerate(rows):
        for x in range(sheet.width):
            sheet.putpixel((x, min(top + j, sheet.height - 1)), rgb(keys[row[x % len(row)]]))
    return top + len(rows)


def _cloth() -> Image.Image:
    sheet = Image.new("RGB", (260, 210), rgb(INDIGO))
    bands = (
        (DIAMOND, INDIGO, (CRIMSON, GOLD, CREAM)),
        (ZIGZAG, CRIMSON, (CREAM, GOLD, GOLD)),
        (FERN, LEAF, (CREAM, GOLD, PINK)),
        (STAR, INDIGO, (CREAM, PINK, GOLD)),
        (ZIGZAG, GOLD, (CRIMSON, INDIGO, INDIGO)),
        (HOOK, INDIGO, (PINK, GOLD, SKY)),
        (DIAMOND, CREAM, (CRIMSON, LEAF, INDIGO)),
        (FERN, CRIMSON, (GOLD, CREAM, CREAM)),
        (STAR, SKY, (INDIGO, CREAM, CREAM)),
    )
    y, k = 0, 0
    while y < sheet.height:
        rows, ground, tones = bands[k % len(bands)]
        for edge in (INDIGO, tones[1], ground):
            sheet.paste(rgb(edge), (0, y, sheet.width, y + 1))
            y += 1
        y = _motif(sheet, y, rows, ground, tones)
        sheet.paste(rgb(ground), (0, y, sheet.width, y + 1))
        sheet.paste(rgb(tones[1]), (0, y + 1, sheet.width, y + 2))
        y, k = y + 2, k + 1
    return sheet


def _threads(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Over-and-under shading of single threads, as a brightness map."""
    step = CELL * SCALE
    cell = Image.new("L", (step, step))
    cell.putdata(
        [
            round(196 + 59 * math.sin(math.pi * (x + 0.5) / step) * math.sin(math.pi * (y + 0.5) / step))
            for y in range(step)
            for x in range(step)
        ]
    )
    patch = Image.new("L", (step * 16, step * 16))
    for i in range(256):
        shade = rng.uniform(0.88, 1.0)
        patch.paste(cell.point([round(v * shade) for v in range(256)]), ((i % 16) * step, (i // 16) * step))
    sheet = Image.new("L", size)
    for x in range(0, size[0], patch.width):
        for y in range(0, size[1], patch.height):
            sheet.paste(patch, (x, y))
    return Image.merge("RGB", (sheet,) * 3)


def brocade() -> Image.Image:
    """Hand-woven cloth hanging in soft folds."""
    c = Canvas("brocade")
    small = _cloth()
    big = small.resize((small.width * CELL * SCALE, small.height * CELL * SCALE), Image.Resampling.NEAREST)
    big = ImageChops.multiply(big, _threads(big.size, c.rng)).rotate(-9, Image.Resampling.BILINEAR)
    left, top = (big.width - c.im.width) // 2, (big.height - c.im.height) // 2
    for x in range(0, c.im.width, 4):
        drop = round(46 * math.sin(x / 330) + 22 * math.sin(x / 141 + 1))
        c.im.paste(big.crop((left + x, top + drop, left + x + 4, top + drop + c.im.height)), (x, 0))
    folds = Image.new("L", (400, 1))
    folds.putdata([round(208 + 47 * math.cos(x * 8 / 330) * math.sin(x * 8 / 260 + 0.8)) for x in range(400)])
    shade = folds.resize((c.im.width, 1), Image.Resampling.BICUBIC).resize(c.im.size, Image.Resampling.NEAREST)
    c.im.paste(ImageChops.multiply(c.im, Image.merge("RGB", (shade,) * 3)))
    return c.finish()


def loom() -> Image.Image:
    """A weaver at her loom by the window."""
    c = Canvas("loom")
    c.sky(["#4a2f26", "#6b4430", "#7f5238"])
    for x in range(0, 1600, 86):
        c.rect(x, 0, x + 3, 830, "#35201a", 0.6)
        c.poly([(x + 3, 0), (x + 30, 0), (x + 26, 830), (x + 3, 830)], "#8f6040", 0.16)
    _window(c)
    c.fade([(-10, 830), (1610, 830), (1610, 1080), (-10, 1080)], ["#8f6240", "#5d3c2a"])
    for k in range(6):
        c.rect(0, 834 + k * k * 8, 1600, 837 + k * k * 8, "#3f271d", 0.6)
    beams = [[(180, 130), (560, 130), (1500, 1067), (760, 1067)]]
    c.soft(beams, "#ffe9b8", 0.2, 40)
    _skeins(c)
    _frame(c)
    _weaver(c)
    _front_frame(c)
    return c.finish()


def _window(c: Canvas) -> None:
    c.rect(140, 100, 600, 560, "#2f1d17")
    c.fade([(160, 120), (580, 120), (580, 540), (160, 540)], ["#bfe0dd", "#f6f1cf"])
    for y, rise, tone in ((470, 120, "#8fbfae"), (520, 90, "#5f9f7f")):
        line = [(x, y - rise * (0.5 + 0.5 * math.sin(x / 71 + rise))) for x in range(160, 581, 10)]
        c.fade([*line, (580, 540), (160, 540)], [tone, mix(tone, "#f6f1cf", 0.5)])
    c.rect(362, 120, 376, 540, "#3f271d")
    c.rect(160, 322, 580, 334, "#3f271d")
    for dx in (110, 598):
        c.rect(dx, 96, dx + 32, 566, "#5d3b28")
    c.rect(100, 556, 640, 578, "#7a4f35")


def _skeins(c: Canvas) -> None:
    """Dyed yarn drying on a pole across the wall."""
    c.line([(700, 96), (1600, 84)], "#a9753f", 12)
    for k, tone in enumerate((CRIMSON, GOLD, "#2f3f8f", LEAF, PINK, CREAM, SKY, CRIMSON, "#6b3f8f", GOLD)):
        x, long = 745 + k * 88, 170 + 34 * math.sin(k * 2.2)
        c.fade(
            [(x - 26, 84), (x + 26, 84), (x + 20, 84 + long), (x - 20, 84 + long)],
            [tone, tone, mix(tone, "#1a1014", 0.35)],
        )
        c.oval(x, 84 + long, 20, 13, mix(tone, "#1a1014", 0.35))
        for j in range(-3, 4):
            c.line([(x + j * 7, 86), (x + j * 5.4, 84 + long)], mix(tone, "#ffffff", 0.3), 1.4, 0.55)


def _frame(c: Canvas) -> None:
    """The far posts, then the sheet of warp threads sloping down to the cloth."""
    for x in (990, 1400):
        c.fade([(x, 330), (x + 34, 330), (x + 34, 880), (x, 880)], ["#b98250", "#6d452c"])
    c.rect(900, 330, 1500, 362, "#a8713f")
    tones = (CREAM, CRIMSON, CREAM, GOLD, CREAM, "#2f3f8f", CREAM, LEAF)
    for k in range(90):
        u = k / 89
        c.line([(1450 + 60 * u, 470 + 130 * u), (800 - 60 * u, 640 + 120 * u)], tones[(k // 4) % 8], 2.2)
    for shift, lift in ((0, 0), (56, 18)):
        c.poly(
            [
                (1050 + shift, 400 - lift),
                (1070 + shift, 400 - lift),
                (1100 + shift, 770 - lift),
                (1080 + shift, 770 - lift),
            ],
            "#d9a866",
        )
        for k in range(20):
            c.line(
                [(1056 + shift + k * 1.4, 420 - lift + k * 17), (1066 + shift + k * 1.4, 426 - lift + k * 17)],
                "#7a4f2f",
                2,
            )
    _woven(c)


def _woven(c: Canvas) -> None:
    """The breast beam end of the loom, where the pattern is already done."""
    c.oval(1480, 536, 44, 84, "#8a5632")
    c.oval(1486, 536, 30, 70, "#c98f56")
    c.poly([(800, 640), (630, 680), (560, 805), (740, 760)], INDIGO)
    for k, tone in enumerate((CRIMSON, CREAM, GOLD, LEAF, CREAM, PINK, CRIMSON, SKY)):
        x, y = 786 - k * 21, 643 + k * 5
        c.poly([(x, y), (x - 9, y + 2), (x - 71, y + 123), (x - 62, y + 120)], tone)
        for j in range(6):
            px, py = x - 14 - j * 10, y + 14 + j * 19
            c.poly(
                [(px, py), (px - 8, py + 8), (px - 2, py + 16), (px + 7, py + 7)], (GOLD, CREAM, CRIMSON)[(j + k) % 3]
            )


def _weaver(c: Canvas) -> None:
    """Seen from the side, looking down at her hands."""
    c.poly([(330, 880), (560, 880), (560, 912), (330, 912)], "#8a5632")
    for x in (350, 530):
        c.rect(x, 905, x + 20, 1030, "#5d3b28")
    c.fade(
        [(345, 885), (395, 770), (560, 780), (740, 800), (770, 850), (720, 1010), (650, 1010), (660, 890)],
        ["#23295a", "#141838"],
    )
    for k, tone in enumerate((CRIMSON, GOLD, CREAM)):
        c.poly(
            [
                (730 - k * 9, 958 + k * 16),
                (668 - k * 5, 958 + k * 16),
                (666 - k * 5, 966 + k * 16),
                (728 - k * 9, 966 + k * 16),
            ],
            tone,
        )
    c.poly([(650, 1010), (725, 1010), (770, 1034), (648, 1034)], "#2a1a16")
    c.fade([(350, 880), (362, 690), (400, 590), (470, 560), (535, 590), (560, 700), (548, 880)], ["#2f3a7f", "#1c2250"])
    c.poly([(352, 840), (552, 840), (550, 884), (350, 884)], CRIMSON)
    c.poly([(352, 856), (552, 856), (552, 864), (351, 864)], GOLD)
    c.poly([(452, 570), (506, 562), (514, 520), (458, 520)], mix(SKIN, "#6b3a2a", 0.25))
    c.poly([(436, 580), (520, 566), (540, 620), (516, 640), (470, 600)], CREAM)
    _weaver_head(c)
    _weaver_arm(c)


def _weaver_arm(c: Canvas) -> None:
    c.line([(462, 628), (560, 742), (716, 716)], "#273070", 54)
    c.oval(462, 630, 34, 36, "#273070")
    c.line([(640, 730), (690, 719)], CRIMSON, 54)
    c.line([(716, 714), (752, 706)], SKIN, 27)
    c.oval(760, 704, 19, 15, SKIN)
    c.poly([(716, 690), (850, 676), (868, 686), (850, 700), (716, 706)], "#e2bd7f")


def _weaver_head(c: Canvas) -> None:
    c.oval(492, 470, 62, 72, SKIN)
    c.poly([(530, 452), (556, 486), (560, 500), (540, 506), (520, 530), (490, 540), (500, 460)], SKIN)
    c.pen.pieslice([v * 2 for v in (420, 388, 556, 540)], 150, 340, fill=rgb(HAIR))
    c.oval(432, 478, 42, 46, HAIR)
    c.poly([(416, 440), (470, 392), (560, 440), (556, 414), (500, 370), (436, 382), (404, 420)], INDIGO)
    c.poly([(412, 430), (470, 380), (558, 428), (557, 416), (482, 366), (408, 414)], CRIMSON)
    c.line([(516, 474), (528, 479), (540, 476)], HAIR, 3.5)
    c.line([(512, 456), (540, 460)], HAIR, 3)
    c.line([(532, 514), (546, 512)], "#a8503f", 4)
    c.oval(468, 500, 7, 9, "#e6c46a")


def _front_frame(c: Canvas) -> None:
    for x in (880, 1500):
        c.fade([(x, 300), (x + 44, 300), (x + 44, 1000), (x, 1000)], ["#d9a066", "#8a5a38"])
        c.rect(x + 30, 300, x + 44, 1000, "#4a2c1e", 0.3)
    c.fade([(700, 276), (1600, 276), (1600, 318), (700, 318)], ["#e2ad72", "#a8713f"])
    c.fade([(840, 860), (1560, 860), (1560, 900), (840, 900)], ["#c98f56", "#8a5a38"])
    for k, tone in enumerate((CRIMSON, GOLD, LEAF, SKY)):
        x = 930 + k * 92
        c.oval(x, 1010, 40, 26, mix(tone, "#1a1014", 0.3))
        c.oval(x - 3, 1002, 36, 24, tone)
        for j in range(-2, 3):
            c.line([(x - 30, 1002 + j * 7), (x + 24, 994 + j * 8)], mix(tone, "#ffffff", 0.35), 1.6, 0.6)
