"""The picture library: how a picture comes in, is told again, is offered, and where it is shown."""

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .deriving import derive, locked
from .html import placed_pictures
from .models import Article, Author, Picture, Placing, Revision, Series
from .renditions import are_alike, discard_picture, make_first
from .search import matching_pictures

# Pictures in one answer to the editor: three rows of eight, or eight of three.
PAGE_SIZE = 24
# As many as a person can compare with one of their own at a glance.
ALIKE_SHOWN = 4


class Known(Exception):
    """The library has the very picture (`is_same`), or some that look much the same."""

    def __init__(self, sentence: str, pictures: list[Picture], *, is_same: bool):
        super().__init__(sentence)
        self.pictures, self.is_same = pictures, is_same


def add(file, *, keep: bool = False) -> Picture:
    """A new picture from a checked file (uploads.PictureFileField), with what the desk sees of it at once.

    Raises Known for a picture that the library has; `keep` takes it all the same if it only looks alike. Where
    anything fails nothing stays, neither the row nor the file.
    """
    if same := Picture.objects.filter(digest=file.digest).order_by("pk").first():
        raise Known(_("The library has this very picture already."), [same], is_same=True)
    if not keep and (alike := like(file.likeness)):
        raise Known(_("The library has a picture that looks much the same."), alike, is_same=False)
    with transaction.atomic(), ExitStack() as undo:
        picture = Picture(original=file, title=file.title, digest=file.digest, likeness=file.likeness)
        undo.callback(picture.original.delete, save=False)
        picture.save()
        make_first(picture)
        undo.pop_all()
    return picture


def like(likeness: str) -> list[Picture]:
    """Pictures that look much the same, newest first, at most ALIKE_SHOWN: the same photo, scaled or saved anew."""
    known = Picture.objects.order_by("-pk").exclude(likeness="").values_list("pk", "likeness")
    found = islice((pk for pk, other in known.iterator() if are_alike(likeness, other)), ALIKE_SHOWN)
    return list(Picture.objects.select_related("credit_author").filter(pk__in=list(found)).order_by("-pk"))


def changed(picture: Picture, *, anew: bool = False) -> None:
    """Brings a changed picture to its readers: with `anew` its files, and the text of every story that shows it."""
    if anew:
        make_first(picture)
    for article in Article.objects.showing(picture).order_by("pk").only("pk"):
        derive(article=locked(article))


@transaction.atomic
def delete(picture: Picture) -> None:
    """Takes a picture out of the library for good, with all its files; ProtectedError if anything shows it."""
    discard_picture(picture)
    picture.delete()


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


@dataclass(frozen=True)
class Use:
    """A row that shows a picture, and as what."""

    row: models.Model
    part: str | Promise


def uses_of(picture: Picture) -> list[Use]:
    """Everything that shows a picture, newest stories first. A picture with any use cannot be deleted."""
    stories = Article.objects.defer("body", "body_html", "search_text")
    found = [Use(story, gettext_lazy("main picture")) for story in stories.filter(lead_picture=picture)]
    found += [Use(story, gettext_lazy("in the text")) for story in stories.filter(placings__picture=picture)]
    waiting = [pk for pk, pictures in _waiting().items() if picture.pk in pictures]
    found += [Use(story, gettext_lazy("in the text that is worked on")) for story in stories.filter(pk__in=waiting)]
    found += [Use(series, gettext_lazy("picture of the series")) for series in Series.objects.filter(picture=picture)]
    found += [Use(author, gettext_lazy("portrait")) for author in Author.objects.filter(portrait=picture)]
    return found


def unused(pictures: QuerySet[Picture]) -> QuerySet[Picture]:
    """Those of `pictures` that nothing shows: `uses_of` as one question."""
    columns = ((Article, "lead_picture"), (Placing, "picture"), (Series, "picture"), (Author, "portrait"))
    for model, column in columns:
        pictures = pictures.filter(~Exists(model.objects.order_by().filter(**{column: OuterRef("pk")})))
    return pictures.exclude(pk__in=set().union(*_waiting().values()))


def _waiting() -> dict[int, set[int]]:
    """story -> the pictures of its last text, where that text is no row's yet: typed, or waiting for its release."""
    last = Revision.objects.filter(number=F("article__latest_revision")).exclude(number=F("article__shown_revision"))
    return {
        pk: placed_pictures(content["body"]) | {content["lead_picture"]} - {None}
        for pk, content in last.values_list("article", "content")
    }


def past(pictures: QuerySet[Picture]) -> QuerySet[Picture]:
    """Those of `pictures` that may not be placed any more: Picture.is_expired as a question."""
    return pictures.filter(use_until__lt=timezone.localdate())


def uncredited(pictures: QuerySet[Picture]) -> QuerySet[Picture]:
    """Those of `pictures` of which nobody has said where they come from."""
    return pictures.filter(Q(credit_author=None), credit_kind="")


def told_as_past(picture: Picture) -> str:
    """Why a picture is not placed any more, by its name."""
    told = _("“%(title)s” may not be placed any more: its time of use ended on %(day)s.")
    return told % {"title": picture.title, "day": f"{picture.use_until:%d/%m/%Y}"}


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
