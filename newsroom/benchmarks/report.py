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


def markdown(rows: Iterable[dict], how: str) -> str:
    """A table for each part, and over it how it was measured."""
    return "\n".join(_sections(rows, how).values())


def write(path: Path, rows: list[dict], **about) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"made": datetime.now().astimezone().isoformat(timespec="seconds"), **about, "rows": rows}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1))


def put_into(page: Path, rows: Iterable[dict], how: str) -> None:
    """Writes the tables under the heading TABLES of a page of the docs; tables of other parts stay as they are."""
    before, heading, old = page.read_text().partition(TABLES)
    sections = {text.partition("\n")[0].strip(): f"### {text}" for text in old.split("### ")[1:]}
    told = "\n".join(text.strip() + "\n" for text in (sections | _sections(rows, how)).values())
    page.write_text(f"{before}{heading}\n{told}")


def _sections(rows: Iterable[dict], how: str) -> dict[str, str]:
    """title -> heading, how it was measured and table."""
    return {title: f"### {title}\n\n{how}\n\n{_table(table)}\n" for title, table in by_table(rows).items()}


def _table(rows: list[dict]) -> str:
    """The columns are those of the first row, padded so that it reads as plain text, too."""
    names = list(rows[0])
    cells = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    is_number = [any(isinstance(row.get(name), int | float) for row in rows) for name in names]
    lines = [_line(row, widths, is_number) for row in cells]
    rule = "|".join("-" * (width + 1) + (":" if right else "-") for width, right in zip(widths, is_number, strict=True))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _line(row: list[str], widths: list[int], is_number: list[bool]) -> str:
    padded = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(row, widths, is_number, strict=True)
    )
    return f"| {' | '.join(padded)} |"
