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
    return {
        "publication": SimpleLazyObject(Publication.objects.current),
        "menu": SimpleLazyObject(_menu),
        "now": timezone.localtime(),
    }
