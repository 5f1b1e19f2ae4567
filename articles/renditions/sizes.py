"""The closed set: which files a picture of a given size is to have, and which of them cannot wait.

A listing names files by shape, kind and size, as `Picture.renditions` does:

    {"full": {"webp": [[480, 320], [800, 533]], "jpg": [[800, 533]]}, "card": …, "square": …}
"""

from django.conf import settings

Listing = dict[str, dict[str, list[list[int]]]]

# shape -> (height for one of width, or None for the picture's own; widths). 3:2 is the shape of every card, 1:1 that
# of faces; a phone of 360 px takes 800 at most, whatever its density.
SHAPES = {
    "full": (None, (480, 800, 1200, 1600)),
    "card": (2 / 3, (240, 400, 640, 960)),
    "square": (1.0, (160, 320)),
}
# JPEGs are for programs that know no WebP: one of a middle size for old browsers, a large one for social networks.
JPEG_WIDTHS = {"full": (800, 1200), "card": (640,), "square": (320,)}
# What cannot wait: the grids of the desk (card 240), the story itself (full 800), cards on lists (640), faces (320).
FIRST_WIDTHS = {"full": (800,), "card": (240, 640), "square": (320,)}


def closed_set(size: tuple[int, int]) -> Listing:
    """Every file that a picture of this size is to have; nothing is ever blown up."""
    small = ("avif", "webp") if settings.PICTURES_AVIF else ("webp",)
    found: Listing = {}
    for shape, (ratio, widths) in SHAPES.items():
        ratio = ratio or size[1] / size[0]
        most = max(1, int(min(size[0], size[1] / ratio)))
        fitting = [width for width in widths if width <= most] or [min(most, widths[0])]
        sizes = [[width, max(1, round(width * ratio))] for width in fitting]
        found[shape] = dict.fromkeys(small, sizes) | {"jpg": _nearest(sizes, JPEG_WIDTHS[shape])}
    return found


def first_of(whole: Listing) -> Listing:
    """Of a closed set what cannot wait. AVIF can: it takes longest."""
    return {
        shape: {kind: _nearest(kinds[kind], FIRST_WIDTHS[shape]) for kind in ("webp", "jpg")}
        for shape, kinds in whole.items()
    }


def without(whole: Listing, have: Listing) -> Listing:
    """What `whole` has and `have` has not; empty if that is nothing."""
    missing = {
        shape: {
            kind: rest
            for kind, sizes in kinds.items()
            if (rest := [size for size in sizes if size not in have.get(shape, {}).get(kind, [])])
        }
        for shape, kinds in whole.items()
    }
    return {shape: kinds for shape, kinds in missing.items() if kinds}


def together(one: Listing, other: Listing) -> Listing:
    """What either has, the smaller sizes first.

    >>> together({"full": {"jpg": [[800, 533]]}}, {"full": {"jpg": [[1200, 800]], "webp": [[480, 320]]}})
    {'full': {'jpg': [[800, 533], [1200, 800]], 'webp': [[480, 320]]}}
    """
    return {
        shape: {
            kind: sorted([*one.get(shape, {}).get(kind, []), *without(other, one).get(shape, {}).get(kind, [])])
            for kind in sorted({**one.get(shape, {}), **other.get(shape, {})})
        }
        for shape in {**one, **other}
    }


def _nearest(sizes: list[list[int]], widths: tuple[int, ...]) -> list[list[int]]:
    """For each of the widths the largest size that is no wider, or the smallest of all."""
    picked = [max((size for size in sizes if size[0] <= width), default=sizes[0]) for width in widths]
    return [size for size in sizes if size in picked]
