"""PostgreSQL: a table of the same lines of keys, with a GIN index over the single keys and over pairs of neighbours."""

from collections.abc import Iterable
from itertools import pairwise

from django.db import connection
from django.db.models import BooleanField, F, Func

from .documents import Document
from .keys import BARRIER
from .questions import Sought

CREATE = """
CREATE TABLE articles_search (
    article_id bigint PRIMARY KEY,
    title text NOT NULL, title_marks text NOT NULL,
    lead text NOT NULL, lead_marks text NOT NULL,
    body text NOT NULL, body_marks text NOT NULL,
    keys text[] NOT NULL
);
CREATE INDEX articles_search_keys ON articles_search USING gin (keys);
"""
DROP = "DROP TABLE articles_search"

# Before a key with its marks; letters and digits are all that a key holds.
_MARKED = "="
_WRITE = """
INSERT INTO articles_search VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (article_id) DO UPDATE SET (title, title_marks, lead, lead_marks, body, body_marks, keys)
= (EXCLUDED.title, EXCLUDED.title_marks, EXCLUDED.lead, EXCLUDED.lead_marks, EXCLUDED.body, EXCLUDED.body_marks,
EXCLUDED.keys)
"""
_HEADS = "SELECT article_id, title, title_marks, lead, lead_marks FROM articles_search WHERE article_id = ANY(%s)"


class Held(Func):
    """True for a story that holds what is sought. IS TRUE keeps the planner on the index it walks, newest first."""

    output_field = BooleanField()
    template = "(%(expressions)s IN (SELECT article_id FROM articles_search WHERE {})) IS TRUE"

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        condition, found = match(self.sought)
        sql, params = super().as_sql(compiler, connection, **context)
        return sql.format(condition), [*params, *found]


def match(sought: Sought) -> tuple[str, list]:
    """What is sought as a condition: by its keys and pairs, and rows of three and more also by the text itself."""
    side, mark = ("_marks", _MARKED) if sought.with_marks else ("", "")
    keys = [mark + key for row in sought.rows for key in _keys(row)]
    long_rows = [f" {' '.join(row)} " for row in sought.rows if len(row) > 2]
    in_text = f" AND strpos(title{side} || lead{side} || body{side}, %s) > 0"
    return "keys @> %s::text[]" + in_text * len(long_rows), [keys, *long_rows]


def index(documents: Iterable[Document]) -> None:
    """Writes the documents in place of whatever stood for their stories."""
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, [(*vars(document).values(), _all_keys(document)) for document in documents])


def remove_strangers() -> int:
    """Removes what belongs to no story any more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE article_id NOT IN (SELECT id FROM articles_article)")
        return cursor.rowcount


def ids(sought: Sought, limit: int) -> list[int]:
    """The ids of stories, visible or not, that hold what is sought: at most `limit`, in no promised order."""
    condition, params = match(sought)
    rows = _rows(f"SELECT article_id FROM articles_search WHERE {condition} LIMIT %s", [*params, limit])  # noqa: S608 (our own words)
    return [row[0] for row in rows]


def heads(pks: list[int]) -> list[tuple]:
    """(id, title, title with marks, lead, lead with marks) of these stories, as lines of keys."""
    return _rows(_HEADS, [pks])


def held(sought: Sought) -> Held:
    return Held(sought)


def _keys(row: tuple[str, ...]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(row)] or list(row)


def _all_keys(document: Document) -> list[str]:
    keys: set[str] = set()
    for side, mark in (("", ""), ("_marks", _MARKED)):
        for place in ("title", "lead", "body"):
            for text in getattr(document, place + side).split(BARRIER):
                row = text.split()
                keys.update(mark + key for key in row)
                keys.update(f"{mark}{first} {second}" for first, second in pairwise(row))
    return list(keys)


def _rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        return cursor.execute(sql, params).fetchall()
