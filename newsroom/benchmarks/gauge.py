"""What a page costs a running site: CPU time of everybody who takes part, and how many readers it serves at once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import urls
from .clients import Load, Reader, crowd, reader, visit
from .servers import Site, Work

# Readers at once, where it is asked how many pages a site serves.
CROWD = 16
# Seconds after an answer until the server has put away what it needed for it.
SETTLED = 0.002
# How often a page is asked for before it is measured, each time on a new connection: every worker has read its
# templates by then, and has kept what it keeps.
WARM_UP = 24
# How often a crowd reads pages that every worker shall keep: one in thirty is missed by one of two.
PASSES = 6


class Unexpected(Exception):
    """A page did not answer as it should: nothing that was measured would mean anything."""


@dataclass(frozen=True)
class Tools:
    """With what is measured, and for how long: `seconds` of a steady run, `runs` of pages that are asked one by one.

    `wrk`, `nginx`: programs, '' for none. `redis`: an address of Redis, '' for none. `folder`: for logs and files.
    """

    folder: Path
    seconds: float
    runs: int
    wrk: str = ""
    nginx: str = ""
    redis: str = ""


class Gauge:
    """Measures the pages of one running site, each against the constant view of the same site just before and after.

    On a machine that does something else both take longer together.
    """

    def __init__(self, site: Site, tools: Tools, about: dict, kept: str):
        self.site, self.tools = site, tools
        self.about, self.kept = about, kept
        self.rows: list[dict] = []
        self.warm([urls.CONSTANT])
        self.steady("constant view", [urls.CONSTANT])

    def steady(self, page: str, paths: Iterable[str], *, headers: dict | None = None, status: int = 200, front=False):
        """Pages that cost the same each time: first one reader, whose pages are counted, then many at once."""
        paths, host = list(paths), self.site.front if front else self.site.host
        self.warm(paths, headers, host, status)
        constant, before = self._constant(), self.site.work()
        alone = crowd(host, paths, seconds=self.tools.seconds, connections=1, wrk=self.tools.wrk, headers=headers)
        work = self.site.work().since(before)
        many = crowd(host, paths, seconds=self.tools.seconds, connections=CROWD, wrk=self.tools.wrk, headers=headers)
        return self._add(page, constant, _each(work, alone.requests), alone.requests, load=many, front=front)

    def one_by_one(
        self, page: str, paths: Iterable[str], *, before: Callable[[], object] | None = None, status: int = 200
    ):
        """Pages that cost less the second time: one reader asks for each once; `before` each something happens."""
        constant, spent = self._constant(), []
        with reader(self.site.host) as one:
            for path in paths:
                if before:
                    before()
                spent.append(self._counted(one, "GET", path, status=status))
        usual = median(work.web for work in spent)
        return self._add(page, constant, _mean(spent), len(spent), usual=usual, waited=one.waited)

    def sent(self, page: str, forms: Iterable[tuple[str, str, str]], *, status: int = 303):
        """Forms: where each is sent to, its fields, and the address of this machine that it comes from."""
        constant, spent, waited = self._constant(), [], []
        for path, form, address in forms:
            with reader(self.site.host, address) as one:
                spent.append(self._counted(one, "POST", path, form, status=status))
                waited += one.waited
        usual = median(work.web for work in spent)
        return self._add(page, constant, _mean(spent), len(spent), usual=usual, waited=waited)

    def crowded(self, page: str, paths: Iterable[str], seconds: float, *, front: bool = False):
        """Many readers for so long; what everybody works meanwhile is divided among all answers."""
        host = self.site.front if front else self.site.host
        constant, before = self._constant(), self.site.work()
        load = crowd(host, paths, seconds=seconds, connections=CROWD, wrk=self.tools.wrk)
        work = self.site.work().since(before)
        return self._add(page, constant, _each(work, load.requests), load.requests, load=load, front=front)

    def read(self, paths: list[str]) -> None:
        """Has every worker keep these pages, as far as it keeps them at all; nothing is measured."""
        visit(self.site.host, paths * PASSES, CROWD)

    def warm(self, paths: list[str], headers: dict | None = None, host: str = "", status: int = 200) -> None:
        """Reads pages until every worker has them. Raises Unexpected where one answers otherwise than it should."""
        for number in range(WARM_UP):
            with reader(host or self.site.host) as one:
                _require(status, one.get(paths[number % len(paths)], headers)[0], paths[number % len(paths)])

    def _constant(self) -> float:
        """Seconds of work that the constant view takes now."""
        before, seconds = self.site.work(), self.tools.seconds / 2
        load = crowd(self.site.host, [urls.CONSTANT], seconds=seconds, connections=1, wrk=self.tools.wrk)
        return self.site.work().since(before).web / load.requests

    def _counted(self, one: Reader, method: str, path: str, form: str | None = None, *, status: int) -> Work:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"} if form else {}
        before = self.site.work()
        _require(status, one.ask(method, path, form, headers)[0], path)
        time.sleep(SETTLED)
        return self.site.work().since(before)

    def _add(
        self, page: str, constant: float, each: Work, requests: int, *, usual=None, load=None, waited=(), front=False
    ) -> dict:
        """The row of a page. `each`: seconds of work for one answer; `constant`: what the constant view took before.

        Raises Unexpected for what cannot be: an answer that cost nothing (nginx may give it by itself), or none at all.
        """
        constant = (constant + self._constant()) / 2
        if constant <= 0 or (each.web <= 0 and not front) or (load and load.failed):
            raise Unexpected(f"{page}: {each.web:.6f} s an answer, {load.failed if load else 0} failed.")
        row = {**self.about, "kept": self.kept, "page": page, "requests": requests}
        row |= {f"{name} ms": round(1000 * spent, 3) for name, spent in vars(each).items()}
        row["usual web ms"] = "" if usual is None else round(1000 * usual, 3)
        row["constant ms"] = round(1000 * constant, 3)
        row["ratio"] = round(each.web / constant, 2)
        row["ratio of all"] = round((each.web + each.database + each.cache) / constant, 2)
        row |= _seen(load, waited)
        self.rows.append(row)
        return row


def _seen(load: Load | None, waited) -> dict:
    """What readers saw: of many at once where there were many, else of the one."""
    if load is None:
        return {"a second": "", "failed": 0, "median ms": round(median(waited), 2), "99 % ms": "", "longest ms": ""}
    return {
        "a second": round(load.per_second),
        "failed": load.failed,
        "median ms": round(load.median, 2),
        "99 % ms": round(load.late, 2),
        "longest ms": round(load.longest, 2),
    }


def _require(wanted: int, status: int, path: str) -> None:
    if status != wanted:
        raise Unexpected(f"{path} answers {status}, not {wanted}.")


def _each(work: Work, requests: int) -> Work:
    return Work(**{name: spent / max(1, requests) for name, spent in vars(work).items()})


def _mean(spent: list[Work]) -> Work:
    return Work(**{name: sum(getattr(work, name) for work in spent) / len(spent) for name in vars(spent[0])})
