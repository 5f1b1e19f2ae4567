"""Two versions of a story side by side: part by part, word by word, in the words and spelling of the desk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .contents import LINKS, LISTS, PARTS, ROLES
from .html import placed_pictures
from .markup import Tag, read
from .models import Author, Picture, TagSynonym

LABELS = {
    "title": pgettext_lazy("story", "title"),
    "kicker": gettext_lazy("kicker"),
    "lead_prefix": gettext_lazy("prefix before the lead"),
    "lead": gettext_lazy("lead"),
    "body": gettext_lazy("body"),
    "lead_picture": gettext_lazy("main picture"),
    "lead_picture_caption": gettext_lazy("caption of the main picture"),
    "credits": gettext_lazy("credits"),
    "typed_byline": gettext_lazy("byline"),
    "section": gettext_lazy("section"),
    "more_sections": gettext_lazy("more sections"),
    "series": gettext_lazy("series"),
    "tags": gettext_lazy("tags"),
    "related": gettext_lazy("related stories"),
    "comments_open": gettext_lazy("takes readers' comments"),
    "expires_at": gettext_lazy("shown until"),
}
ROLE_LABELS = {
    "text": pgettext_lazy("role", "text"),
    "photo": gettext_lazy("photo"),
    "video": gettext_lazy("video"),
    "compiled": gettext_lazy("compiled"),
}
# What a line of a body begins with, so that a heading made of a paragraph shows.
KINDS = {
    "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Subheading"),
    "li": "•",
    "blockquote": gettext_lazy("Quotation"),
    "figcaption": gettext_lazy("Caption"),
    "td": "|",
    "th": "|",
    "caption": gettext_lazy("Table"),
}
# Lines of which so much is the same are one line that was changed; others are one that went and one that came.
ALIKE = 0.4
# Comparing costs the product of two lengths, and somebody waits for it. Beyond these, which no story that people write
# comes near to, the old stands whole before the new: words of one line; of stretches of lines, together; lines.
WORD_PAIRS, STRETCH_PAIRS, LINE_PAIRS = 4_000**2, 14_000**2, 2_000**2
# Marks within a line, which no words show.
_INLINE = {"strong", "em", "u", "s", "sub", "sup", "small", "a", "br"}
_WORD = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True)
class Difference:
    """One part of a story that two versions tell differently: its name, and both in one, marked."""

    part: str
    label: str
    marked: SafeString


def differences(old: dict, new: dict) -> list[Difference]:
    """What differs between two versions, in the order of PARTS; empty if nothing does."""
    names = Names(old, new)
    return [
        Difference(part, str(LABELS[part]), marked(lines_of(part, old, names), lines_of(part, new, names)))
        for part in PARTS
        if old.get(part) != new.get(part)
    ]


def shown(part: str, content: dict) -> str:
    """A part of one version as plain lines."""
    return "\n".join(lines_of(part, content, Names(content))) or _("(empty)")


class Names:
    """The names of what some versions point to, read at once; what has been deleted is called so."""

    def __init__(self, *contents: dict):
        wanted: dict = {}
        for content in contents:
            for name, model in LINKS.items():
                wanted.setdefault(model, set()).add(content[name])
            for name, model in LISTS.items():
                wanted.setdefault(model, set()).update(content[name])
            wanted.setdefault(Author, set()).update(row["author"] for row in content["credits"])
            wanted.setdefault(Picture, set()).update(placed_pictures(content["body"]))
        self.known = {model: model.objects.in_bulk(pks - {None}) for model, pks in wanted.items()}
        tags = LISTS["tags"]
        merged = TagSynonym.objects.filter(former__in=wanted.get(tags, ())).select_related("tag")
        self.known.setdefault(tags, {}).update({synonym.former: synonym.tag for synonym in merged})

    def of(self, model, pk) -> str:
        if pk is None:
            return ""
        found = self.known.get(model, {}).get(pk)
        return str(found) if found else _("(deleted)")


def lines_of(part: str, content: dict, names: Names) -> list[str]:
    """A part of a version as lines that a person can read."""
    value = content[part]
    if part == "body":
        return list(body_lines(value, names))
    if part in LINKS:
        return _line(names.of(LINKS[part], value))
    if part in LISTS:
        return _line(", ".join(sorted(names.of(LISTS[part], pk) for pk in value)))
    if part == "credits":
        return [_credit(row, names) for row in value]
    if part == "comments_open":
        return [_("yes") if value else _("no")]
    if part == "expires_at":
        return _line(value and f"{timezone.localtime(parse_datetime(value)):%H:%M %d/%m/%Y}")
    return value.split("\n") if value else []


def body_lines(body: str, names: Names) -> Iterator[str]:
    """The paragraphs of a body, what they are before each, pictures and videos by name."""
    kind, words = "", []
    for piece in [*read(body), Tag("p")]:
        if isinstance(piece, str):
            words.append(piece)
        elif piece.name not in _INLINE:
            if text := " ".join("".join(words).split()):
                yield f"{kind}: {text}" if kind else text
            kind, words = "" if piece.is_end else str(KINDS.get(piece.name, "")), []
            yield from _whole(piece, names)


def _whole(tag: Tag, names: Names) -> Iterator[str]:
    if tag.name == "img":
        pk = tag.attributes.get("data-picture", "")
        yield _("[Picture: %s]") % names.of(Picture, int(pk) if pk.isdecimal() else None)
    elif tag.name == "iframe":
        yield _("[Video: %s]") % (tag.attributes.get("title") or tag.attributes.get("src", ""))


def marked(old: list[str], new: list[str]) -> SafeString:
    """Two lists of lines as one: what went in <del>, what came in <ins>, word by word; equal stretches are counted."""
    if old == new:
        return format_html("<p>{}</p>", _("Only the form was changed: emphasis, links or alignment."))
    rows = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > LINE_PAIRS)
    for what, a, b, c, d in matcher.get_opcodes():
        rows.append(_unchanged(b - a) if what == "equal" else _changed(old[a:b], new[c:d]))
    return format_html_join("", "{}", ((row,) for row in rows))


def _unchanged(number: int) -> SafeString:
    return format_html('<p class="unchanged">{}</p>', _("… %d unchanged") % number)


def _changed(old: list[str], new: list[str]) -> SafeString:
    """A stretch of lines that went and one that came: lines that are much alike are shown as one."""
    rows, left = [], list(new)
    is_short = sum(len(_words(line)) for line in old) * sum(len(_words(line)) for line in new) <= STRETCH_PAIRS
    for line in old:
        twin = next((other for other in left if _are_alike(line, other)), None) if is_short else None
        if twin is None:
            rows.append(format_html("<p><del>{}</del></p>", line))
            continue
        rows += [format_html("<p><ins>{}</ins></p>", other) for other in left[: left.index(twin)]]
        left = left[left.index(twin) + 1 :]
        rows.append(format_html("<p>{}</p>", word_by_word(line, twin)))
    rows += [format_html("<p><ins>{}</ins></p>", other) for other in left]
    return format_html_join("", "{}", ((row,) for row in rows))


def _are_alike(line: str, other: str) -> bool:
    """Asks the cheap questions first: most pairs of lines have little in common."""
    matcher = SequenceMatcher(None, _words(line), _words(other))
    return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def word_by_word(old: str, new: str) -> SafeString:
    """
    >>> word_by_word("Lễ hội Hoa Ban", "Lễ hội Hoa Đào")
    'Lễ hội Hoa <del>Ban</del><ins>Đào</ins>'
    """
    before, after = _words(old), _words(new)
    if len(before) * len(after) > WORD_PAIRS:
        return format_html("<del>{}</del><ins>{}</ins>", old, new)
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(format_html("{}", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(format_html("<del>{}</del>", "".join(before[a:b])))
        if d > c:
            pieces.append(format_html("<ins>{}</ins>", "".join(after[c:d])))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _words(line: str) -> list[str]:
    return _WORD.findall(line)


def _credit(row: dict, names: Names) -> str:
    roles = ", ".join(str(ROLE_LABELS[role]) for role in ROLES if row[role])
    return f"{row['printed_name'] or names.of(Author, row['author'])} ({roles})"


def _line(text) -> list[str]:
    return [text] if text else []
