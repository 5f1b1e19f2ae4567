"""Readers of a running site: one who asks for one page after the other, and many at once (wrk, else threads)."""

import http.client
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, cycle, takewhile
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

# A page that takes longer is given up, and counts as failed.
TIMEOUT = 30
# Asks for the pages of a list in turn, and tells of it in one line: requests, failures, and microseconds.
_SCRIPT = """
local asked, number = {}, 0
init = function(args)
  for path in io.lines(args[1]) do asked[#asked + 1] = wrk.format("GET", path, wrk.headers) end
end
request = function()
  number = number + 1
  return asked[(number - 1) % #asked + 1]
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("TOLD %d %d %d %d %d %d\\n", summary.requests, e.status + e.connect + e.read + e.write
    + e.timeout, summary.duration, latency:percentile(50), latency:percentile(99), latency.max))
end
"""
_TOLD = re.compile(r"^TOLD (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Load:
    """What many readers saw: how many requests were answered, how many not, and milliseconds until the answers."""

    requests: int
    failed: int
    seconds: float
    median: float
    late: float
    """Of a hundred answers one took longer."""
    longest: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


@dataclass
class Reader:
    """One person with one connection. `own_address`: the address that the site sees, of this machine's own."""

    host: str
    own_address: str = ""
    waited: list[float] = field(default_factory=list)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in small letters) and content of a page."""
        return self.ask("GET", path, headers=headers)

    def ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None):
        """One request; what it took is noted in `waited`, in milliseconds. A connection that was closed is renewed."""
        began = time.perf_counter()
        try:
            answer = self._asked(method, path, body, headers or {})
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server closes a line on which nobody has spoken for some seconds.
            self.hang_up()
            answer = self._asked(method, path, body, headers or {})
        self.waited.append(1000 * (time.perf_counter() - began))
        return answer

    def hang_up(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def _asked(self, method, path, body, headers):
        if self._line is None:
            source = (self.own_address, 0) if self.own_address else None
            self._line = http.client.HTTPConnection(self.host, timeout=TIMEOUT, source_address=source)
        self._line.request(method, path, body=body, headers=headers)
        response = self._line.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


@contextmanager
def reader(host: str, own_address: str = "") -> Iterator[Reader]:
    """A reader whose connection is closed at the end."""
    one = Reader(host, own_address)
    try:
        yield one
    finally:
        one.hang_up()


def crowd(
    host: str,
    paths: Iterable[str],
    *,
    seconds: float,
    connections: int,
    wrk: str = "",
    headers: dict[str, str] | None = None,
) -> Load:
    """Readers who ask for these pages in turn for so long, each as soon as the last one is there.

    `wrk`: the program of that name, or '' for threads of our own, which are slower than a fast site.
    """
    drive = _by_wrk(wrk) if wrk else _in_turn
    return drive(host, list(paths), seconds, connections, headers or {})


def _by_wrk(program: str) -> Callable[..., Load]:
    def drive(host: str, paths: list[str], seconds: float, connections: int, headers: dict[str, str]) -> Load:
        with TemporaryDirectory() as folder:
            script, list_ = Path(folder, "turns.lua"), Path(folder, "paths")
            script.write_text(_SCRIPT)
            list_.write_text("\n".join(paths))
            command = [program, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", f"--timeout={TIMEOUT}s"]
            command += [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
            command += ["-s", str(script), f"http://{host}", "--", str(list_)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        requests, failed, *micros = map(int, _TOLD.search(said).groups())
        return Load(requests, failed, micros[0] / 1e6, *(micro / 1000 for micro in micros[1:]))

    return drive


def visit(host: str, paths: Iterable[str], connections: int) -> Load:
    """Readers who together ask for each of these pages once, one page after the other."""
    return _by_threads(host, iter(list(paths)), connections, {})


def _in_turn(host: str, paths: list[str], seconds: float, connections: int, headers: dict[str, str]) -> Load:
    ends, asked = time.perf_counter() + seconds, cycle(paths)
    in_time = takewhile(lambda _path: time.perf_counter() < ends, asked)
    # One at least, however busy the machine is.
    return _by_threads(host, chain([next(asked)], in_time), connections, headers)


def _by_threads(host: str, paths: Iterator[str], connections: int, headers: dict[str, str]) -> Load:
    """What threads of ours saw who share the paths among them."""
    began, lock = time.perf_counter(), threading.Lock()
    readers, failed = [Reader(host) for _ in range(connections)], []

    def read(one: Reader) -> None:
        while path := _next(paths, lock):
            try:
                status, _headers, _content = one.get(path, headers)
            except OSError:
                status = 0
                one.hang_up()
            if not 200 <= status < 400:
                failed.append(status)
        one.hang_up()

    threads = [threading.Thread(target=read, args=[one]) for one in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waited = [wait for one in readers for wait in one.waited]
    late = quantiles(waited, n=100)[98] if len(waited) > 1 else waited[0]
    return Load(len(waited), len(failed), time.perf_counter() - began, median(waited), late, max(waited))


def _next(paths: Iterator[str], lock: threading.Lock) -> str:
    with lock:
        return next(paths, "")
