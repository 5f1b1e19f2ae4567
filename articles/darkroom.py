"""What `tick` does for pictures: the files that could wait, and the stories that print them.

`Picture.files_due` is the queue, and the lease of who works: taking a picture moves its time ahead. So a run that is
cut off loses nothing, two runs side by side never take the same picture, and no row is locked while files are made.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from .edition import bump
from .models import Picture
from .publishing import derive_stories_with
from .renditions import Unreadable, make_rest, note_facts

logger = logging.getLogger(__name__)

# A run takes at most as many, so that the other duties of `tick` have their turn: half a minute's work.
A_RUN = 30
# Far longer than the largest picture takes; whoever holds one for so long has died.
LEASE = timedelta(minutes=10)
# An original that cannot be read is tried again in case its storage was away.
NEXT_TRY = timedelta(days=1)


def develop_due(limit: int = A_RUN) -> int:
    """Makes what pictures still lack and derives anew the stories that show them; says how many were looked after."""
    done = 0
    while done < limit and (picture := _take()):
        develop(picture)
        done += 1
    return done


def develop(picture: Picture) -> None:
    """Does for one picture what is due: facts, files, stories. What cannot be read is left for the next day."""
    taken_until = picture.files_due
    try:
        if not picture.digest:
            note_facts(picture)
        make_rest(picture)
    except Unreadable as error:
        logger.warning("picture %s has no readable original: %s", picture.pk, error)
        _put_back(picture, taken_until, timezone.now() + NEXT_TRY)
        return
    derive_stories_with(picture)
    bump()
    _put_back(picture, taken_until, None)


def _take() -> Picture | None:
    """The picture that has waited longest, ours for the time of a lease; None where nothing is due or free."""
    now = timezone.now()
    for picture in Picture.objects.filter(files_due__lte=now).order_by("files_due")[:A_RUN]:
        until = now + LEASE
        if Picture.objects.filter(pk=picture.pk, files_due=picture.files_due).update(files_due=until):
            picture.files_due = until
            return picture
    return None


def _put_back(picture: Picture, taken_until, due) -> None:
    """Notes when it is due again, unless the desk has changed the picture meanwhile and it is due once more."""
    Picture.objects.filter(pk=picture.pk, files_due=taken_until).update(files_due=due)
