"""Time on the clock and time of work: on a machine that is busy with something else only the second one tells much."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection

# The first runs read what later ones find in memory.
WARM_UP = 3
# Of /proc: ticks of a hundredth of a second, wherever Linux runs.
_TICKS = 100


@dataclass(frozen=True)
class Time:
    """Milliseconds: on the clock, of this process, and of the database's process that served it (0 on SQLite)."""

    clock: float
    work: float
    database: float = 0

    @property
    def cpu(self) -> float:
        return self.work + self.database


def once(act: Callable) -> Time:
    """The time of one run."""
    clock, work, database = time.perf_counter(), time.process_time(), _database_seconds()
    act()
    spent = time.perf_counter() - clock, time.process_time() - work, _database_seconds() - database
    return Time(*(1000 * seconds for seconds in spent))


def usual(act: Callable, runs: int) -> Time:
    """The median of `runs` after a warm-up; of the database the mean, since its clock is coarse."""
    for _ in range(WARM_UP):
        act()
    database, times = _database_seconds(), [once(act) for _ in range(runs)]
    served = 1000 * (_database_seconds() - database) / runs
    return Time(median(time.clock for time in times), median(time.work for time in times), served)


def _database_seconds() -> float:
    """What the server's process for our connection has worked so far, if it runs on this machine."""
    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS
