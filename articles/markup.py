"""HTML of any kind read as tags and text, and written again: in time that grows with its length and no faster.

A parser by the standard can be kept busy for hours with a page of text: it gives every paragraph anew what an earlier
one left open, and looks through all that is open at each tag. What this module hands on is short of such means.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# Elements whose contents are no text of a story: programs, style sheets, drawings, fields, what a frame falls back on.
OPAQUE = {
    *("audio", "canvas", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select"),
    *("style", "svg", "template", "textarea", "title", "video", "xmp"),
}

_MARK = re.compile(r"<(?:(/?)([a-zA-Z][^\s/<>]*)|[!?/])")
# The rest of a tag as the standard reads it, a quoted value with anything in it; and cut at the next angle bracket.
_REST = re.compile(r"""(?:[^=<>]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>][^\s<>]*+|(?=[<>])))*+(>?)""")
_CUT_REST = re.compile(r"[^<>]*+>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}(?![0-9]);?|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]);?|[a-zA-Z][a-zA-Z0-9]{1,31};)")
_OPAQUE_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.ASCII | re.IGNORECASE) for name in OPAQUE}
_COMMENT_END = re.compile(r"--!?>")
_BRACKET = re.compile(r">")

# A tag that has no end is looked through in vain. When that has cost as much as so many readings of the whole, a tag
# ends at the next bracket, be it in quotes or not.
PATIENCE = 10


class Tag(NamedTuple):
    """A start or an end tag: its name in lower case, the first attribute of each name with its entities undone."""

    name: str
    attributes: Mapping[str, str] = {}
    is_end: bool = False


def read(source: str) -> Iterator[Tag | str]:
    """The tags and stretches of text of a source, in order; text has its entities undone.

    Comments, declarations and what stands in OPAQUE elements are left out. A bracket that begins no tag is text.
    """
    return _Reader(source).parts()


def written(tag: Tag) -> str:
    """A tag as HTML; no value can leave its quotes.

    >>> written(Tag("img", {"alt": 'Chợ "<b>"'}))
    '<img alt="Chợ &quot;&lt;b&gt;&quot;">'
    """
    if tag.is_end or not tag.attributes:
        return f"</{tag.name}>" if tag.is_end else f"<{tag.name}>"
    values = "".join(
        f' {name}="{html.escape(value, quote=False).replace(chr(34), "&quot;")}"'
        for name, value in sorted(tag.attributes.items())
    )
    return f"<{tag.name}{values}>"


def unescape(text: str) -> str:
    """Text with its entities undone; one without its semicolon stays, since in an address it is none.

    >>> unescape("&Agrave; &#273;&copy=1")
    'À đ&copy=1'
    """
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


class _Reader:
    """A source and the place up to which it has been read."""

    def __init__(self, source: str):
        self.source, self.place = source, 0
        self.patience = PATIENCE * len(source)
        self.missing = set()

    def parts(self) -> Iterator[Tag | str]:
        while mark := _MARK.search(self.source, self.place):
            if mark.start() > self.place:
                yield unescape(self.source[self.place : mark.start()])
            self.place = mark.end()
            if mark[2] is None:
                yield from self._skip_declaration(mark)
            else:
                yield self._tag(mark)
        if self.place < len(self.source):
            yield unescape(self.source[self.place :])

    def _tag(self, mark) -> Tag | str:
        name, rest = mark[2].lower(), self._rest()
        if rest is None:
            return mark[0]
        if mark[1]:
            return Tag(name, is_end=True)
        if name in OPAQUE and not rest.endswith("/") and (end := self._find(_OPAQUE_END[name])):
            self.place = end.start()
        return Tag(name, _attributes(rest))

    def _rest(self) -> str | None:
        """What stands between the name and the end of a tag; None where it has no end."""
        found = _REST.match(self.source, self.place) if self.patience > 0 else None
        if found and not found[1]:
            # It stopped at a bracket, or at a quote that nothing closes, for which it has looked to the very end.
            stopped = len(self.source) if self.source.startswith("=", found.end()) else found.end()
            self.patience -= stopped - self.place
            found = None
        found = found or _CUT_REST.match(self.source, self.place)
        if not found:
            return None
        self.place = found.end()
        return found[0][:-1]

    def _skip_declaration(self, mark) -> Iterator[str]:
        """Passes over a comment, a declaration or a broken end tag; what has no end is text."""
        is_comment = self.source.startswith("<!--", mark.start())
        end = (is_comment and self._find(_COMMENT_END)) or self._find(_BRACKET)
        if end:
            self.place = end.end()
        else:
            yield mark[0]

    def _find(self, pattern) -> re.Match | None:
        """The next match; what was missed once is missing for good, and not looked for again."""
        if pattern in self.missing:
            return None
        found = pattern.search(self.source, self.place)
        if not found:
            self.missing.add(pattern)
        return found


def _attributes(rest: str) -> dict[str, str]:
    found = {}
    for name, *values in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found
