"""The places of blocks on a story's page: parts that change while the story itself stays as it is."""

from django.template.loader import render_to_string

from articles import parts

from .placing import Area, place_blocks
from .subjects import Subject


def area_html(blocks: Area, form: str, request) -> str:
    """A place with its blocks and what stands around it."""
    # Its pictures stand below the fold: whatever the story shows, they wait until they come into sight.
    request.has_first_picture = True
    return render_to_string("blocks/area.html", {"blocks": blocks, "form": form}, request) if blocks else ""


def areas_now(request, subject: Subject, places: list[tuple[str, str]]) -> list[parts.Part]:
    """The places of the page of a story as they are in the edition of this request: each a place and its form."""
    placed = place_blocks(subject=subject, current=request.edition)
    return [_area_now(request, getattr(placed, place), form) for place, form in places]


def _area_now(request, blocks: Area, form: str) -> parts.Part:
    shown = (blocks.place, form, blocks.signature)
    return parts.kept(request, shown, lambda: area_html(blocks, form, request), (blocks.place, form))
