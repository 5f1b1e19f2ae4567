"""Many rows at once, past the instances of their models; PostgreSQL reads them as a stream (COPY)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

# Kilobytes of SQLite's memory for pages: the indexes of a million stories, which are written all over.
CACHE = 512_000


class Table:
    """The table of a model. Its rows are as an example has them, but for the columns that change from row to row."""

    def __init__(self, example: Model, *changing: str):
        """`example`: an unsaved instance. `changing`: attribute names (`author_id`); the key is left to the database
        unless it is among them."""
        meta = example._meta
        # Itself, and not what stands for it: that looks it up each time, which shows in a million rows.
        self._connection = connections[DEFAULT_DB_ALIAS]
        fields = [field for field in meta.concrete_fields if not field.primary_key or field.attname in changing]
        self.name, self.columns = meta.db_table, [field.column for field in fields]
        self.row = [field.get_db_prep_save(field.pre_save(example, add=True), connection) for field in fields]
        names = [field.attname for field in fields]
        self.places = [names.index(name) for name in changing]
        self._fields = {field.attname: field for field in fields}

    def prepared(self, name: str, value):
        """A value of a changing column as the database takes it."""
        return self._fields[name].get_db_prep_save(value, self._connection)

    def insert(self, values: Iterable[tuple]) -> None:
        """Rows with these values, prepared and in the order of `changing`."""
        put(self.name, self.columns, self._rows(values))

    def _rows(self, values: Iterable[tuple]) -> Iterator[list]:
        for changed in values:
            row = self.row.copy()
            for place, value in zip(self.places, changed, strict=True):
                row[place] = value
            yield row


def put(table: str, columns: list[str], rows: Iterable) -> None:
    """Inserts rows into columns of a table, whatever the engine does quickest."""
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
        else:
            holders = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({holders})", rows)  # noqa: S608 (our own names)


def count_on(model: type[Model]) -> None:
    """After rows with keys of our own, the database gives out keys beyond them."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(sql)


@contextmanager
def in_haste() -> Iterator[None]:
    """SQLite waits for no disk meanwhile and has room for its indexes. A power cut may cost the database of a demo."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        before = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "cache_size")]
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous = {before[0]}")
            cursor.execute(f"PRAGMA cache_size = {before[1]}")
