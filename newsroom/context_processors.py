"""What the frame of every public page shows. Lazy: a page that does not print it pays no query."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.keeping import edition_of
from articles.memory import Latest
from articles.models import Publication, Section

# The paper and its menu.
_of_frame = Latest(2)


def _menu() -> list[Section]:
    """The sections of the first level, each with `.below`, its sections of the second."""
    sections = list(Section.objects.filter(in_menu=True).select_related("parent"))
    tops = [section for section in sections if not section.parent_id]
    for top in tops:
        top.below = [section for section in sections if section.parent_id == top.pk]
    return tops


def chrome(request):
    return {
        "publication": SimpleLazyObject(lambda: _once(request, "publication", Publication.objects.current)),
        "menu": SimpleLazyObject(lambda: _once(request, "menu", _menu)),
        "now": timezone.localtime(),
    }


def _once(request, name: str, ask):
    """What is asked of the database once for each number of the frame; every time where there is none yet."""
    current = edition_of(request)
    frame = current.numbers.frame if current else 0
    return _of_frame.under(frame).once(name, ask) if frame else ask()
