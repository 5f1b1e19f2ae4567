"""What reading is to cost, and whether it does: computed from the rows of a run, for each size that was measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import reading, weight

TITLE, GROWTH = "Aims of reading", "Growth"
# Between these sizes, or from the first of them to the largest that was measured, no page may become dearer than so.
FROM, MOST = 20_000, 1.3
LEAST = 0.1
# A measured value this close to its limit is within what two runs of one and the same page differ.
_ROUNDED = 2


@dataclass(frozen=True)
class Aim:
    """A limit for a column of a page's row, or of that column by another page's."""

    what: str
    page: str
    kept: str
    column: str
    limit: float
    # What must be reached instead of not passed.
    is_least: bool = False
    by_page: str = ""
    by_column: str = ""


# By the constant view, which asks neither the database nor Redis: their work counts, too.
ALL = "ratio of all"
AIMS = (
    Aim("article, nothing kept", "article", "nothing", ALL, 25),
    Aim("article, parts kept", "article", "pages", ALL, 25),
    Aim("front, nothing kept", "front", "nothing", ALL, 40),
    Aim("section, nothing kept", "section, page 1", "nothing", ALL, 25),
    Aim("section, page 200 by page 1", "section, page 200", "nothing", ALL, 1.1, False, "section, page 1"),
    Aim("front from the cache", "front, from the cache", "pages", ALL, 1.6),
    Aim("section from the cache", "section, page 1, from the cache", "pages", ALL, 1.6),
    Aim("article from the cache", "article, from the cache", "pages", ALL, 1.6),
    Aim("not modified (304)", "article, not modified (304)", "pages", ALL, 1.2),
    Aim("article after another's publication", "article, after another's publication", "pages", ALL, 4),
    Aim("1,000 stories in turn", "1,000 stories in turn, a publication each 10 s", "pages", ALL, 3),
    Aim("comment sent", "comment sent", "pages", ALL, 20),
    Aim(
        "article behind nginx, answers a second by those of the same page as a file",
        "article, behind nginx",
        "pages",
        "a second",
        0.9,
        True,
        "article as a file, from nginx",
    ),
    Aim(
        "a publication each second: longest by median",
        "front, section, stories, a publication each second",
        "pages",
        "longest ms",
        10,
        False,
        "front, section, stories, a publication each second",
        "median ms",
    ),
)
# figure -> limit, unit
WEIGHTS = {
    "memory of all processes (PSS)": (200, "MB"),
    "of it without the story's text": (30_000, "bytes"),
    "style sheets": (30_000, "bytes"),
    "scripts": (10_000, "bytes"),
}


def rows(measured: Iterable[dict]) -> list[dict]:
    """The rows of two tables: aims with what was measured at each size, and how pages grow with the archive."""
    measured = list(measured)
    pages = [row for row in measured if row["part"] == reading.TITLE]
    weights = [row for row in measured if row["part"] == weight.TITLE]
    return [*_aims(pages), *_weights(weights), *_growth(pages)]


def _aims(pages: list[dict]) -> Iterable[dict]:
    for servers in _different(pages, "servers"):
        here = {(row["stories"], row["page"], row["kept"]): row for row in pages if row["servers"] == servers}
        sizes = sorted(_different(pages, "stories"))
        for aim in AIMS:
            found = {size: value for size in sizes if (value := _value(aim, here, size)) is not None}
            if found:
                yield _row(servers, aim.what, found, sizes, aim.limit, is_least=aim.is_least)


def _value(aim: Aim, here: dict, size: int) -> float | None:
    row = here.get((size, aim.page, aim.kept))
    by = here.get((size, aim.by_page, aim.kept)) if aim.by_page else {"": 1}
    if not row or not by:
        return None
    return row[aim.column] / (by[aim.by_column or aim.column] if aim.by_page else 1)


def _weights(found: list[dict]) -> Iterable[dict]:
    sizes = sorted(_different(found, "stories"))
    for servers in _different(found, "servers"):
        for figure, (limit, unit) in WEIGHTS.items():
            values = {
                row["stories"]: row["value"] for row in found if (row["servers"], row["figure"]) == (servers, figure)
            }
            # Memory is a promise of the small house: the others share a database's server among many.
            if values and (unit != "MB" or "+" not in servers):
                yield _row(servers, f"{figure}, {unit}", values, sizes, limit)


def _row(servers, what, found: dict, sizes, limit, *, is_least=False) -> dict:
    worst = min(found.values()) if is_least else max(found.values())
    is_met = worst >= limit if is_least else worst <= limit
    at = {f"at {size:,}": round(found[size], _ROUNDED) if size in found else "" for size in sizes}
    told = "met" if is_met else f"missed: {round(worst / limit, _ROUNDED)} × the limit"
    return {
        "part": TITLE,
        "servers": servers,
        "aim": what,
        **at,
        "limit": f"{'≥' if is_least else '≤'} {limit}",
        "": told,
    }


def _growth(pages: list[dict]) -> Iterable[dict]:
    """Pages at the largest size by those at FROM, by the constant view of each."""
    largest = max(_different(pages, "stories"), default=0)
    for row in pages:
        after = [other for other in pages if other["stories"] == largest and _same(row, other)]
        # What nginx answers by itself costs the others nothing.
        if row["stories"] == FROM < largest and after and row["ratio of all"] > LEAST:
            quotient = after[0]["ratio of all"] / row["ratio of all"]
            about = {name: row[name] for name in ("servers", "kept", "page")}
            sizes = {f"at {FROM:,}": row["ratio of all"], f"at {largest:,}": after[0]["ratio of all"]}
            told = "met" if quotient <= MOST else f"missed, ≤ {MOST}"
            yield {"part": GROWTH, **about, **sizes, "times": round(quotient, _ROUNDED), "": told}


def _same(row: dict, other: dict) -> bool:
    return all(row[name] == other[name] for name in ("servers", "kept", "page"))


def _different(rows: list[dict], name: str) -> list:
    return list(dict.fromkeys(row[name] for row in rows))
