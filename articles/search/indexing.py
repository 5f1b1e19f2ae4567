"""Stories whose words change without being saved themselves: their tag got another name, or went.

Most tags have few stories, and those are indexed in the transaction that changes the tag. A tag of thousands would keep
an editor waiting, and SQLite's only writer with him: the newest stories are indexed at once, the others are noted in
the same transaction and indexed by `tick`.
"""

from collections.abc import Iterable

from django.db import transaction

from ..models import Article, UnindexedStory
from .asking import index_documents
from .documents import documents_of

# A second or two of an editor's time.
AT_ONCE = 500
# Stories in one transaction of work behind the scenes: an editor who saves meanwhile hardly waits.
BATCH = 200


@transaction.atomic
def index_again(pks: Iterable[int]) -> None:
    """Indexes the newest AT_ONCE of these stories and notes the others."""
    newest_first = sorted(pks, reverse=True)
    index_batch(newest_first[:AT_ONCE])
    notes = [UnindexedStory(article_id=pk) for pk in newest_first[AT_ONCE:]]
    UnindexedStory.objects.bulk_create(notes, ignore_conflicts=True, batch_size=1000)


def index_waiting() -> int:
    """Indexes the stories that were noted; returns how many. Safe twice and side by side."""
    done = 0
    while number := _index_some():
        done += number
    return done


@transaction.atomic
def index_batch(pks: list[int]) -> None:
    """Indexes stories as they stand. Locks them meanwhile: an editor who saves comes before or after."""
    stories = Article.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    index_documents(documents_of(stories.select_related("series", "lead_picture").defer("body_html", "search_text")))


@transaction.atomic
def _index_some() -> int:
    """The notes go first: one that is made anew meanwhile then waits for this transaction, and is not lost with it."""
    pks = list(UnindexedStory.objects.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    UnindexedStory.objects.filter(pk__in=pks).delete()
    index_batch(pks)
    return len(pks)
