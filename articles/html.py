"""The body of a story as HTML: one definition of what is allowed, for the editor and for the cleaner alike.

Whatever comes from an editor, an import or the clipboard is hostile until `clean_body` has seen it.
"""

import re
from urllib.parse import urlsplit

import nh3

from .markup import Tag, read, unescape
from .shape import Shape
from .text import one_line
from .videos import video_of

# tag -> (attributes, classes). The classes are the named styles of the house; there is no style attribute, and no id or
# name, by which a text could take the place of what our scripts ask the page for.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "p": (set(), {"source", "speaker"}),
    "h2": (set(), set()),
    "h3": (set(), set()),
    "strong": (set(), set()),
    "em": (set(), set()),
    "u": (set(), set()),
    "s": (set(), set()),
    "sub": (set(), set()),
    "sup": (set(), set()),
    "small": (set(), set()),
    "a": ({"href"}, set()),
    "ul": (set(), set()),
    "ol": (set(), set()),
    "li": (set(), set()),
    "blockquote": (set(), {"pull-quote"}),
    "div": (set(), {"info-box"}),
    "figure": (set(), {"align-left", "align-right", "gallery"}),
    "figcaption": (set(), set()),
    "img": ({"alt", "data-picture"}, set()),
    "table": (set(), set()),
    "caption": (set(), set()),
    "thead": (set(), set()),
    "tbody": (set(), set()),
    "tr": (set(), set()),
    "th": ({"colspan", "rowspan", "scope"}, set()),
    "td": ({"colspan", "rowspan"}, set()),
    "hr": (set(), set()),
    "br": (set(), set()),
    "iframe": ({"src", "title"}, set()),
}

# What the editor has beyond this for its own use, and the cleaner never keeps: a picture is known by its number alone,
# since its files and their addresses change.
EDITOR_ONLY: dict[str, tuple[set[str], set[str]]] = {"img": ({"src"}, set())}

# The largest body that a form takes. A long story has 100,000 letters with its markup, a table of all pupils of a
# province's best school 300,000.
BODY_LIMIT = 500_000

# Markup that breaks the rules of nesting is mended a little more in each round; clean text takes two.
CLEANING_ROUNDS = 8

# What an attribute may say. A longer number of a picture fits no database column; a table of a hundred columns is none.
_VALUES = {
    ("img", "data-picture"): re.compile(r"[0-9]{1,15}"),
    ("th", "scope"): re.compile("col|row|colgroup|rowgroup"),
    **{(cell, span): re.compile("[1-9][0-9]?") for cell in ("td", "th") for span in ("colspan", "rowspan")},
}
# An address on this site, or one with a scheme that opens nothing but a page, a letter or a call.
_ADDRESS = re.compile(r"/(?![/\\])[^\\]*|https?://[^\\]+|mailto:[^\\]+|tel:[0-9+(). -]+", re.IGNORECASE)

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")

FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
PLACED = re.compile(r'<img[^<>]*?\bdata-picture="(?P<pk>\d+)"[^<>]*>')
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
# The address of a story or of its print view; its number alone says which.
_STORY = re.compile(r"/[a-z0-9-]+/[a-z0-9-]+-([0-9]{1,15})(?:\.html|/in\.html)")
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|figcaption|caption|td|th|blockquote|div|figure)>|<br>|<hr>")

# What may not be torn apart at a line's end: document numbers, spans of years, a number and its unit. The counts are
# far above what is printed; they keep the search in a text of nothing but such signs from beginning over and over.
TOGETHER = re.compile(
    r"(?<![\w/-])("
    r"\d++(?:[-/](?![A-ZĐƯ])\w++){0,8}+[-/][A-ZĐƯ]\w*+(?:[-/.]\w++){0,8}+"
    r"|\d{4} [-–] \d{4}"
    r"|\d[\d.,]{0,20} (?:km²?|m[²³]?|cm|mm|ha|kg|g|lít|tấn|tạ|°C|%)"
    r")(?![\w/-])"
)


def clean_body(body: str) -> str:
    """The body with everything outside ALLOWED gone, its text passed through `text.scrub`, well nested, without shells.

    Cleaning twice gives what cleaning once gives. Every value and every bracket of a text stands escaped.
    """
    # Halves of letters, which no encoding knows, reach no parser.
    body = body.encode(errors="ignore").decode()
    for _round in range(CLEANING_ROUNDS):
        shaped = Shape(keep=_kept).grown(read(body))
        cleaned = _CLEANER.clean(shaped)
        if body == shaped == cleaned:
            break
        body = cleaned
    return body


