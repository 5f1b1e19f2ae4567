"""The readers' HTML of a story: the cleaned body with its figures filled in."""

import html
import re
from collections.abc import Iterator
from itertools import chain, repeat

from django.utils.translation import gettext as _

from ..html import PLACED, keep_together, mark_foreign_links, print_credit
from .players import without_frames
from .printing import FIRST, LAZY, picture_html

_FIGURE = re.compile(r"<figure(?P<attributes>[^<>]*)>(?P<inside>.*?)</figure>", re.DOTALL)
_SMALL = re.compile(r"<small>(.*?)</small>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


def reader_html(body: str, pictures: dict, *, has_first: bool = True, own_host: str = "") -> str:
    """What readers get of a cleaned body: figures with files and printed credits, tables that scroll by themselves,
    videos that wait to be asked for, links to hosts other than `own_host` with rel.

    `pictures` maps id -> Picture. A picture that the library does not know leaves its caption and credit standing.
    `has_first` says that a picture stands above the text; else the first one here is what the reader waits for.
    """
    body = _FIGURE.sub(lambda match: _figure(match, pictures), body)
    if not has_first:
        body = body.replace(LAZY, FIRST, 1)
    body = re.sub(r"<table>.*?</table>", _scrolling_table, body, flags=re.DOTALL)
    return keep_together(without_frames(mark_foreign_links(body, own_host)))


def _figure(match, pictures: dict) -> str:
    inside = match["inside"]
    placed = [pictures[pk] for pk in map(int, PLACED.findall(inside)) if pk in pictures]
    forms = _forms(match["attributes"])
    inside = PLACED.sub(lambda img: picture_html(pictures.get(int(img["pk"])), *next(forms)), inside)
    credit = print_credit(html.unescape(found[1]) if (found := _SMALL.search(inside)) else _shared_credit(placed))
    inside = _SMALL.sub("", inside)
    label = f'<span class="ai-label">{_("Picture made by AI")}</span> ' if any(p.made_by_ai for p in placed) else ""
    printed = f' <small class="credit">{html.escape(credit, quote=False)}</small>' if credit else ""
    if "<figcaption>" in inside:
        inside = _CAPTION.sub(lambda found: f"<figcaption>{label}{found[1].rstrip()}{printed}</figcaption>", inside)
    elif label or printed:
        inside += f"<figcaption>{label}{printed.strip()}</figcaption>"
    return f"<figure{match['attributes']}>{inside}</figure>"


def _forms(attributes: str) -> Iterator[tuple[str, str]]:
    """(shape, sizes) of each picture of a figure in turn: see static/css/components/figure.css."""
    if "gallery" in attributes:
        # The first over the whole width, the others cut to one shape, in twos or threes.
        return chain([("full", "(min-width: 960px) 776px, 100vw")], repeat(("card", "(min-width: 640px) 384px, 50vw")))
    if "align-" in attributes:
        return repeat(("full", "(min-width: 640px) 384px, 100vw"))
    return repeat(("full", "(min-width: 720px) 672px, 100vw"))


def _shared_credit(pictures: list) -> str:
    credits = {picture.credit for picture in pictures}
    return credits.pop() if len(credits) == 1 else ", ".join(sorted(credits - {""}))


def _scrolling_table(match) -> str:
    caption = re.search(r"<caption>(.*?)</caption>", match[0], re.DOTALL)
    label = re.sub(r"<[^<>]*>", "", caption[1]).replace('"', "&quot;") if caption else _("Table")
    return f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">{match[0]}</div>'
