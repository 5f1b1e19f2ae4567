"""What processes of this machine have worked and how much memory they hold, read from /proc as Linux has it."""

from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
# Of /proc/<pid>/stat: ticks of a hundredth of a second, wherever Linux runs.
TICKS = 100


def cpu_seconds(pid: int) -> float:
    """What a process has worked so far, in user mode and in the system; 0 for one that has gone.

    To the nanosecond where the kernel counts so (schedstat, thread by thread), else to the tick, as while one ends
    and some of its threads have gone.
    """
    try:
        threads = [path.read_text() for path in PROC.glob(f"{pid}/task/*/schedstat")]
        exact = sum(int(line.split()[0]) for line in threads) / 1e9
        return max(exact, sum(_times(pid)[:2]) / TICKS)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def cpu_of_children_gone(pid: int) -> float:
    """What those of its children have worked, in seconds, that have ended and were waited for."""
    try:
        return sum(_times(pid)[2:]) / TICKS
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def children(pid: int) -> list[int]:
    """The processes that a process has started itself and that are alive."""
    found = []
    for path in PROC.glob(f"{pid}/task/*/children"):
        found += [int(child) for child in path.read_text().split()]
    return found


def parent(pid: int) -> int:
    """The process that started a process; 0 for one that has gone."""
    try:
        return int(_stat(pid)[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def session(pid: int) -> int:
    """The process that leads the session of a process; 0 for one that has gone."""
    try:
        return int(_stat(pid)[3])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def is_alive(pid: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        return _stat(pid)[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def memory(pids: Iterable[int]) -> float:
    """Megabytes that processes hold together; a page of memory that several share is divided among them (PSS)."""
    return sum(_proportional_kilobytes(pid) for pid in pids) / 1024


def _proportional_kilobytes(pid: int) -> int:
    [line] = [line for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")]
    return int(line.split()[1])


def _times(pid: int) -> list[int]:
    """utime, stime, cutime, cstime."""
    return [int(number) for number in _stat(pid)[11:15]]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on: the name before them may hold blanks and brackets."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