def link_address(value: str) -> str:
    """The address of a link as it may stand; empty where it is none that a reader should open.

    >>> link_address(" java\\nscript:alert(1)"), link_address("//foreign.example"), link_address("/chinh-tri/")
    ('', '', '/chinh-tri/')
    """
    # Browsers pass over these letters when they read an address; all others stay as they are.
    seen = _CONTROLS.sub("", value).strip(" ")
    if not _ADDRESS.fullmatch(seen):
        return ""
    try:
        parts = urlsplit(seen)
    except ValueError:
        return ""
    return seen if parts.netloc or not parts.scheme.startswith("http") else ""


def _kept_value(tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it may stand, None where the attribute goes. For tags and attributes of ALLOWED."""
    if (tag, name) == ("a", "href"):
        return link_address(value) or None
    if (tag, name) == ("iframe", "src"):
        return video.player if (video := video_of(value)) else None
    if pattern := _VALUES.get((tag, name)):
        return value if pattern.fullmatch(value) else None
    return one_line(value) if name in ("alt", "title") else value


def _kept(tag: Tag) -> dict[str, str] | None:
    """The attributes of a tag that may stand, its classes among them; None where no such tag may."""
    if tag.name not in ALLOWED:
        return None
    names, classes = ALLOWED[tag.name]
    values = {name: _kept_value(tag.name, name, tag.attributes[name]) for name in names & tag.attributes.keys()}
    named = [one for one in dict.fromkeys(tag.attributes.get("class", "").split()) if one in classes]
    return {name: value for name, value in (values | {"class": " ".join(named) or None}).items() if value is not None}


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={tag: attributes for tag, (attributes, _classes) in ALLOWED.items() if attributes},
    allowed_classes={tag: classes for tag, (_attributes, classes) in ALLOWED.items() if classes},
    attribute_filter=_kept_value,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def editor_rules() -> str:
    """ALLOWED and EDITOR_ONLY in the notation of CKEditor's `allowedContent`: it offers what the cleaner keeps."""
    rules = []
    for tag, (attributes, classes) in [*ALLOWED.items(), *EDITOR_ONLY.items()]:
        rule = tag
        if attributes:
            rule += f"[{','.join(sorted(attributes))}]"
        if classes:
            rule += f"({','.join(sorted(classes))})"
        rules.append(rule)
    return "; ".join(rules)


def plain_text(body: str) -> str:
    """The words of a cleaned body, one line for a paragraph: for search, counts and feeds."""
    lines = _TAG.sub("", _BLOCK_END.sub("\n", body)).split("\n")
    return "\n".join(stripped for line in lines if (stripped := unescape(line).strip()))


def placed_pictures(body: str, *, without_own_credit: bool = False) -> set[int]:
    """The ids of the library pictures that a cleaned body shows; on demand only those whose figure states no credit."""
    if without_own_credit:
        body = "".join(figure for figure in FIGURE.findall(body) if "<small>" not in figure)
    return {int(pk) for pk in PLACED.findall(body)}


def linked_stories(body: str, own_host: str = "") -> dict[int, str]:
    """id -> words of its first link, of all stories of ours that a cleaned body links to.

    >>> linked_stories('<p>Như <a href="/thoi-su/ben-do-cu-7.html">đã đưa tin</a></p>')
    {7: 'đã đưa tin'}
    """
    found: dict[int, str] = {}
    for address, words in _LINK.findall(body):
        parts = urlsplit(unescape(address))
        if parts.netloc in ("", own_host) and (story := _STORY.fullmatch(parts.path)):
            found.setdefault(int(story[1]), plain_text(words))
    return found


def print_credit(credit: str) -> str:
    """A picture's credit as it prints: a name as "Ảnh: X.", a kind that begins with "Ảnh" as it is.

    >>> print_credit("Trường Khanh"), print_credit("Ảnh tư liệu")
    ('Ảnh: Trường Khanh.', 'Ảnh tư liệu')
    """
    return credit if not credit or credit.startswith("Ảnh") else f"Ảnh: {credit.rstrip('.')}."


def mark_foreign_links(body: str, own_host: str = "") -> str:
    """A cleaned body whose links to other hosts carry rel, so that the page they open cannot reach back."""

    def mark(match):
        host = urlsplit(unescape(match[1])).netloc
        return f'<a href="{match[1]}" rel="noopener nofollow">' if host and host != own_host else match[0]

    return re.sub(r'<a href="([^"]*)">', mark, body)


def keep_together(body: str) -> str:
    """A cleaned body in which TOGETHER finds its stretches held by spans, so that no line breaks inside them.

    >>> keep_together("<p>Chỉ thị số 05-CT/TW</p>")
    '<p>Chỉ thị số <span class="unbroken">05-CT/TW</span></p>'
    """
    return "".join(
        part if part.startswith("<") else TOGETHER.sub(r'<span class="unbroken">\1</span>', part)
        for part in _TAG.split(body)
    )
