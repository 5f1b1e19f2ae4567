"""Stories as cards and rows print them, by their ids: one query, and nothing in it that no card prints.

Django writes the query once for each number of ids, and not for each page: the writing takes ten times as long as the
database takes to answer.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import connections, models, router
from django.db.models.base import ModelState
from django.utils import timezone

from .models import Article, Picture, Section, Series
from .models.article import CARD_COLUMNS

# Pages ask for some ten different numbers of stories; a query takes 3 KB.
_REMEMBERED = 100


def cards(pks: Iterable[int], at: datetime | None = None) -> list[Article]:
    """The stories of these ids, in their order, without those that readers may not see at a moment (now, if not given).

    With section and its parent, series and lead picture. Whatever else is asked of a story, the database is.
    """
    pks, at = list(pks), at or timezone.now()
    if not pks:
        return []
    alias = router.db_for_read(Article)
    makers = _Makers(alias)
    # Whether readers may see it is asked of the row at hand: told of states and times, SQLite would look through all
    # that was ever published rather than for these ids.
    found = {row[0]: makers.story(row) for row in _written(alias, len(pks)).rows(connections[alias], pks)}
    return [found[pk] for pk in pks if pk in found and found[pk].is_visible_at(at)]


class _Written:
    """A query for so many ids as Django writes it."""

    def __init__(self, alias: str, count: int):
        stories = Article.objects.using(alias).filter(pk__in=range(count)).order_by()
        self.query = stories.values_list(*_NAMES).query
        compiler = self.query.get_compiler(alias)
        self.sql, _ids = compiler.as_sql()
        self.expressions = [expression for expression, _sql, _alias in compiler.select]

    def rows(self, connection, pks: list[int]):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, pks)
            rows = cursor.fetchall()
        compiler = self.query.get_compiler(connection=connection)
        return compiler.apply_converters(rows, compiler.get_converters(self.expressions))


@lru_cache(maxsize=_REMEMBERED)
def _written(alias: str, count: int) -> _Written:
    return _Written(alias, count)


class _Part:
    """The columns of one table in a row of the query, and the row of that table which they make."""

    def __init__(self, model: type[models.Model], path: str, start: int):
        prefix = f"{path}__" if path else ""
        wanted = {name.removeprefix(prefix) for name in CARD_COLUMNS if name.rpartition("__")[0] == path}
        # In the order of the table, as Model.from_db wants them; the id comes first.
        fields = [field for field in model._meta.concrete_fields if field.name in wanted]
        self.model, self.names = model, [field.attname for field in fields]
        self.paths = [f"{prefix}{field.attname}" for field in fields]
        self.stretch = slice(start, start + len(fields))


def _parts() -> list[_Part]:
    parts, start = [], 0
    for model, path in (
        (Article, ""),
        (Section, "section"),
        (Section, "section__parent"),
        (Series, "series"),
        (Picture, "lead_picture"),
    ):
        parts.append(_Part(model, path, start))
        start = parts[-1].stretch.stop
    return parts


_PARTS = _STORY, _SECTION, _PARENT, _SERIES, _PICTURE = _parts()
_NAMES = [path for part in _PARTS for path in part.paths]
_SECTION_OF, _SERIES_OF, _PICTURE_OF = map(Article._meta.get_field, ("section", "series", "lead_picture"))
_PARENT_OF = Section._meta.get_field("parent")


class _Makers:
    """Makes stories of rows; what several of them share, a section or a picture, is made once."""

    def __init__(self, alias: str):
        self.alias, self.made = alias, {}

    def story(self, row: tuple) -> Article:
        article = self._new(_STORY, row)
        if (section := self._once(_SECTION, row)) and not _PARENT_OF.is_cached(section):
            _PARENT_OF.set_cached_value(section, self._once(_PARENT, row))
        _SECTION_OF.set_cached_value(article, section)
        _SERIES_OF.set_cached_value(article, self._once(_SERIES, row))
        _PICTURE_OF.set_cached_value(article, self._once(_PICTURE, row))
        return article

    def _once(self, part: _Part, row: tuple):
        if (pk := row[part.stretch.start]) is None:
            return None
        key = part.model, pk
        if key not in self.made:
            self.made[key] = self._new(part, row)
        return self.made[key]

    def _new(self, part: _Part, row: tuple):
        """What Model.from_db makes, without its look at each column that is not there: half of all the time."""
        new = part.model.__new__(part.model)
        new._state = ModelState()
        new._state.adding, new._state.db = False, self.alias
        new.__dict__.update(zip(part.names, row[part.stretch], strict=True))
        return new
