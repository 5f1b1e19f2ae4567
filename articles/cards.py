"""Stories as cards and rows print them, by their ids: one query, and nothing in it that no card prints."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import router
from django.utils import timezone

from .models import Article
from .models.article_query import CARD_COLUMNS
from .written import Written

# Pages ask for some ten different numbers of stories; a query takes 3 KB.
_REMEMBERED = 100


def cards(pks: Iterable[int], at: datetime | None = None) -> list[Article]:
    """The stories of these ids, in their order, without those that readers may not see at a moment (now, if not given).

    With section and its parent, series and lead picture. Whatever else is asked of a story, the database is.
    """
    pks, at = list(pks), at or timezone.now()
    if not pks:
        return []
    # Whether readers may see it is asked of the row at hand: told of states and times, SQLite would look through all
    # that was ever published rather than for these ids.
    found = {story.pk: story for story in _written(router.db_for_read(Article), len(pks)).rows(*pks)}
    return [found[pk] for pk in pks if pk in found and found[pk].is_visible_at(at)]


@lru_cache(maxsize=_REMEMBERED)
def _written(alias: str, count: int) -> Written:
    stories = Article.objects.using(alias).filter(pk__in=range(-count, 0)).order_by()
    return Written(stories, CARD_COLUMNS)
