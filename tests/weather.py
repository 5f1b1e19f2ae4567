"""Bad weather before the paper on servers, in figures: `python -m tests.weather`. Asks nothing of the shared services
but a database that is made and dropped; takes some three minutes.
"""

import contextlib
import resource
import secrets
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPSConnection
from pathlib import Path
from threading import Event, Thread

import psycopg

from .deployment import ask
from .nginx import HOST
from .town import read, town_in

SLOW, IDLE = 50, 10_000
READS = 200
FLOOD = 2000
# Descriptors of this process: one for each idle connection, and what else there is.
FILES = 16_000

_ANY = ssl._create_unverified_context()
_HEAD = f"GET / HTTP/1.1\r\nHost: {HOST}\r\n"


def main() -> int:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    folder = tempfile.TemporaryDirectory
    with folder() as house, folder() as front, town_in(Path(house), Path(front)) as town:
        read(town, town.story)
        tell("calm", town, readings(town))
        slow_heads(town)
        slow_bodies(town)
        idle(town)
        for name, paths in FLOODS.items():
            flood(town, name, paths)
        flood_through_nginx(town)
        tell("calm again", town, readings(town))
    return 0


def tell(name: str, town, times: list[float], **more) -> None:
    """A line of figures: what readers waited, and what the processes hold."""
    ms = sorted(1000 * one for one in times)
    told = f"median {statistics.median(ms):.1f} ms, 99 of 100 under {ms[int(0.99 * len(ms))]:.1f}, longest {ms[-1]:.1f}"
    told += f"; MB: nginx {memory(town.front):.0f}, web {' + '.join(f'{memory(web):.0f}' for web in town.webs)}"
    print(
        f"{name}: {told}", *(f"{key.replace('_', ' ')}: {value}" for key, value in more.items()), sep="; ", flush=True
    )


def readings(town, number: int = READS) -> list[float]:
    """Seconds for each of so many readings of one story, by a browser that keeps its connection."""
    found, browser = [], HTTPSConnection("127.0.0.1", town.front.port, context=_ANY, timeout=60)
    for _reading in range(number):
        began = time.perf_counter()
        browser.request("GET", town.story, headers={"Host": HOST})
        answer = browser.getresponse()
        answer.read()
        found.append(time.perf_counter() - began)
        assert answer.status == 200, answer.status
        time.sleep(0.02)
    browser.close()
    return found


def opened(town) -> ssl.SSLSocket:
    return _ANY.wrap_socket(socket.create_connection(("127.0.0.1", town.front.port), timeout=60))


def slowly(connections: list, begun: bytes, rest: bytes, over: Event) -> None:
    """Sends the beginning, and then of each connection a byte a second as long as the server bears it."""
    for connection in connections:
        connection.sendall(begun)
    for byte in rest:
        if over.wait(1):
            return
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.send(bytes([byte]))


def ended(connections: list) -> int:
    """How many of the connections the server has closed."""
    gone = 0
    for connection in connections:
        connection.settimeout(0.01)
        try:
            while data := connection.recv(4096):
                pass
            gone += data == b""
        except TimeoutError:
            pass
        except OSError:
            gone += 1
    return gone


def _slow(town, name: str, begun: bytes) -> None:
    connections, over = [opened(town) for _number in range(SLOW)], Event()
    sender = Thread(target=slowly, args=[connections, begun, b"x" * 60, over])
    sender.start()
    times = readings(town, 2 * READS)
    time.sleep(20)
    closed = ended(connections)
    over.set()
    sender.join()
    tell(name, town, times, closed_by_nginx=f"{closed} of {SLOW}")
    for connection in connections:
        connection.close()


def slow_heads(town) -> None:
    _slow(town, f"{SLOW} clients that send a byte of their head a second", f"{_HEAD}X-Slow: ".encode())


