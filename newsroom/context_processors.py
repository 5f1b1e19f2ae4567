"""What the frame of every public page shows. Lazy: a page that does not print it pays no query."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.models import Publication, Section


def _menu() -> list[Section]:
    """The sections of the first level, each with `.below`, its sections of the second."""
    sections = list(Section.objects.filter(in_menu=True).select_related("parent"))
    tops = [section for section in sections if not section.parent_id]
    for top in tops:
        top.below = [section for section in sections if section.parent_id == top.pk]
    return tops


def chrome(request):
    frame = request.edition.numbers.frame if hasattr(request, "edition") else 0
    return {
        "publication": SimpleLazyObject(lambda: _of_frame(frame, Publication.objects.current)),
        "menu": SimpleLazyObject(lambda: _of_frame(frame, _menu)),
        "now": timezone.localtime(),
    }


def _of_frame(frame: int, ask):
    """What is asked of the database once for each number of the frame; every time where there is none yet."""
    global _known
    if not frame:
        return ask()
    known_for, known = _known
    if known_for != frame:
        known = {}
        _known = frame, known
    if ask.__name__ not in known:
        known[ask.__name__] = ask()
    return known[ask.__name__]


# The number of the frame, and what was found under it; of this process.
_known: tuple[int, dict] = (0, {})
