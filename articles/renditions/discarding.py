"""Files that nobody needs any more: noted in the act that makes them so, deleted once it holds."""

from datetime import timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from ..models import DiscardedFile, Picture

# Pages that a reader has open, and caches on the way to them, name the files of before for a while.
GRACE = timedelta(hours=1)
# How many `tick` deletes in one run: each may be a folder of twenty files on a slow network.
A_RUN = 100


def discard(storage: str, name: str, *, after: timedelta = timedelta()) -> None:
    """Has a file, or a folder if its name ends in "/", deleted when the transaction holds, or a while after.

    What fails then, since a disk or a network does, `tick` does later.
    """
    row = DiscardedFile.objects.create(storage=storage, name=name, due=timezone.now() + after)
    if not after:
        transaction.on_commit(lambda: _delete(row), robust=True)


def discard_renditions(picture: Picture) -> None:
    """Has every public file of a picture deleted when the transaction holds, those in their time of grace too."""
    for row in DiscardedFile.objects.filter(storage="renditions", name__startswith=f"{picture.pk}-"):
        discard("renditions", row.name)
        row.delete()
    if base := picture.renditions.get("base"):
        discard("renditions", f"{base}/")


def discard_picture(picture: Picture) -> None:
    """Has all files of a picture deleted, the original too: for one that leaves the library."""
    discard_renditions(picture)
    discard("default", picture.original.name)


def delete_discarded() -> int:
    """Deletes what is due, and says how much that was. Safe to run twice and side by side."""
    due = DiscardedFile.objects.filter(due__lte=timezone.now())[:A_RUN]
    return sum(_delete(row) for row in due)


def empty_folder(storage: str, folder: str) -> None:
    """Deletes every file of a folder, then the folder, where the storage has such a thing."""
    held = storages[storage]
    try:
        _folders, files = held.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        held.delete(f"{folder}/{file}")
    held.delete(folder)


def _delete(row: DiscardedFile) -> int:
    if row.name.endswith("/"):
        empty_folder(row.storage, row.name.rstrip("/"))
    else:
        storages[row.storage].delete(row.name)
    return DiscardedFile.objects.filter(pk=row.pk).delete()[0]
