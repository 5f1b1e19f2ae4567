"""SQLite: an ordinary FTS5 table, rowid = the story's id. Its tokenizer only cuts at the blanks between our keys."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, connections, router
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Value

from ..models import Article
from .documents import Document
from .questions import Sought

CREATE = """
CREATE VIRTUAL TABLE articles_search USING fts5(
    title, title_marks, lead, lead_marks, body, body_marks, tokenize = 'ascii', columnsize = 0
)
"""
DROP = "DROP TABLE articles_search"

_REPLACE = (
    "INSERT OR REPLACE INTO articles_search (rowid, title, title_marks, lead, lead_marks, body, body_marks)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)

# FTS5 begins and ends at any ids.
READS_BETWEEN_IDS = True
# The largest rowid that there can be.
_LAST = 2**63 - 1

# Bytes of keys that FTS5 gathers before it writes them out, by itself and while thousands of stories come in: what is
# written in larger pieces has to be merged less often, which takes a third off the work.
_GATHERED, _GATHERED_IN_BULK = 2**20, 2**28


class Numbers(Func):
    """Ids as a subquery: one parameter and no work for each, however many there are."""

    output_field = BigIntegerField()
    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, pks: list[int]):
        super().__init__(Value(str(pks)))


class Held(Func):
    """True for a story that holds what is sought, of those with ids from `first` to `last`, if these are given.

    The plus keeps the planner on the index it walks, newest first.
    """

    output_field = BooleanField()
    template = """+%(expressions)s IN (
        SELECT rowid FROM articles_search WHERE articles_search MATCH %%s AND rowid BETWEEN %%s AND %%s
    )"""

    def __init__(self, sought: Sought, first: int = 0, last: int = _LAST):
        super().__init__(F("pk"))
        self.asked = [match(sought), first, last]

    def as_sql(self, compiler, connection, **context):
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, *self.asked]


class Place(Func):
    """Where a story holds what is sought: 0 in its title alone, 1 in its lead, 2 elsewhere.

    Asks the table in which FTS5 keeps the texts themselves (title, title_marks, lead, lead_marks): half the time.
    """

    output_field = Field()
    template = """(
        SELECT CASE WHEN {title} THEN 0 WHEN {lead} THEN 1 ELSE 2 END FROM articles_search_content
        WHERE id = %(expressions)s
    )"""

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        title, lead = ("c1", "c3") if self.sought.with_marks else ("c0", "c2")
        needles = [f" {' '.join(row)} " for row in self.sought.rows]
        holds = [" AND ".join([f"instr({column}, %%s)"] * len(needles)) for column in (title, lead)]
        template = self.template.format(title=holds[0], lead=holds[1])
        sql, params = super().as_sql(compiler, connection, template=template, **context)
        return sql, [*needles, *needles, *params]


def match(sought: Sought) -> str:
    """What is sought in the language of FTS5; keys hold letters and digits only, so nothing needs an escape."""
    rows = " AND ".join(f'"{" ".join(row)}"' for row in sought.rows)
    return f"{{title_marks lead_marks body_marks}} : ({rows})" if sought.with_marks else rows


def index(documents: Iterable[Document]) -> None:
    """Writes the documents in place of whatever stood for their stories."""
    with connection.cursor() as cursor:
        cursor.executemany(_REPLACE, [tuple(vars(document).values()) for document in documents])


@contextmanager
def in_bulk() -> Iterator[None]:
    """Thousands of stories are indexed meanwhile: quicker in transactions of some thousands, for much memory."""
    with connection.cursor() as cursor:
        gather = "INSERT INTO articles_search (articles_search, rank) VALUES ('hashsize', %s)"
        cursor.execute(gather, [_GATHERED_IN_BULK])
        try:
            yield
        finally:
            cursor.execute(gather, [_GATHERED])


def remove_strangers() -> int:
    """Removes what belongs to no story any more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE rowid NOT IN (SELECT id FROM articles_article)")
        return cursor.rowcount


def ids(sought: Sought, limit: int) -> list[int]:
    """The ids of stories, visible or not, that hold what is sought: at most `limit`, in no promised order."""
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH %s LIMIT %s"
    return [row[0] for row in _rows(sql, [match(sought), limit])]


def _rows(sql: str, params: list) -> list[tuple]:
    with connections[router.db_for_read(Article)].cursor() as cursor:
        return cursor.execute(sql, params).fetchall()
