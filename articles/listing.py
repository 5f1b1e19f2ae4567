"""In which lists a story stands: those of its sections and of what is above them, its tags and its pen names.

Kept as rows of their own, newest first in an index, so that any page of any list costs as much as its first, however
long the list is. `published()` still decides what readers see; a row only says where to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model, Q

from .models import Article, Credit, Listing, ListKind, Section, Status

# (kind, id of the section, tag or author)
List = tuple[str, int]


def refresh(article: Article) -> set[List]:
    """Makes the rows of a story say where it stands now. Returns the lists that it stands in or has left."""
    rows = Listing.objects.filter(article=article)
    before = {(kind, key): at for kind, key, at in rows.values_list("kind", "key", "published_at")}
    now = lists_of(article) if article.status == Status.PUBLISHED else set()
    if gone := before.keys() - now:
        rows.filter(_any_of(gone)).delete()
    if moved := {place for place in now & before.keys() if before[place] != article.published_at}:
        rows.filter(_any_of(moved)).update(published_at=article.published_at)
    _add(article, sorted(now - before.keys()))
    return now | before.keys()


def lists_of(article: Article) -> set[List]:
    """The lists of a story as its row, ties and credits say."""
    own = Q(pk=article.section_id) | Q(pk__in=article.more_sections.order_by().values("pk"))
    sections = Section.objects.filter(own).order_by().values_list("pk", "parent")
    return {
        *((ListKind.SECTION.value, pk) for pair in sections for pk in pair if pk),
        *((ListKind.TAG.value, pk) for pk in article.tags.order_by().values_list("pk", flat=True)),
        *((ListKind.AUTHOR.value, pk) for pk in article.credits.order_by().values_list("author", flat=True)),
    }


@transaction.atomic
def rebuild() -> None:
    """Makes all rows anew from the stories, in the database itself: seconds for ten thousands of stories."""
    Listing.objects.all().delete()
    fill()


@transaction.atomic
def remake(kind: ListKind, *keys: int) -> None:
    """Makes the rows of some lists anew, after many stories went from one to another in a single act."""
    Listing.objects.filter(kind=kind, key__in=keys).delete()
    for source in _SOURCES:
        if source.kind == kind:
            source.insert(**{f"{source.key}__in": keys})


def fill(**stories) -> None:
    """Adds the rows of published stories that have none yet; of all, or of those that a filter on Article leaves."""
    for source in _SOURCES:
        of_story = source.article.removesuffix("pk")
        source.insert(**{f"{of_story and of_story + '__'}{name}": value for name, value in stories.items()})


@dataclass(frozen=True)
class _Source:
    """A table that says where stories stand, and its columns: the list's id, the story, the time of publication."""

    kind: ListKind
    model: type[Model]
    key: str
    article: str = "article"

    def insert(self, **narrowed) -> None:
        prefix = "" if self.article == "pk" else "article__"
        rows = self.model.objects.filter(
            **narrowed, **{f"{prefix}status": Status.PUBLISHED, f"{self.key}__isnull": False}
        )
        found = rows.order_by().values_list(self.key, self.article, f"{prefix}published_at")
        sql, params = found.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Listing._meta.db_table} (kind, key, article_id, published_at)"  # noqa: S608 (our names)
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
)


def _any_of(lists: Iterable[List]) -> Q:
    found = Q(pk__in=[])
    for kind, key in lists:
        found |= Q(kind=kind, key=key)
    return found


def _add(article: Article, lists: list[List]) -> None:
    Listing.objects.bulk_create(
        Listing(kind=kind, key=key, article=article, published_at=article.published_at) for kind, key in lists
    )
