"""In which lists a story stands: those of its sections and of what is above them, its tags, pen names and series.

Kept as rows of their own, newest first in an index, so that any page of any list costs as much as its first, however
long the list is (articles/shelves.py). `published()` still decides what readers see: a row copies the columns that it
asks, and goes when the story is over.

Whoever writes here holds the paper (Edition) until the end of the transaction, so that no two count at once.
"""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Case, Count, F, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from .dates import Precision
from .models import Article, Credit, Edition, ListEdition, Listing, ListKind, Section, Status

# The one row of Edition.
THE_ROW = 1
# (kind, id of the section, tag, author or series)
List = tuple[str, int]

# A sitemap file holds the stories of so many ids: well under the protocol's 50,000, so that it takes a fraction of a
# second to write. Whoever changes this calls rebuild().
STORIES_IN_FILE = 5000

# Places that are over go in bites of so many, each a short transaction.
BITE = 500


@transaction.atomic
def refresh(article: Article) -> set[List]:
    """Makes the rows of a story say where it stands now. Returns the lists that it stands in or has left."""
    hold_the_paper()
    rows = Listing.objects.filter(article=article)
    before = {(row.kind, row.key): row for row in rows}
    now = lists_of(article) if _has_places(article) else set()
    gone, new = before.keys() - now, now - before.keys()
    if gone:
        rows.filter(_any_of(gone)).delete()
    copied = _copied(article)
    if any(getattr(before[place], name) != value for place in now & before.keys() for name, value in copied.items()):
        rows.update(**copied)
    Listing.objects.bulk_create(Listing(kind=kind, key=key, article=article, **copied) for kind, key in sorted(new))
    file = file_of(article.pk)
    _note(dict.fromkeys(new, 1) | dict.fromkeys(gone, -1) | {file: bool(now) - bool(before)})
    return now | before.keys() | {file}


def number_now() -> int:
    """This moment as editions count: in microseconds since 1970."""
    return time.time_ns() // 1000


def file_of(article_id: int) -> List:
    """The sitemap file of a story."""
    return ListKind.FILE.value, article_id // STORIES_IN_FILE


def lists_of(article: Article) -> set[List]:
    """The lists of a story as its row, ties and credits say."""
    own = Q(pk=article.section_id) | Q(pk__in=article.more_sections.order_by().values("pk"))
    sections = Section.objects.filter(own).order_by().values_list("pk", "parent")
    return {
        *((ListKind.SECTION.value, pk) for pair in sections for pk in pair if pk),
        *((ListKind.TAG.value, pk) for pk in article.tags.order_by().values_list("pk", flat=True)),
        *((ListKind.AUTHOR.value, pk) for pk in article.credits.order_by().values_list("author", flat=True)),
        *((ListKind.SERIES.value, pk) for pk in [article.series_id] if pk),
    }


@transaction.atomic
def rebuild() -> None:
    """Makes all rows anew from the stories, in the database itself: seconds for ten thousands of stories."""
    hold_the_paper()
    Listing.objects.all().delete()
    fill()


@transaction.atomic
def remake(kind: ListKind, *keys: int) -> None:
    """Makes the rows of some lists anew, after many stories went from one to another in a single act."""
    hold_the_paper()
    Listing.objects.filter(kind=kind, key__in=keys).delete()
    for source in _SOURCES:
        if source.kind == kind:
            source.insert(**{f"{source.key}__in": keys})
    recount(kind=kind, key__in=keys)


@transaction.atomic
def fill(**stories) -> None:
    """Adds the rows of published stories that have none yet; of all, or of those that a filter on Article leaves.

    All lists are counted anew after it: some seconds for a million stories.
    """
    hold_the_paper()
    for source in _SOURCES:
        of_story = source.article.removesuffix("pk")
        source.insert(**{f"{of_story and of_story + '__'}{name}": value for name, value in stories.items()})
    recount()
    _recount_files()


@transaction.atomic
def recount(**lists) -> None:
    """Counts the places of all lists anew, or of those that a filter on ListEdition and Listing leaves."""
    hold_the_paper()
    ListEdition.objects.filter(**lists).update(places=0)
    counted = Listing.objects.filter(**lists).order_by().values("kind", "key").annotate(places=Count("pk"))
    _store([ListEdition(**row) for row in counted], "places")


def _recount_files() -> None:
    """Files that come in without a story's own act have changed now."""
    stories = Article.objects.filter(status=Status.PUBLISHED).exclude(expires_at__lte=timezone.now()).order_by()
    counted = stories.values_list(F("pk") / STORIES_IN_FILE).annotate(Count("pk"))
    now = number_now()
    files = [ListEdition(kind=ListKind.FILE, key=key, places=places, number=now) for key, places in counted]
    _store(files, "places", "number")


def _store(rows: list[ListEdition], *columns: str) -> None:
    ListEdition.objects.bulk_create(
        rows, batch_size=BITE, update_conflicts=True, unique_fields=["kind", "key"], update_fields=columns
    )


