"""Progress of long work on a terminal; silent where nobody watches."""

import sys
from collections.abc import Callable, Iterable, Iterator

_WIDTH = 30


def bar(label: str, stream=None) -> Callable[[Iterable], Iterator]:
    """A wrapper for an iterable of known length that draws a bar on `stream` (stderr) while it is walked."""
    stream = stream or sys.stderr

    def watch(items: Iterable) -> Iterator:
        items = items if hasattr(items, "__len__") else list(items)
        total = len(items)
        for number, item in enumerate(items, start=1):
            yield item
            if stream.isatty():
                done = _WIDTH * number // total
                end = "\n" if number == total else ""
                stream.write(f"\r{label} {'█' * done}{'░' * (_WIDTH - done)} {number}/{total}{end}")
                stream.flush()

    return watch
