"""Stories from the mill, ground by processes of their own where many are wanted; free of Django, as the mill is."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from .mill import Ground, Mill, Stock

# Stories that one process grinds in seconds: starting others would take longer.
ALONE = 10_000
# Batches that lie ground for each process, twenty megabytes each.
AHEAD = 2


@contextmanager
def grinder(stock: Stock, number: int) -> Iterator[Callable]:
    """A function from batches of numbers to their stories, batch by batch and in order. `number`: of all stories."""
    if number <= ALONE:
        yield partial(map, Mill(stock).grind)
        return
    workers = os.cpu_count() or 1
    # None is a copy of this process, whose connections belong to it alone.
    with ProcessPoolExecutor(workers, get_context("spawn"), _build, (stock,)) as pool:
        yield partial(_ahead, pool, AHEAD * workers)


def _ahead(pool: ProcessPoolExecutor, number: int, batches: list[range]) -> Iterator[list[Ground]]:
    """The stories of the batches; never more than `number` batches wait to be taken, or the memory would be full."""
    waiting = deque()
    for batch in batches:
        waiting.append(pool.submit(_grind, batch))
        if len(waiting) >= number:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


# --- In a process that grinds


_mill: Mill | None = None


def _build(stock: Stock) -> None:
    global _mill
    _mill = Mill(stock)


def _grind(batch: range) -> list[Ground]:
    return _mill.grind(batch)
