"""Small people, animals and boats."""

from .canvas import Canvas, Colour, mix

SKIN = "#d8a57c"
HAIR = "#231f24"
STRAW = "#ead9a8"


def person(
    c: Canvas,
    x: float,
    y: float,
    tall: float,
    top: Colour,
    legs: Colour = "#2c2c38",
    hat: Colour | None = None,
    pose: str = "stand",
    face: int = 1,
    basket: Colour | None = None,
    skin: Colour = SKIN,
) -> None:
    """Draw a standing or walking person, feet at (x, y); `face` is 1 to the right, -1 to the left."""
    s, stride = tall, 0.1 * tall if pose == "walk" else 0.035 * tall
    for side in (-1, 1):
        foot = x + side * stride
        c.poly(
            [(x - 0.06 * s, y - 0.48 * s), (x + 0.06 * s, y - 0.48 * s), (foot + 0.035 * s, y), (foot - 0.035 * s, y)],
            legs,
        )
    if basket:
        c.poly(
            [
                (x - face * 0.07 * s, y - 0.78 * s),
                (x - face * 0.24 * s, y - 0.76 * s),
                (x - face * 0.2 * s, y - 0.5 * s),
                (x - face * 0.07 * s, y - 0.5 * s),
            ],
            basket,
        )
    body = [(-0.1, 0.8), (0.1, 0.8), (0.125, 0.72), (0.1, 0.42), (-0.1, 0.42), (-0.125, 0.72)]
    c.poly([(x + dx * s, y - dy * s) for dx, dy in body], top)
    _arms(c, x, y, s, mix(top, "#14161c", 0.22), skin, pose, face)
    c.rect(x - 0.03 * s, y - 0.85 * s, x + 0.03 * s, y - 0.79 * s, skin)
    c.oval(x + face * 0.008 * s, y - 0.895 * s, 0.07 * s, 0.082 * s, skin)
    _head(c, x, y, s, hat, face)


def _arms(c: Canvas, x: float, y: float, s: float, sleeve: Colour, skin: Colour, pose: str, face: int) -> None:
    hands = {
        "stand": ((-0.15, 0.46), (0.15, 0.46)),
        "walk": ((-0.2, 0.5), (0.2, 0.5)),
        "wave": ((-0.15, 0.46), (0.25, 1.02)),
        "reach": ((0.3, 0.66), (0.28, 0.58)),
        "salute": ((-0.14, 0.46), (0.1, 0.92)),
    }[pose]
    for side, (dx, dy) in zip((-1, 1), hands, strict=True):
        shoulder = (x + side * 0.1 * s * face, y - 0.77 * s)
        if pose == "salute" and side == 1:
            elbow = (x + 0.24 * s * face, y - 0.74 * s)
        else:
            elbow = ((shoulder[0] + x + dx * s * face) / 2 + side * face * 0.015 * s, (shoulder[1] + y - dy * s) / 2)
        hand = (x + dx * s * face, y - dy * s)
        c.line([shoulder, elbow, hand], sleeve, 0.055 * s)
        c.oval(*hand, 0.03 * s, 0.03 * s, skin)


def _head(c: Canvas, x: float, y: float, s: float, hat: Colour | None, face: int) -> None:
    if hat is None:
        c.oval(x, y - 0.91 * s, 0.08 * s, 0.086 * s, HAIR)
        c.oval(x + face * 0.012 * s, y - 0.882 * s, 0.058 * s, 0.062 * s, SKIN)
        return
    brim, tip = 0.17 * s, 0.14 * s
    c.poly([(x - brim, y - 0.9 * s), (x, y - 0.9 * s - tip), (x + brim, y - 0.9 * s), (x, y - 0.875 * s)], hat)
    c.poly([(x, y - 0.9 * s - tip), (x + face * brim, y - 0.9 * s), (x, y - 0.875 * s)], mix(hat, "#5a3d1c", 0.22))


