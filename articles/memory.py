"""What a process remembers of what it found, under the number that it was found under: nothing is told to forget.

Threads share it without a lock. At worst two of them look for the same, and find the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

_MISSING = object()


class Newest:
    """As many things as are set, each under a key of its own; the first that came is the first to go."""

    def __init__(self, limit: int):
        self._limit, self._found = limit, OrderedDict()

    def get(self, key: Hashable, otherwise: Any = None) -> Any:
        return self._found.get(key, otherwise)

    def put(self, key: Hashable, found: Any) -> None:
        self._found[key] = found
        while len(self._found) > self._limit:
            self._found.popitem(last=False)

    def once(self, key: Hashable, ask: Callable[[], Any]) -> Any:
        """What stands under a key, or what `ask` finds now."""
        found = self._found.get(key, _MISSING)
        if found is _MISSING:
            found = ask()
            self.put(key, found)
        return found

    def clear(self) -> None:
        self._found.clear()


class Latest:
    """What was found under one key, the last that was asked for; another key begins with nothing.

    For keys that grow, such as the numbers of the edition.
    """

    def __init__(self, limit: int):
        self._limit, self._now = limit, (None, Newest(limit))

    def under(self, key: Hashable) -> Newest:
        known_for, known = self._now
        if known_for != key:
            known = Newest(self._limit)
            self._now = key, known
        return known