def count_of(kind: str, keys: Iterable[int] | None = None, at: datetime | None = None) -> dict[int, int]:
    """How many stories of each list (all of a kind, if no keys are given) readers see at a moment (now, if not given).

    Lists without any are left out.

    Exact: places less those that are still ahead and those that are over; as many rows are read as there are of these.
    """
    at = at or timezone.now()
    # What is over came out before it ended, so that its end alone is asked for: a stretch of list_ends.
    unseen = Listing.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    ahead, over = (
        Subquery(rows.order_by().values("kind").annotate(number=Count("pk")).values("number"))
        for rows in (unseen.filter(published_at__gt=at), unseen.filter(expires_at__lte=at))
    )
    lists = ListEdition.objects.filter(kind=kind, places__gt=0)
    lists = lists if keys is None else lists.filter(key__in=list(keys))
    counts = lists.values_list("key", F("places") - Coalesce(ahead, 0) - Coalesce(over, 0))
    return {key: count for key, count in counts if count > 0}


def clear_away(before: datetime | None = None) -> int:
    """Takes from all lists what was over before a moment (now, if not given): readers see it no longer as it is.

    Returns the number of places. A story whose end is put off gets them back (refresh).
    """
    over, cleared = Listing.objects.filter(expires_at__lte=before or timezone.now()), 0
    while bite := _cleared(over):
        cleared += bite
    return cleared


@transaction.atomic
def _cleared(over) -> int:
    hold_the_paper()
    stories = list(over.order_by("expires_at").values_list("article", flat=True)[:BITE])
    rows = Listing.objects.filter(article__in=stories)
    places = Counter(rows.order_by().values_list("kind", "key")) + Counter(map(file_of, set(stories)))
    rows.delete()
    _note({place: -number for place, number in places.items()})
    return places.total() - len(set(stories))


def hold_the_paper() -> None:
    """Locks the row of Edition, which is made if it is not there, until the end of the transaction."""
    held = Edition.objects.select_for_update().filter(pk=THE_ROW)
    if not held.first():
        # Tables were emptied. Of two who make the row one waits for the other here, before either holds anything else.
        Edition.objects.get_or_create(pk=THE_ROW)
        held.first()


def _has_places(article: Article) -> bool:
    is_over = article.expires_at and article.expires_at <= timezone.now()
    return article.status == Status.PUBLISHED and not is_over


def _copied(article: Article) -> dict:
    """The columns of a row that repeat those of its story."""
    return {
        "published_at": article.published_at,
        "expires_at": article.expires_at,
        "is_dated": article.date_precision != Precision.UNKNOWN,
    }


def _note(changes: dict[List, int]) -> None:
    """Brings changed numbers of places to the lists; rows of lists that have none yet are made."""
    lists = sorted(place for place, number in changes.items() if number)
    if not lists:
        return
    ListEdition.objects.bulk_create((ListEdition(kind=kind, key=key) for kind, key in lists), ignore_conflicts=True)
    for number in {changes[place] for place in lists}:
        some = _any_of(place for place in lists if changes[place] == number)
        ListEdition.objects.filter(some).update(places=F("places") + number)


@dataclass(frozen=True)
class _Source:
    """A table that says where stories stand, and its columns: the list's id, the story, the time of publication."""

    kind: ListKind
    model: type[Model]
    key: str
    article: str = "article"

    def insert(self, **narrowed) -> None:
        prefix = "" if self.article == "pk" else "article__"
        is_over = Q(**{f"{prefix}expires_at__lte": timezone.now()})
        rows = self.model.objects.filter(
            **narrowed, **{f"{prefix}status": Status.PUBLISHED, f"{self.key}__isnull": False}
        ).exclude(is_over)
        is_dated = Case(When(**{f"{prefix}date_precision": Precision.UNKNOWN}, then=False), default=Value(True))
        found = rows.order_by().values_list(
            self.key, self.article, f"{prefix}published_at", f"{prefix}expires_at", is_dated
        )
        sql, params = found.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Listing._meta.db_table} (kind, key, article_id, published_at, expires_at, is_dated)"  # noqa: S608 (our own names)
                f" SELECT '{self.kind.value}', rows.* FROM ({sql}) AS rows WHERE true ON CONFLICT DO NOTHING",
                params,
            )


_SOURCES = (
    _Source(ListKind.SECTION, Article, "section", "pk"),
    _Source(ListKind.SECTION, Article, "section__parent", "pk"),
    _Source(ListKind.SECTION, Article.more_sections.through, "section"),
    _Source(ListKind.SECTION, Article.more_sections.through, "section__parent"),
    _Source(ListKind.TAG, Article.tags.through, "tag"),
    _Source(ListKind.AUTHOR, Credit, "author"),
    _Source(ListKind.SERIES, Article, "series", "pk"),
)


def _any_of(lists: Iterable[List]) -> Q:
    found = Q(pk__in=[])
    for kind, key in lists:
        found |= Q(kind=kind, key=key)
    return found
