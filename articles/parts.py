"""Parts of a page that many pages share: each is made once for a frame, a day and what it shows, and kept by itself.

While a page is made for the page cache, a part leaves only a token in the text. The cache puts the parts in, and keeps
the page as its own pieces with the parts' keys between them.
"""

import re
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from .keeping import edition_of
from .memory import Newest

# A part is put away for a day: by midnight it is out of date anyway.
KEPT_FOR = 24 * 60 * 60
# How hard texts are packed for the cache, of 1 to 9: 1 makes a quarter of them in a fifth of a millisecond.
PACKING = 1
# What stands for a part until the page is put together: a sign that no text of ours can hold (text.clean,
# html.clean_body) and a word that nobody can guess, for addresses are printed, too; between signs the part's number.
_WORD = secrets.token_hex(8)
_TOKEN = re.compile(rf"\x00{_WORD}:(\d+)\x00".encode())

# Scraps remembered by a process, the oldest forgotten first: those of a front page and all sections, a kilobyte each.
_scraps = Newest(2000)


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands on a page. `area`: the place of blocks that it is, whose stories change by themselves."""

    key: str
    html: bytes
    area: tuple[str, ...] = ()


def shared(request, *shown, make: Callable[[], str], area: tuple[str, ...] = ()) -> SafeString:
    """The part that shows these things, from what is kept or made now; a token for it while a page is put together.

    `shown` tells one part from every other of the same frame and day.
    """
    current = edition_of(request)
    if current is None or getattr(request, "is_within_part", False):
        return mark_safe(make())  # noqa: S308 (a template made it)
    part = kept(request, shown, make, area)
    request.parts.append(part)
    return mark_safe(f"\x00{_WORD}:{len(request.parts) - 1}\x00")  # noqa: S308 (a number)


def kept(request, shown: tuple, make: Callable[[], str], area: tuple[str, ...] = ()) -> Part:
    """The part from the cache, or made and put there."""
    key = key_of(request.edition.mark, shown)
    packed = cache.get(key)
    if packed is not None:
        return Part(key, unpacked(packed), area)
    request.is_within_part = True
    try:
        html = make().encode()
    finally:
        request.is_within_part = False
    cache.set(key, pack(html), KEPT_FOR)
    return Part(key, html, area)


def remembered(request, *shown, make: Callable[[], str], has_pictures: bool = True) -> SafeString:
    """A scrap of a page, a card or a block, from the memory of this process, or made now.

    `shown` tells it from every other of the same frame and day, the numbers of its stories included. A scrap that may
    hold the first picture of its page (not without `has_pictures`) is made each time: that picture is told not to wait.
    """
    current = edition_of(request)
    # Before any change of the frame nothing has a number that it could be remembered under.
    is_numbered = current is not None and current.numbers.frame
    if not is_numbered or (has_pictures and not getattr(request, "has_first_picture", False)):
        return mark_safe(make())  # noqa: S308 (a template made it)
    return _scraps.once((current.mark, *shown), lambda: mark_safe(make()))  # noqa: S308 (a template made it)


def key_of(mark: str, shown: tuple) -> str:
    return f"packed-part:{blake2b(repr((mark, shown)).encode(), digest_size=16).hexdigest()}"


def pack(text: bytes) -> bytes:
    """A text as the cache holds it."""
    return zlib.compress(text, PACKING)


def unpacked(text: bytes) -> bytes:
    """The text that `pack` was given."""
    return zlib.decompress(text)


def split(content: bytes) -> list[bytes]:
    """The pieces of a page, and between each two of them the number of a part."""
    return _TOKEN.split(content)
