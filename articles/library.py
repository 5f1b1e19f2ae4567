"""The picture library: how a picture comes in, is told again, is offered, and where it is shown."""

from contextlib import ExitStack
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Picture
from .renditions import are_alike, make_first
from .search import matching_pictures

# Pictures in one answer to the editor: three rows of eight, or eight of three.
PAGE_SIZE = 24
# As many as a person can compare with one of their own at a glance.
ALIKE_SHOWN = 4


@transaction.atomic
def add(file, **fields) -> Picture:
    """A new picture from a checked file (uploads.PictureFileField) with what the desk sees of it at once.

    Where that fails nothing stays, neither the row nor the file.
    """
    with ExitStack() as undo:
        picture = Picture(original=file, digest=file.digest, likeness=file.likeness, **({"title": file.title} | fields))
        undo.callback(picture.original.delete, save=False)
        picture.save()
        make_first(picture)
        undo.pop_all()
    return picture


def same_as(digest: str) -> Picture | None:
    """The picture that was made from the very same file, if there is one."""
    return Picture.objects.filter(digest=digest).order_by("pk").first()


def like(likeness: str) -> list[Picture]:
    """Pictures that look much the same, newest first, at most ALIKE_SHOWN: the same photo, scaled or saved anew."""
    known = Picture.objects.order_by("-pk").exclude(likeness="").values_list("pk", "likeness")
    found = islice((pk for pk, other in known.iterator() if are_alike(likeness, other)), ALIKE_SHOWN)
    return list(Picture.objects.select_related("credit_author").filter(pk__in=list(found)).order_by("-pk"))


def page_of(query: str, after: int | None = None) -> tuple[list[Picture], int | None]:
    """Pictures that a search finds, newest first, and the key of the next page (None at the end).

    `after` is the key that the page before gave.
    """
    found = matching_pictures(query, Picture.objects.select_related("credit_author")).order_by("-pk")
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None


def numbered(numbers: list[int]) -> list[Picture]:
    """The pictures with these numbers, one page of them at the most, without those that do not exist."""
    return list(Picture.objects.select_related("credit_author").filter(pk__in=numbers[:PAGE_SIZE]))


def warnings_for(picture: Picture) -> list[str]:
    """What the desk should know before it places a picture, in whole sentences."""
    found = []
    if picture.is_expired:
        found.append(_("May not be placed any more: its time of use ended on %s.") % f"{picture.use_until:%d/%m/%Y}")
    if not picture.alt:
        found.append(_("Lacks its alternative text."))
    if not picture.is_credited:
        found.append(_("Lacks its credit."))
    if picture.shows_child:
        found.append(_("Shows a child under 16: the parents must have agreed."))
    return found
