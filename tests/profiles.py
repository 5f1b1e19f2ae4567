"""Colour profiles for tests, made here, whose effect nobody can miss."""

import struct
from itertools import product

from PIL import ImageCms

# D50, as every profile's connection space has it.
_WHITE = (0xF6D6, 0x10000, 0xD32D)


def _srgb() -> bytearray:
    return bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


def swapped() -> bytes:
    """RGB whose red is green and whose green is red."""
    profile = _srgb()
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def bright_grey() -> bytes:
    """Grey in which half the value is half the light: shown as it should be, 128 becomes about 190."""
    profile = _srgb()
    profile[16:20] = b"GRAY"
    entry = profile.index(b"rTRC")
    profile[entry : entry + 4] = b"kTRC"
    [offset] = struct.unpack(">I", profile[entry + 4 : entry + 8])
    struct.pack_into(">I", profile, offset + 12, 0x10000)  # The exponent: 1.
    return bytes(profile)


def cyan_is_red() -> bytes:
    """CMYK for a press whose first ink is red: no ink is white, that ink alone is red, all else is black."""
    white, red, black = (255, 128, 128), (136, 208, 195), (0, 128, 128)
    inks = {(0, 0, 0, 0): white, (1, 0, 0, 0): red}
    table = bytes(value for ink in product((0, 1), repeat=4) for value in inks.get(ink, black))
    identity = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x10000)
    ramp = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + ramp * 4 + table + ramp * 3
    point = b"XYZ \0\0\0\0" + struct.pack(">3I", *_WHITE)
    start = 128 + 4 + 2 * 12
    head = struct.pack(">I4sI4s4s4s12s4s", start + len(lut) + len(point), b"", 0x02400000, b"prtr", b"CMYK", b"Lab ",
                       bytes(12), b"acsp")  # fmt: skip
    head = head.ljust(68, b"\0") + struct.pack(">3I", *_WHITE)
    tags = struct.pack(">I4sII4sII", 2, b"A2B0", start, len(lut), b"wtpt", start + len(lut), len(point))
    return head.ljust(128, b"\0") + tags + lut + point
