"""How a picture is known again that has been scaled or saved anew."""

from itertools import pairwise

from PIL import Image

from .originals import Original

# Eight rows of eight comparisons between neighbours: 64 bits.
_COLUMNS, _ROWS = 9, 8
# Scaled to a tenth, saved at quality 30, lightened or sharpened, a copy differs in 4 bits at most; the two most alike
# of 26 different pictures of one hand (a bridge and a dam over the same river) in 12. Six is nearer to the copies: a
# question too many costs a click, but who is asked at every upload stops reading.
ALIKE_BITS = 6
# Likeness needs no detail: a JPEG is decoded at an eighth of its size where that leaves this many pixels.
ENOUGH = 256
# A field of one colour has no likeness: between tones closer than this the noise of the camera decides.
_FLAT = 2.0


def likeness_of(data: bytes) -> str:
    """The likeness of a picture file; raises Unreadable where it cannot be decoded."""
    original = Original(data)
    return likeness_of_image(original.decoded(min(1.0, ENOUGH / min(original.size))))


def likeness_of_image(image: Image.Image) -> str:
    """A "difference hash" as 16 hexadecimal digits: where it grows lighter from left to right. Empty if all is flat."""
    tones = image.convert("L").convert("F").resize((_COLUMNS, _ROWS), Image.Resampling.BOX)
    rows = [[tones.getpixel((x, y)) for x in range(_COLUMNS)] for y in range(_ROWS)]
    if max(map(max, rows)) - min(map(min, rows)) < _FLAT:
        return ""
    bits = "".join("01"[left < right] for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):016x}"


def are_alike(one: str, other: str) -> bool:
    """Whether two likenesses are so near that the pictures are probably one and the same."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_BITS
