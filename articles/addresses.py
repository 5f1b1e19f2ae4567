"""Addresses of stories, sections and names, each worked out once.

A page prints dozens of them, and what Django does for one takes as long as a small query.
"""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

# Those of all sections, tags and series, and of the stories that are read these days; some 300 bytes each.
REMEMBERED = 10_000


def address(name: str, *args: str | int) -> str:
    """What `reverse` says of a name of our own URLs and its arguments."""
    return _address(get_script_prefix(), name, args)


@lru_cache(maxsize=REMEMBERED)
def _address(prefix: str, name: str, args: tuple) -> str:
    return reverse(name, args=args)