def stooping(c: Canvas, x: float, y: float, tall: float, top: Colour, legs: Colour = "#2c2c38", face: int = 1) -> None:
    """Draw someone bent over field work in a conical hat."""
    s = tall
    c.poly(
        [(x - 0.1 * s, y), (x - 0.02 * s, y), (x + face * 0.03 * s, y - 0.45 * s), (x - face * 0.12 * s, y - 0.48 * s)],
        legs,
    )
    c.poly(
        [(x + 0.1 * s, y), (x + 0.03 * s, y), (x - face * 0.06 * s, y - 0.44 * s), (x + face * 0.06 * s, y - 0.44 * s)],
        legs,
    )
    back = [(-0.14, 0.46), (-0.06, 0.58), (0.18, 0.6), (0.3, 0.5), (0.26, 0.42), (0.04, 0.38)]
    c.poly([(x + face * dx * s, y - dy * s) for dx, dy in back], top)
    c.line(
        [(x + face * 0.24 * s, y - 0.46 * s), (x + face * 0.26 * s, y - 0.12 * s)], mix(top, "#14161c", 0.25), 0.05 * s
    )
    c.oval(x + face * 0.32 * s, y - 0.46 * s, 0.06 * s, 0.06 * s, SKIN)
    hat = [(0.2, 0.6), (0.47, 0.56), (0.4, 0.32), (0.32, 0.46)]
    c.poly([(x + face * dx * s, y - dy * s) for dx, dy in hat], STRAW)


def seated(
    c: Canvas, x: float, y: float, tall: float, top: Colour, hair: Colour = HAIR, hat: Colour | None = None
) -> None:
    """Draw someone seen from behind, sitting on height `y`."""
    s = tall
    c.poly(
        [
            (x - 0.2 * s, y),
            (x - 0.19 * s, y - 0.45 * s),
            (x - 0.1 * s, y - 0.6 * s),
            (x + 0.1 * s, y - 0.6 * s),
            (x + 0.19 * s, y - 0.45 * s),
            (x + 0.2 * s, y),
        ],
        top,
    )
    c.rect(x - 0.045 * s, y - 0.68 * s, x + 0.045 * s, y - 0.58 * s, mix(SKIN, top, 0.3))
    c.oval(x, y - 0.79 * s, 0.12 * s, 0.14 * s, hair)
    if hat:
        c.poly([(x - 0.3 * s, y - 0.78 * s), (x, y - 1.05 * s), (x + 0.3 * s, y - 0.78 * s)], hat)


def carrier(c: Canvas, x: float, y: float, tall: float, top: Colour, load: Colour, face: int = 1) -> None:
    """Draw a woman walking with two baskets on a shoulder pole."""
    s = tall
    person(c, x, y, s, top, hat=STRAW, pose="walk", face=face)
    c.line([(x - 0.62 * s, y - 0.77 * s), (x, y - 0.84 * s), (x + 0.62 * s, y - 0.77 * s)], "#8a6a3c", 0.03 * s)
    for side in (-1, 1):
        bx = x + side * 0.6 * s
        for dx in (-0.14, 0.14):
            c.line([(bx, y - 0.77 * s), (bx + dx * s, y - 0.3 * s)], "#8a6a3c", 0.012 * s)
        c.oval(bx, y - 0.3 * s, 0.15 * s, 0.09 * s, load)
        c.poly(
            [
                (bx - 0.16 * s, y - 0.3 * s),
                (bx + 0.16 * s, y - 0.3 * s),
                (bx + 0.1 * s, y - 0.12 * s),
                (bx - 0.1 * s, y - 0.12 * s),
            ],
            "#b08a52",
        )


