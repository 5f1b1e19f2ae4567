"""The body of a story as HTML: one definition of what is allowed, for the editor and for the cleaner alike.

Whatever comes from an editor, an import or the clipboard is hostile until `clean_body` has seen it.
"""

import html
import re
from urllib.parse import urlsplit

import nh3
from django.conf import settings

from .text import scrub

# tag -> (attributes, classes). The classes are the named styles of the house; there is no style attribute.
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
    "img": ({"alt", "data-picture", "height", "src", "width"}, set()),
    "table": (set(), set()),
    "caption": (set(), set()),
    "thead": (set(), set()),
    "tbody": (set(), set()),
    "tr": (set(), set()),
    "th": ({"colspan", "rowspan", "scope"}, set()),
    "td": ({"colspan", "rowspan"}, set()),
    "hr": (set(), set()),
    "br": (set(), set()),
    "iframe": ({"allowfullscreen", "height", "src", "title", "width"}, set()),
}

# Players that an editor may embed; the same hosts stand in the public content security policy.
VIDEO_PREFIXES = ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")

# Markup that breaks the rules of nesting is mended a little more in each round; clean text takes two.
CLEANING_ROUNDS = 8

# A longer number fits no database column and is no picture.
_PICTURE_ID = re.compile(r"[0-9]{1,15}")

FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
PLACED = re.compile(r'<img[^<>]*?\bdata-picture="(?P<pk>\d+)"[^<>]*>')
_TAG = re.compile(r"(<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>)")
_EMPTY = re.compile(
    r"<(p|h2|h3|li|a|strong|em|u|s|sub|sup|small|figcaption|figure|blockquote|div|iframe|ul|ol)\b"
    r"(?![^<>]*\bsrc=)[^<>]*>(?:\s|<br>)*</\1>"
)
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|figcaption|caption|td|th|blockquote|div|figure)>|<br>|<hr>")

# What may not be torn apart at a line's end: document numbers, spans of years, a number and its unit.
TOGETHER = re.compile(
    r"(?<![\w/-])("
    r"\d+(?:[-/]\w+)*[-/][A-ZĐƯ]\w*(?:[-/.]\w+)*"
    r"|\d{4} [-–] \d{4}"
    r"|\d[\d.,]* (?:km²?|m[²³]?|cm|mm|ha|kg|g|lít|tấn|tạ|°C|%)"
    r")(?![\w/-])"
)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if value.startswith(settings.MEDIA_URL) and ".." not in value else None
    if tag == "img" and name == "data-picture":
        return value if _PICTURE_ID.fullmatch(value) else None
    if tag == "iframe" and name == "src":
        return value if value.startswith(VIDEO_PREFIXES) else None
    if tag == "a" and name == "href":
        return None if value.startswith(("//", "\\", "/\\")) else value
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={tag: attributes for tag, (attributes, _classes) in ALLOWED.items() if attributes},
    allowed_classes={tag: classes for tag, (_attributes, classes) in ALLOWED.items() if classes},
    attribute_filter=_keep_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def clean_body(body: str) -> str:
    """The body with everything outside ALLOWED gone, its text nodes passed through `text.scrub`, and no empty shells.

    Cleaning twice gives what cleaning once gives.
    """
    # Halves of letters, which no encoding knows, reach no parser.
    body = body.encode(errors="ignore").decode()
    for _round in range(CLEANING_ROUNDS):
        before, body = body, _clean_once(body)
        if body == before:
            break
    return body


def _clean_once(body: str) -> str:
    cleaned = "".join(_scrub_text(part) for part in _TAG.split(_CLEANER.clean(body)))
    while (shorter := _EMPTY.sub("", cleaned)) != cleaned:
        cleaned = shorter
    return re.sub(r"\n{2,}", "\n", cleaned).strip()


def editor_rules() -> str:
    """ALLOWED in the notation of CKEditor's `allowedContent`, so that the editor offers what the cleaner keeps."""
    rules = []
    for tag, (attributes, classes) in ALLOWED.items():
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
    return "\n".join(stripped for line in lines if (stripped := html.unescape(line).strip()))


def placed_pictures(body: str, *, without_own_credit: bool = False) -> set[int]:
    """The ids of the library pictures that a cleaned body shows; on demand only those whose figure states no credit."""
    if without_own_credit:
        body = "".join(figure for figure in FIGURE.findall(body) if "<small>" not in figure)
    return {int(pk) for pk in PLACED.findall(body)}


def print_credit(credit: str) -> str:
    """A picture's credit as it prints: a name as "Ảnh: X.", a kind that begins with "Ảnh" as it is.

    >>> print_credit("Trường Khanh"), print_credit("Ảnh tư liệu")
    ('Ảnh: Trường Khanh.', 'Ảnh tư liệu')
    """
    return credit if not credit or credit.startswith("Ảnh") else f"Ảnh: {credit.rstrip('.')}."


def mark_foreign_links(body: str, own_host: str = "") -> str:
    """A cleaned body whose links to other hosts carry rel, so that the page they open cannot reach back."""

    def mark(match):
        host = urlsplit(html.unescape(match[1])).netloc
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


def _scrub_text(part: str) -> str:
    if part.startswith("<"):
        return part
    return html.escape(scrub(html.unescape(part)), quote=False)
