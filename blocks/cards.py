"""Stories as cards print them, brought once for each state of their text."""

from collections.abc import Iterable
from datetime import datetime

from articles.cards import cards
from articles.edition import Current
from articles.memory import Newest
from articles.models import Article

from .pools import Row

# A front page prints some eighty, the first pages of all sections a few hundred; ten kilobytes each.
_known = Newest(400)


def stories_of(rows: Iterable[Row], at: datetime, current: Current | None) -> dict[int, Article]:
    """The stories of these rows by their ids, with what cards print; those that are not remembered with one query.

    A story that was taken back in this very moment is left out.

    They are shared by all who ask, and must not be changed.
    """
    frame = current and current.numbers.frame
    wanted = {row.pk: (row.pk, row.edition, frame) for row in rows}
    found = {pk: story for pk, key in wanted.items() if (story := _known.get(key))} if frame else {}
    if missing := wanted.keys() - found.keys():
        for story in cards(missing, at):
            found[story.pk] = story
            if frame and story.edition == wanted[story.pk][1]:
                _known.put(wanted[story.pk], story)
    return found