def cyclist(c: Canvas, x: float, y: float, tall: float, top: Colour, hat: Colour | None = STRAW, face: int = 1) -> None:
    """Draw someone riding a bicycle."""
    s, dark = tall, "#2b2d33"
    for dx in (-0.3, 0.3):
        c.pen.ellipse(
            [v * 2 for v in (x + (dx - 0.17) * s, y - 0.34 * s, x + (dx + 0.17) * s, y)],
            outline=dark,
            width=max(2, round(s * 0.045)),
        )
    frame = [(-0.3, 0.17), (-0.08, 0.4), (0.22, 0.4), (0.3, 0.17), (0.2, 0.52)]
    c.line([(x + face * dx * s, y - dy * s) for dx, dy in frame], dark, 0.025 * s)
    c.line(
        [(x - face * 0.08 * s, y - 0.46 * s), (x + face * 0.08 * s, y - 0.34 * s), (x + face * 0.02 * s, y - 0.1 * s)],
        "#30303c",
        0.07 * s,
    )
    c.poly(
        [(x + face * dx * s, y - dy * s) for dx, dy in ((-0.18, 0.46), (-0.02, 0.44), (0.1, 0.74), (-0.04, 0.78))], top
    )
    c.line(
        [(x + face * 0.05 * s, y - 0.72 * s), (x + face * 0.2 * s, y - 0.54 * s)], mix(top, "#14161c", 0.2), 0.05 * s
    )
    c.oval(x + face * 0.05 * s, y - 0.86 * s, 0.07 * s, 0.08 * s, SKIN)
    _head(c, x + face * 0.05 * s, y + 0.035 * s, s, hat, face)


def buffalo(c: Canvas, x: float, y: float, size: float, hide: Colour = "#4a4648", face: int = 1) -> None:
    """Draw a water buffalo, its length about 1.3 times `size`."""
    s = size

    def at(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + face * dx * s, y - dy * s) for dx, dy in pairs]

    dark = mix(hide, "#101015", 0.35)
    for dx, tone in ((-0.3, dark), (0.34, dark), (-0.42, hide), (0.26, hide)):
        c.poly(at((dx - 0.07, 0.4), (dx + 0.08, 0.4), (dx + 0.05, 0), (dx - 0.05, 0)), tone)
    c.poly(
        at(
            (-0.55, 0.6),
            (-0.48, 0.74),
            (-0.2, 0.76),
            (0.15, 0.84),
            (0.4, 0.76),
            (0.46, 0.55),
            (0.36, 0.34),
            (0, 0.27),
            (-0.4, 0.33),
            (-0.53, 0.42),
        ),
        hide,
    )
    c.line(at((-0.53, 0.66), (-0.6, 0.5), (-0.58, 0.28)), dark, 0.035 * s)
    c.poly(
        at((0.36, 0.76), (0.52, 0.8), (0.66, 0.72), (0.8, 0.46), (0.75, 0.38), (0.66, 0.4), (0.46, 0.5)),
        mix(hide, "#101015", 0.15),
    )
    c.poly(at((0.48, 0.76), (0.36, 0.72), (0.46, 0.68)), dark)
    horn = ((0.6, 0.78), (0.5, 0.9), (0.36, 0.94), (0.24, 0.88), (0.37, 0.88), (0.47, 0.84), (0.52, 0.77))
    c.poly(at(*horn), mix(hide, "#d8cfc0", 0.6))
    c.oval(*at((0.64, 0.62))[0], 0.018 * s, 0.018 * s, "#111114")


def sampan(c: Canvas, x: float, y: float, long: float, hull: Colour, face: int = 1) -> None:
    """Draw a low wooden boat with its middle on the waterline at (x, y)."""
    s = long
    upper = [(-0.5, 0.1), (-0.42, 0.06), (0, 0.035), (0.42, 0.06), (0.52, 0.12)]
    lower = [(0.42, -0.01), (0.3, -0.045), (-0.3, -0.045), (-0.42, -0.015)]
    c.poly([(x + face * dx * s, y - dy * s) for dx, dy in upper + lower], hull)
    c.line([(x + face * dx * s, y - dy * s) for dx, dy in upper], mix(hull, "#ffffff", 0.3), 0.008 * s)


def crowd(
    c: Canvas, box: tuple[float, float, float, float], count: int, colours: tuple[Colour, ...], size: float
) -> None:
    """Scatter heads and shoulders over a stand, back rows first."""
    x0, y0, x1, y1 = box
    for i in range(count):
        y = y0 + (y1 - y0) * i / count
        x = c.rng.uniform(x0, x1)
        c.rect(x - size * 0.5, y, x + size * 0.5, y + size * 0.9, c.rng.choice(colours))
        c.oval(x, y - size * 0.3, size * 0.34, size * 0.4, mix(SKIN, HAIR, c.rng.choice((0.1, 0.8))))
