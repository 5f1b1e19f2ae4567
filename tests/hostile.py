"""Picture files that nobody means well with, made here byte by byte: name -> what makes the file."""

import gzip
import io
import random
import struct
import zlib

from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"
HUGE = 16_383  # The widest that a WebP can say.


# --- PNG


def chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    crc = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png(width: int, height: int, *extra: bytes, rows: int | None = None) -> bytes:
    """Black, one bit a pixel; `extra` chunks stand before the pixels, of which there may be fewer than are claimed."""
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _ in range(height if rows is None else rows))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", pixels + packer.flush()), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(size: int) -> bytes:
    """So many zeros, a thousandth as long."""
    return zlib.compress(bytes(size), 9)


# --- WebP


def webp(width: int, height: int) -> bytes:
    """One colour in VP8L, without a single bit a pixel: 40 bytes for a quarter of a gigapixel."""
    bits = [(0x2F, 8), (width - 1, 14), (height - 1, 14), (0, 1), (0, 3), (0, 3)]
    # Five codes of one symbol each: is simple, has one symbol, of one bit, which is 0.
    bits += [(1, 1), (0, 1), (0, 1), (0, 1)] * 5
    value, place = 0, 0
    for number, length in bits:
        value |= number << place
        place += length
    data = value.to_bytes((place + 7) // 8 + 1, "little")
    data += bytes(len(data) % 2)
    riff = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(riff)) + riff


# --- Others


def saved(kind: str, size=(600, 400), **options) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def many(kind: str) -> bytes:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg_with(*segments: bytes, **options) -> bytes:
    """A JPEG with more segments behind its first two bytes."""
    whole = saved("JPEG", **options)
    return whole[:2] + b"".join(segments) + whole[2:]


def jpeg_that_claims(width: int, height: int) -> bytes:
    whole = saved("JPEG")
    place = whole.index(b"\xff\xc0") + 5
    return whole[:place] + struct.pack(">HH", height, width) + whole[place + 4 :]


