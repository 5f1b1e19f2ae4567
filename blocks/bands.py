"""How the blocks of a place stand beside each other, in any order that an editor may choose."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from .models import Form, Kind
from .placing import Entry, FilledBlock

# Narrow by nature: two or three of these in a row share the width.
_NARROW = (Form.HEADLINES, Form.NUMBERED, Form.TICKER)
# Beyond four, three cards and a stack of titles look better than a second row with gaps; from eight on rows fill up.
_CARDS_IN_A_ROW, _CARDS_BESIDE_TITLES, _FULL_ROWS_FROM = 4, 3, 8


@dataclass(frozen=True)
class Band:
    """Blocks that stand side by side. `shape` is "lead" (a lead with its ticker), "side" (two or three) or "full"."""

    shape: str
    blocks: list[FilledBlock]


def bands(blocks: Iterable[FilledBlock]) -> list[Band]:
    """The bands of a place from top to bottom; the order of the blocks is kept."""
    found: list[Band] = []
    for is_narrow, group in groupby(_pairs(map(_each_picture_once, blocks)), key=lambda band: band.shape == "side"):
        group = list(group)
        found += _rows([band.blocks[0] for band in group]) if is_narrow else group
    return found


def _pairs(blocks: Iterable[FilledBlock]) -> list[Band]:
    """Every block in a band of its own, but a ticker joins the lead that it follows."""
    found: list[Band] = []
    for block in blocks:
        before = found[-1] if found else None
        if block.form == Form.TICKER and before and before.blocks[-1].form == Form.LEAD:
            found[-1] = Band("lead", [*before.blocks, block])
        else:
            found.append(Band("side" if block.form in _NARROW else "full", [block]))
    return found


def _rows(blocks: list[FilledBlock]) -> list[Band]:
    """Narrow blocks in rows of three and two; one stands alone only where there is no other."""
    if len(blocks) == 1:
        return [Band("full", blocks)]
    rows = []
    while blocks:
        size = 2 if len(blocks) in (2, 4) else 3
        rows.append(Band("side", blocks[:size]))
        blocks = blocks[size:]
    return rows


def has_picture(entry: Entry) -> bool:
    """Whether there is a file to show; a card without one is set as text."""
    story = entry.article
    return bool(entry.shows_picture and story and story.lead_picture_id and story.lead_picture.renditions)


def apart_from_neighbours(entries: list[Entry]) -> list[Entry]:
    """A list in which no story shows the picture of the story before it."""
    before = [None, *map(_picture_of, entries)]
    return [
        replace(entry, shows_picture=not picture or picture != _picture_of(entry))
        for entry, picture in zip(entries, before, strict=False)
    ]


def _each_picture_once(filled: FilledBlock) -> FilledBlock:
    """A block whose stories share no picture: the first one of them shows it."""
    seen, entries = {None}, []
    for entry in filled.entries:
        picture = _picture_of(entry)
        entries.append(replace(entry, shows_picture=picture not in seen))
        seen.add(picture)
    return replace(filled, entries=entries)


def _picture_of(entry: Entry) -> int | None:
    return entry.article.lead_picture_id if entry.article else None


def pictured_first(entries: list[Entry]) -> list[Entry]:
    """For a band of pictures: what has none comes last, else in the order of the block."""
    return sorted(entries, key=lambda entry: not has_picture(entry))


def large_and_titles(filled: FilledBlock) -> tuple[Entry, list[Entry]]:
    """The one large card of a block and the titles beside it. A rule puts a pictured story there, an editor any."""
    entries = filled.entries if filled.block.kind == Kind.PICKED else pictured_first(filled.entries)
    return entries[0], [entry for entry in filled.entries if entry is not entries[0]]


def cards_and_titles(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries of a block of cards that get a card each, and those that stand as titles in a stack beside them."""
    if len(entries) <= _CARDS_IN_A_ROW or len(entries) >= _FULL_ROWS_FROM:
        return entries, []
    cards = [entry for entry in entries if has_picture(entry)][:_CARDS_BESIDE_TITLES]
    if len(cards) < _CARDS_BESIDE_TITLES:
        return entries, []
    return cards, [entry for entry in entries if entry not in cards]