def slow_bodies(town) -> None:
    begun = _HEAD.replace("GET /", "POST /binh-luan/1/") + "Content-Length: 1000\r\n\r\n"
    _slow(town, f"{SLOW} clients that send a byte of a form a second", begun.encode())


def idle(town) -> None:
    """So many browsers that have read something and keep their connection."""
    before, request = memory(town.front), f"HEAD /static/css/plain.css HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()

    def browser(_number):
        connection = opened(town)
        connection.sendall(request)
        return connection if b" 200 " in connection.recv(4096).partition(b"\r\n")[0] else None

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        connections = [one for one in threads.map(browser, range(IDLE)) if one]
    took = time.perf_counter() - began
    grown = memory(town.front) - before
    times = readings(town)
    open_still = len(connections) - ended_of_sample(connections)
    tell(
        f"{len(connections)} idle connections, opened in {took:.0f} s",
        town,
        times,
        nginx_grew_by=f"{grown:.0f} MB, {1024 * grown / max(1, len(connections)):.1f} KB for each",
        open_still=open_still,
    )
    for connection in connections:
        connection.close()


def ended_of_sample(connections: list, of: int = 100) -> int:
    """How many are closed, from every hundredth of them."""
    sample = connections[::of]
    return ended(sample) * len(connections) // max(1, len(sample))


def _made_up() -> str:
    return secrets.token_hex(6)


FLOODS = {
    "unknown sections": lambda: f"/{_made_up()}/",
    "unknown stories": lambda: f"/thoi-su/{_made_up()}-{secrets.randbelow(10**9) + 10**6}.html",
    "unknown files": lambda: f"/{_made_up()}.php",
    "made-up queries of the front page": lambda: f"/?{_made_up()}={_made_up()}",
    "made-up queries of a story": None,
    "made-up searches": lambda: f"/tim-kiem/?q={_made_up()}",
}


def flood(town, name: str, path) -> None:
    """So many requests at one web machine, past nginx and its limits: what they cost the database."""
    path = path or (lambda: f"{town.story}?fbclid={_made_up()}")
    port, before, asked = town.webs[0].port, memory(town.webs[0]), statements(town)

    def request(_number):
        return ask(port, path(), Host=HOST, X_Forwarded_Proto="https").status

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        statuses = Counter(threads.map(request, range(FLOOD)))
    took = time.perf_counter() - began
    told = f"{FLOOD / took:.0f} a second, {dict(statuses)}, {(statements(town) - asked) / FLOOD:.1f} transactions each"
    print(f"{FLOOD} {name}: {told}; web from {before:.0f} to {memory(town.webs[0]):.0f} MB", flush=True)


def flood_through_nginx(town) -> None:
    """The same from one address through nginx, beside a reader with another."""
    asked = statements(town)

    def request(_number):
        return read(town, f"/?{_made_up()}").status

    began = time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        statuses = Counter(threads.map(request, range(FLOOD)))
    took = time.perf_counter() - began
    kept = sum(file.stat().st_size for file in (town.front.etc.parent / "cache").rglob("*") if file.is_file())
    told = f"{FLOOD / took:.0f} a second, {dict(statuses)}, {(statements(town) - asked) / FLOOD:.2f} transactions each"
    print(f"{FLOOD} made-up queries through nginx: {told}; kept by nginx: {kept / 1e6:.1f} MB", flush=True)


def statements(town) -> int:
    """How many transactions the database has seen; each query outside of one counts as one."""
    time.sleep(2)  # Its own counts come late.
    url = town.env["DATABASE_URL"]
    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres") as connection:
        query = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = %s"
        return connection.execute(query, [url.rpartition("/")[2]]).fetchone()[0]


def memory(server) -> float:
    """What a server and its children hold, shared pages divided among them, in MB."""
    own = [server.process.pid]
    for pid in own:
        own += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    lines = "\n".join(Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in own)
    return sum(int(line.split()[1]) for line in lines.splitlines() if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
