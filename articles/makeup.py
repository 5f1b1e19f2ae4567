"""How a picture file is put together, looked at before any decoder is: the parts of a JPEG and of a PNG, counted.

Pillow takes each part in hand by itself, and notes many of them: thirty megabytes of empty ones keep it busy for a
minute and fill a gigabyte.
"""

from PIL import JpegImagePlugin

# The profile and the notes of a camera come in parts of 64 kB each: a hundred at the most. Between the parts some
# programs leave stray bytes, each of which counts here as one.
SEGMENT_LIMIT = 1_000
# Pixels come in parts of 4 kB or more: 7,500 in a file of the size that is taken.
CHUNK_LIMIT = 20_000
# A progressive JPEG has about ten scans, its previews one or two each. Each scan of a large picture takes the decoder
# a quarter of a second even if it is empty, so a small file of thousands of them would keep it busy for an hour.
SCAN_LIMIT = 40
# The rest of a file is looked through in stretches of so many bytes.
STRETCH = 1024 * 1024

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_SCAN = b"\xff\xda"
# Markers that Pillow takes together with what follows them, as long as they say; it goes on right behind the others.
_WITH_LENGTH = {marker for marker, (*_names, handler) in JpegImagePlugin.MARKER.items() if handler}


def is_usual(file) -> bool:
    """Whether a file has no more parts than cameras and programs give it. Decoders of other formats count for us."""
    file.seek(0)
    start = file.read(len(_PNG))
    if start.startswith(_JPEG):
        scans = _first_scan(file)
        return scans is not None and _scans_from(file, scans) <= SCAN_LIMIT
    return start != _PNG or _has_few_chunks(file)


def stretches(file, start: int = 0):
    """The bytes of a file from a place on, STRETCH by STRETCH."""
    file.seek(start)
    while stretch := file.read(STRETCH):
        yield stretch


def _first_scan(file) -> int | None:
    """Where the segments of a JPEG end and its pixels begin, or the file; None where there are too many segments."""
    place = 2
    for _number in range(SEGMENT_LIMIT):
        file.seek(place)
        head = file.read(4)
        if len(head) < 4 or head[:2] == _SCAN:
            return place
        # What is no marker is skipped byte by byte.
        place += 2 + int.from_bytes(head[2:]) if int.from_bytes(head[:2]) in _WITH_LENGTH else 1
    return None


def _scans_from(file, start: int) -> int:
    """How many scans follow, those of what stands behind the picture among them. Coded pixels cannot hold the marker,
    as profiles do by chance."""
    found, before = 0, b""
    for stretch in stretches(file, start):
        found += (before[-1:] + stretch).count(_SCAN)
        before = stretch
    return found


def _has_few_chunks(file) -> bool:
    place = len(_PNG)
    for _number in range(CHUNK_LIMIT):
        file.seek(place)
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return True
        place += 12 + int.from_bytes(head[:4])
    return False