def scans(number: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    whole = saved("JPEG", (2000, 2000), progressive=True)
    place = whole.rindex(b"\xff\xda")
    return whole[:place] + whole[place:-2] * number + whole[-2:]


def profile(size: int) -> bytes:
    """The head of a colour profile for RGB, and noise."""
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ").ljust(36, b"\0") + b"acsp"
    return (head.ljust(128, b"\0") + struct.pack(">I", 60_000) + random.Random(3).randbytes(size))[:size]


def jpeg_with_profile(size: int) -> bytes:
    data = profile(size)
    parts = [data[start : start + 65_000] for start in range(0, size, 65_000)]
    heads = [b"ICC_PROFILE\0" + bytes([number + 1, len(parts)]) for number in range(len(parts))]
    return jpeg_with(*(segment(0xE2, head + part) for head, part in zip(heads, parts, strict=True)))


def exif(*entries: tuple, following: int = 0) -> bytes:
    """EXIF of one directory of (tag, type, count, value), and the place of the next."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", following)


# What must be refused: name -> (what makes the file, status, words in the answer).
NO_PICTURE, TOO_LARGE, DAMAGED = "Không đọc được ảnh từ tệp này", "triệu điểm ảnh", "Tệp bị hỏng"
MOVING, UNUSUAL = "ảnh động", "cách bất thường"
REFUSED = {
    # Bombs.
    "a.png 400 megapixels in 60 kB": (lambda: png(20_000, 20_000), 400, TOO_LARGE),
    "a.png 4 gigapixels claimed": (lambda: png(2**31 - 1, 2**31 - 1, rows=0), 400, TOO_LARGE),
    "a.png 65,535 squared claimed": (lambda: png(65_535, 65_535, rows=0), 400, TOO_LARGE),
    "a.webp 268 megapixels in 40 bytes": (lambda: webp(HUGE, HUGE), 400, TOO_LARGE),
    "a.webp 45 megapixels in 40 bytes": (lambda: webp(7_500, 6_000), 400, TOO_LARGE),
    "a.jpg 4 gigapixels claimed": (lambda: jpeg_that_claims(65_500, 65_500), 400, TOO_LARGE),
    "a.jpg 64 megapixels claimed": (lambda: jpeg_that_claims(8_000, 8_000), 400, TOO_LARGE),
    "a.jpg 49 megapixels claimed and not there": (lambda: jpeg_that_claims(7_000, 7_000)[:4_000], 400, DAMAGED),
    "a.jpg of no size": (lambda: jpeg_that_claims(0, 0), 400, NO_PICTURE),
    "a.gif 4 gigapixels claimed": (lambda: b"GIF89a" + b"\xff" * 4 + bytes(700), 400, NO_PICTURE),
    "a.tif 4 gigapixels claimed": (lambda: saved("TIFF").replace(struct.pack("<H", 600), b"\xff\xff"), 400, NO_PICTURE),
    "a.jpg of 2,000 scans": (lambda: scans(2_000), 400, UNUSUAL),
    "a.jpg of 7 million empty segments": (lambda: jpeg_with(b"\xff\xe0\x00\x02" * 7_000_000), 400, UNUSUAL),
    "a.jpg of 28 MB between its segments": (lambda: jpeg_with(b"\xff" * 14_000_000, bytes(14_000_000)), 400, UNUSUAL),
    "a.jpg of 7 million segments behind marks without length": (
        lambda: jpeg_with((b"\xff\xd0" + b"\xff\xe0\x00\x02" * 16_000) * 440),
        400,
        UNUSUAL,
    ),
    "a.png of 2 million empty chunks": (lambda: png(600, 400, chunk(b"zzZz", b"") * 2_400_000), 400, UNUSUAL),
    # Moving ones, and several in one file.
    "a.gif that moves": (lambda: many("GIF"), 400, NO_PICTURE),
    "a.png that moves": (lambda: many("PNG"), 400, MOVING),
    "a.webp that moves": (lambda: many("WEBP"), 400, MOVING),
    "a.tif of three pages": (lambda: many("TIFF"), 400, NO_PICTURE),
    "a.pdf of three pages": (lambda: many("PDF"), 400, NO_PICTURE),
    # Cut off or broken within.
    "a.jpg cut off": (lambda: saved("JPEG", (900, 900))[:3000], 400, DAMAGED),
    "a.png cut off": (lambda: saved("PNG", (900, 900))[:-400], 400, DAMAGED),
    "a.webp cut off": (lambda: saved("WEBP", (900, 900))[:-400], 400, NO_PICTURE),
    "a.jpg head alone": (lambda: saved("JPEG")[:20], 400, NO_PICTURE),
    "a.png without pixels": (lambda: png(600, 400, rows=0), 400, DAMAGED),
    "a.png whose sum is wrong": (lambda: png(600, 400, chunk(b"gAMA", bytes(4), crc=1)), 400, NO_PICTURE),
    "a.jpg empty": (lambda: b"", 400, "Tệp này trống"),
    # What is no picture, or none that is taken, whatever it calls itself.
    "a.jpg a page": (lambda: b"<!doctype html><title>a</title>" + SCRIPT, 400, NO_PICTURE),
    "a.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 400, NO_PICTURE),
    "a.jpg a drawing": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 400, NO_PICTURE),
    "a.svgz": (lambda: gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), 400, NO_PICTURE),
    "a.jpg a program for printers": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", 400, NO_PICTURE),
    "a.gif and script": (lambda: b"GIF89a/*" + saved("GIF")[8:] + b"*/=1;alert(1)", 400, NO_PICTURE),
    "a.bmp": (lambda: saved("BMP"), 400, NO_PICTURE),
    "a.ico": (lambda: saved("ICO"), 400, NO_PICTURE),
    "a.avif": (lambda: saved("AVIF"), 400, NO_PICTURE),
    # Far more text than picture.
    "a.png text of 100 MB, packed": (
        lambda: png(600, 400, chunk(b"zTXt", b"a\0\0" + packed(100_000_000))),
        400,
        NO_PICTURE,
    ),
    "a.png ninety texts of a megabyte": (
        lambda: png(600, 400, *[chunk(b"zTXt", b"a\0\0" + packed(1_000_000))] * 90),
        400,
        NO_PICTURE,
    ),
    "a.png profile of 100 MB, packed": (
        lambda: png(600, 400, chunk(b"iCCP", b"a\0\0" + packed(100_000_000))),
        400,
        NO_PICTURE,
    ),
    "a.jpg of 50 MB": (lambda: saved("JPEG") + bytes(50_000_000), 413, "30 MB"),
}

# What may come in, since nothing of it but pixels goes out.
HARMLESS = {
    "a.jpg.html a picture by its content": lambda: saved("JPEG"),
    "a.jpg is a PNG": lambda: saved("PNG"),
    "a.jpg with a page behind it": lambda: saved("JPEG") + b"<!doctype html>" + SCRIPT,
    "a.html picture and page at once": lambda: jpeg_with(segment(0xFE, b"--><html><body>" + SCRIPT)),
    "a.jpg script in a comment": lambda: jpeg_with(segment(0xFE, b"*/=1;" + SCRIPT)),
    "a.jpg a second picture behind": lambda: many("MPO"),
    "a.png text in all chunks": lambda: png(600, 400, chunk(b"tEXt", b"Title\0" + SCRIPT), chunk(b"iTXt", SCRIPT)),
    "a.png with an archive behind it": lambda: saved("PNG") + b"PK\x03\x04" + SCRIPT,
    "a.webp with more behind it": lambda: saved("WEBP") + SCRIPT,
    "a.png 59 megapixels in 8 kB": lambda: png(7_700, 7_700),
    "a.webp 29 megapixels in 40 bytes": lambda: webp(5_400, 5_400),
    "a.jpg profile of 8 MB of noise": lambda: jpeg_with_profile(8_000_000),
    "a.jpg profile of 500 bytes of noise": lambda: jpeg_with_profile(500),
    "a.jpg turned by 99": lambda: jpeg_with(segment(0xE1, exif((0x0112, 3, 1, 99)))),
    "a.jpg turned by text": lambda: jpeg_with(segment(0xE1, exif((0x0112, 2, 400_000_000, 8)))),
    "a.jpg EXIF that follows itself": lambda: jpeg_with(
        segment(0xE1, exif((0x8769, 4, 1, 8), (0x8825, 4, 1, 8), following=8))
    ),
    "a.jpg EXIF of nothing": lambda: jpeg_with(segment(0xE1, b"Exif\0\0")),
    "a.jpg EXIF with a script": lambda: jpeg_with(segment(0xE1, exif((0x010E, 2, 39, 26)) + SCRIPT)),
    "a.jpg forty empty EXIFs": lambda: jpeg_with(*[segment(0xE1, bytes(65_000))] * 40),
}
