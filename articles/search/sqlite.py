"""SQLite: an ordinary FTS5 table, rowid = the story's id. Its tokenizer only cuts at the blanks between our keys."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import BooleanField, F, Func

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
# The table in which FTS5 keeps the texts themselves (title, title_marks, lead, lead_marks): half the time.
_HEADS = "SELECT id, c0, c1, c2, c3 FROM articles_search_content WHERE id IN ({})"


class Held(Func):
    """True for a story that holds what is sought. The plus keeps the planner on the index it walks, newest first."""

    output_field = BooleanField()
    template = "+%(expressions)s IN (SELECT rowid FROM articles_search WHERE articles_search MATCH %%s)"

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, match(self.sought)]


def match(sought: Sought) -> str:
    """What is sought in the language of FTS5; keys hold letters and digits only, so nothing needs an escape."""
    rows = " AND ".join(f'"{" ".join(row)}"' for row in sought.rows)
    return f"{{title_marks lead_marks body_marks}} : ({rows})" if sought.with_marks else rows


def index(documents: Iterable[Document]) -> None:
    """Writes the documents in place of whatever stood for their stories."""
    with connection.cursor() as cursor:
        cursor.executemany(_REPLACE, [tuple(vars(document).values()) for document in documents])


def remove_strangers() -> int:
    """Removes what belongs to no story any more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE rowid NOT IN (SELECT id FROM articles_article)")
        return cursor.rowcount


def ids(sought: Sought, limit: int) -> list[int]:
    """The ids of stories, visible or not, that hold what is sought: at most `limit`, in no promised order."""
    sql = "SELECT rowid FROM articles_search WHERE articles_search MATCH %s LIMIT %s"
    return [row[0] for row in _rows(sql, [match(sought), limit])]


def heads(pks: list[int]) -> list[tuple]:
    """(id, title, title with marks, lead, lead with marks) of these stories, as lines of keys."""
    return _rows(_HEADS.format(", ".join(map(str, map(int, pks)))), []) if pks else []


def held(sought: Sought) -> Held:
    return Held(sought)


def _rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        return cursor.execute(sql, params).fetchall()
