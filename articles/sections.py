"""The sections of the paper, read once for each number of the frame: they are few, and many pages begin with one."""

from .edition import Current
from .memory import Latest
from .models import Section

_of_frame = Latest(1)


def sections(current: Current | None) -> list[Section]:
    """All sections in the order of the menu, each with its parent.

    They are shared by all who ask in the same edition, and must not be changed.
    """
    frame = current.numbers.frame if current else 0
    return _of_frame.under(frame).once("sections", _asked) if frame else _asked()


def section_at(slug: str, parent: str, current: Current | None) -> Section | None:
    """The section of this address under that of the address `parent`; of the first level where that is ""."""
    return next((each for each in sections(current) if each.slug == slug and _above(each) == parent), None)


def _above(section: Section) -> str:
    return section.parent.slug if section.parent_id else ""


def _asked() -> list[Section]:
    return list(Section.objects.select_related("parent"))
