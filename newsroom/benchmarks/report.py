"""Rows as tables, for a terminal and for a page of the docs."""

import json
import os
import platform
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

TABLES = "## Tables\n"


def machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before the run"


def by_table(rows: Iterable[dict]) -> dict[str, list[dict]]:
    """title of a part -> its rows without the title, in their order."""
    tables: dict[str, list[dict]] = {}
    for row in rows:
        shown = {name: value for name, value in row.items() if name != "part"}
        tables.setdefault(row["part"], []).append(shown)
    return tables


def markdown(rows: Iterable[dict]) -> str:
    """A table for each part; the columns are those of its first row, padded so that it reads as plain text, too."""
    return "\n\n".join(f"### {title}\n\n{_table(table)}" for title, table in by_table(rows).items())


def write(path: Path, rows: list[dict], **about) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"made": datetime.now().astimezone().isoformat(timespec="seconds"), **about, "rows": rows}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1))


def put_into(page: Path, tables: str) -> None:
    """Writes the tables in place of what stands under the heading TABLES of a page of the docs."""
    before, heading, _old = page.read_text().partition(TABLES)
    page.write_text(f"{before}{heading}\n{tables}")


def _table(rows: list[dict]) -> str:
    names = list(rows[0])
    cells = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    is_number = [isinstance(rows[0][name], int | float) for name in names]
    lines = [_line(row, widths, is_number) for row in cells]
    rule = "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, is_number, strict=True))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _line(row: list[str], widths: list[int], is_number: list[bool]) -> str:
    padded = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(row, widths, is_number, strict=True)
    )
    return f"| {' | '.join(padded)} |"
