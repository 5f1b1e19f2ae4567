"""The shape of a body: its tags nested as they may be, each closed, and none that holds nothing.

Whatever comes in, what comes out is a flat row of blocks of a few levels, so that no parser after this one has to
mend anything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from .markup import Tag, written
from .text import scrub

# Deeper nesting is no text that anyone reads; a list in a cell of a table in a box takes nine.
DEPTH = 30

_LINES = {"p", "h2", "h3"}
_MARKS = {"strong", "em", "u", "s", "sub", "sup", "small", "a"}
_BLOCKS = {*_LINES, "ul", "ol", "blockquote", "div", "figure", "table", "hr"}
_MEDIA = {"img", "iframe"}
_WHOLE = {*_MEDIA, "br", "hr"}
_CELLS = {"td", "th"}
_CAPTIONS = {"figcaption", "caption"}
_TABLE_PARTS = {*_CELLS, "caption", "thead", "tbody", "tr"}
_CONTAINERS = {*_TABLE_PARTS, *_CAPTIONS, "ul", "ol", "li", "table", "blockquote", "div", "figure"}
# Blanks in these are the layout of a source, not text.
_LAID_OUT = {"ul", "ol", "table", "thead", "tbody", "tr", "figure"}

# tag -> (which open tag ends where it begins, up to which one).
_ENDS = {
    **dict.fromkeys((*_BLOCKS, "figcaption"), (_LINES, _CONTAINERS)),
    **dict.fromkeys(_MEDIA, ({*_LINES, "figcaption"}, _CONTAINERS - {"figcaption"})),
    "a": ({"a"}, _CONTAINERS),
    "li": ({"li"}, {"ul", "ol", *_CELLS}),
    **dict.fromkeys(_CELLS, ({*_CELLS, "caption"}, {"tr", "table"})),
    "tr": ({"tr", "caption"}, {"table"}),
    **dict.fromkeys(("thead", "tbody"), ({"thead", "tbody", "caption"}, {"table"})),
}
# tag -> (in one of which it has to stand, what it is where it does not: None for nothing).
_NEEDS_AROUND = {
    "li": ({"ul", "ol"}, "p"),
    "figcaption": ({"figure"}, "p"),
    **dict.fromkeys((*_CELLS, "caption"), ({"table"}, "p")),
    **dict.fromkeys(("thead", "tbody", "tr"), ({"table"}, None)),
}
# tag -> in which it cannot stand: a caption is one line, and nothing regular is read in a figure or table twice.
_NOT_IN = {
    **{name: {*_CAPTIONS, "figure"} for name in (*_LINES, "figure")},
    **dict.fromkeys(("ul", "ol", "li", "blockquote", "div", "hr"), _CAPTIONS),
    "table": {*_CAPTIONS, "table"},
}
# An element that says nothing without this attribute.
_NEEDS = {"a": "href", "img": "data-picture", "iframe": "src"}

# Names that mean what one of ours means; and those of others that part a text into lines.
_SAME = {
    **{"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "tfoot": "tbody"},
    **{"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"},
    **dict.fromkeys(("address", "article", "aside", "center", "dd", "details", "dialog", "dl", "dt", "fieldset"), "p"),
    **dict.fromkeys(("footer", "form", "header", "legend", "main", "nav", "pre", "section", "summary"), "p"),
}


@dataclass
class _Open:
    """An element that is not closed yet: what it was called, what it is called here, where it begins, what it holds."""

    source: str
    name: str
    place: int
    is_filled: bool = False


@dataclass
class Shape:
    """A body that grows tag by tag. `keep(tag)` answers with the attributes that may stand, None for no such tag."""

    keep: Callable[[Tag], Mapping[str, str] | None]
    out: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def grown(self, parts: Iterable[Tag | str]) -> str:
        for part in parts:
            if isinstance(part, str):
                self._add_text(part)
            elif part.is_end:
                self._end(part.name)
            else:
                self._start(part)
        self._close_from(0)
        return "".join(self.out).strip()

    # --- Text

    def _add_text(self, text: str) -> None:
        text = scrub(text)
        if text.isspace() or not text:
            self._add_blank(text)
            return
        self._open_line()
        self.out.append(escape(text, quote=False))
        self.open[-1].is_filled = True

    def _add_blank(self, text: str) -> None:
        """Blanks part words; between blocks they part lines, one at a time."""
        if self.open and self.open[-1].name not in _LAID_OUT:
            self.out.append(text)
        elif "\n" in text and self.out and self.out[-1] != "\n":
            self.out.append("\n")

    def _open_line(self) -> None:
        """What is no block stands in one: a paragraph where nothing is open, a caption beside a picture."""
        if not self.open:
            self._push("p", Tag("p"))
        elif self.open[-1].name == "figure":
            self._push("figcaption", Tag("figcaption"))

    # --- Tags

    def _start(self, tag: Tag) -> None:
        name = _SAME.get(tag.name, tag.name)
        attributes = self.keep(Tag(name, tag.attributes))
        if attributes is None or _NEEDS.get(name, "class") not in {"class", *attributes}:
            return
        here = self._fitting(name, attributes)
        if not here or len(self.open) >= DEPTH:
            return
        self._end_before(here.name)
        if here.name in _WHOLE:
            self._add_whole(here)
        else:
            if here.name in _MARKS and not self.open:
                self._open_line()
            self._push(tag.name, here)

    def _fitting(self, name: str, attributes: Mapping) -> Tag | None:
        """The tag as it may stand where it comes; None where it cannot."""
        if name == "div" and not attributes:
            name = "p"
        if name in _NEEDS_AROUND:
            around, instead = _NEEDS_AROUND[name]
            if not self._is_in(around):
                name, attributes = instead, {}
        if name in _NOT_IN and self._is_in(_NOT_IN[name]):
            self._add_text(" ")
            return None
        return Tag(name, attributes) if name else None

    def _end_before(self, name: str) -> None:
        ended, boundaries = _ENDS.get(name, ((), ()))
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].name in ended:
                self._close_from(number)
                return
            if self.open[number].name in boundaries:
                return

    def _end(self, source: str) -> None:
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].source == source:
                self._close_from(number)
                return
            if self.open[number].name in _CELLS and source not in {"table", "tr", "tbody", "thead", "tfoot"}:
                return

    # --- What is open

    def _is_in(self, names: set[str]) -> bool:
        return any(element.name in names for element in self.open)

    def _push(self, source: str, tag: Tag) -> None:
        self.open.append(_Open(source, tag.name, len(self.out)))
        self.out.append(written(tag))

    def _add_whole(self, tag: Tag) -> None:
        """An element that holds no text. A picture or a video outside a figure gets one of its own."""
        if tag.name == "br":
            self._open_line()
        needs_figure = tag.name in _MEDIA and not self._is_in({"figure"})
        if needs_figure:
            self._push("figure", Tag("figure"))
        self.out.append(written(tag) + ("</iframe>" if tag.name == "iframe" else ""))
        if self.open and tag.name != "br":
            self.open[-1].is_filled = True
        if needs_figure:
            self._close()

    def _close_from(self, number: int) -> None:
        while len(self.open) > number:
            self._close()

    def _close(self) -> None:
        closed = self.open.pop()
        if not closed.is_filled:
            self._empty(closed)
        if closed.is_filled or closed.name in _CELLS:
            self.out.append(f"</{closed.name}>")
            if self.open:
                self.open[-1].is_filled = True

    def _empty(self, closed: _Open) -> None:
        """Takes away what holds nothing. A cell keeps its place; a blank between two marks goes on parting words."""
        if closed.name in _MARKS:
            self.out[closed.place] = ""
        else:
            del self.out[closed.place + (closed.name in _CELLS) :]
