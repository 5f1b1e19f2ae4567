"""Queries for readers' pages that Django writes once, and rows of them made into what they are rows of.

For a query of many columns the writing takes ten times as long as the database takes to answer, and Django would do it
for each page anew.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db import connections, models
from django.db.models.base import ModelState

# Stands in a query for the number that is told when it is asked. Several such are told apart by going down from here.
TOLD = -1
# Stands in it for the moment that is told then.
MOMENT = datetime(9999, 1, 1, tzinfo=UTC)


class Written:
    """A query for rows of one model and of what they point to, some of its numbers and its moment open.

    `names`: the columns that it brings, as for `only`; the id comes first for each model. What is asked of a row beyond
    them, the database is. `queryset` gets the rows: with numbers of TOLD and below, and MOMENT, where others are told.
    """

    def __init__(self, queryset: models.QuerySet, names: Iterable[str]):
        self.parts = _parts(queryset.model, list(names))
        self.alias = queryset.db
        self.query = queryset.values_list(*(path for part in self.parts for path in part.paths)).query
        compiler = self.query.get_compiler(self.alias)
        self.sql, self.values = compiler.as_sql()
        self.moment = compiler.connection.ops.adapt_datetimefield_value(MOMENT)
        expressions = enumerate(expression for expression, _sql, _alias in compiler.select)
        self.converted = {place: each for place, each in expressions if _converters(each, compiler.connection)}

    def rows(self, *numbers: int, at: datetime | None = None) -> list[models.Model]:
        """The rows, with these numbers and this moment where they are open. What several rows share is made once."""
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, list(self._told(iter(numbers), connection.ops.adapt_datetimefield_value(at))))
            found = cursor.fetchall()
        converters = {place: (_converters(each, connection), each) for place, each in self.converted.items()}
        compiler, made = self.query.get_compiler(connection=connection), {}
        return [self._made(row, made) for row in compiler.apply_converters(found, converters)]

    def _told(self, numbers: Iterator[int], moment) -> Iterator:
        for value in self.values:
            if isinstance(value, int) and value <= TOLD:
                yield next(numbers)
            else:
                yield moment if value == self.moment else value

    def _made(self, row: tuple, made: dict) -> models.Model:
        at_path = {}
        for part in self.parts:
            new = part.once(row, made, self.alias) if part.path else part.new(row, self.alias)
            at_path[part.path] = new
            if part.path and (owner := at_path[part.owner]):
                part.link.set_cached_value(owner, new)
        return at_path[""]


def held(model: type[models.Model], rows: list) -> models.QuerySet:
    """A queryset that holds rows brought in another way, for code that reads them with `.all()`."""
    queryset = model.objects.none()
    queryset._result_cache, queryset._prefetch_done = rows, True
    return queryset


class _Part:
    """The columns of one table in a row of a query, and the row of that table which they make."""

    def __init__(self, model: type[models.Model], path: str, link, names: list[str], start: int):
        self.model, self.path, self.link = model, path, link
        self.owner = path.rpartition("__")[0]
        known = {field.name: field.attname for field in model._meta.concrete_fields}
        # What is no column has been worked out by the query.
        self.names = [known.get(name, name) for name in names]
        self.paths = [f"{path}__{name}" if path else name for name in self.names]
        self.start, self.stretch = start, slice(start, start + len(names))

    def once(self, row: tuple, made: dict, alias: str):
        if (pk := row[self.start]) is None:
            return None
        key = self.path, pk
        if key not in made:
            made[key] = self.new(row, alias)
        return made[key]

    def new(self, row: tuple, alias: str):
        """What Model.from_db makes, without its look at each column that is not there: half of all the time."""
        new = self.model.__new__(self.model)
        new._state = ModelState()
        new._state.adding, new._state.db = False, alias
        new.__dict__.update(zip(self.names, row[self.stretch], strict=True))
        return new


def _parts(model: type[models.Model], names: list[str]) -> list[_Part]:
    """One part for each path among the names; what a row points to comes after the row."""
    by_path: dict[str, list[str]] = {}
    for name in names:
        path, _, own = name.rpartition("__")
        by_path.setdefault(path, []).append(own)
    parts, start = [], 0
    for path in sorted(by_path, key=lambda path: path.count("__") if path else -1):
        link, target = None, model
        for step in filter(None, path.split("__")):
            link = target._meta.get_field(step)
            target = link.related_model
        parts.append(_Part(target, path, link, by_path[path], start))
        start = parts[-1].stretch.stop
    return parts


def _converters(expression, connection) -> list:
    """What makes a value of the database one of ours, as Django's compiler asks for it."""
    return connection.ops.get_db_converters(expression) + expression.get_db_converters(connection)
