"""PostgreSQL: a table of the same lines of keys, with a GIN index over the single keys and over pairs of neighbours."""

from collections.abc import Iterable
from itertools import pairwise

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Value

from ..keys import BARRIER
from .documents import Document
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
-- A function of its own, so that the planner is kept to the index: it takes common words for a reason to unpack and
-- read every row, which is a hundred times slower.
CREATE FUNCTION articles_search_hits(asked text[], long_rows text[], with_marks boolean, most bigint)
RETURNS SETOF bigint LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT article_id FROM articles_search WHERE keys @> asked AND NOT EXISTS (
        SELECT FROM unnest(long_rows) AS long_row WHERE strpos(
            CASE WHEN with_marks THEN title_marks || lead_marks || body_marks ELSE title || lead || body END, long_row
        ) = 0
    ) LIMIT most
$$;
"""
DROP = "DROP FUNCTION articles_search_hits; DROP TABLE articles_search"

# Before a key with its marks; letters and digits are all that a key holds.
_MARKED = "="
_WRITE = """
INSERT INTO articles_search VALUES (%s, %s, %s, %s, %s, %s, %s, string_to_array(%s, '|'))
ON CONFLICT (article_id) DO UPDATE SET (title, title_marks, lead, lead_marks, body, body_marks, keys)
= (EXCLUDED.title, EXCLUDED.title_marks, EXCLUDED.lead, EXCLUDED.lead_marks, EXCLUDED.body, EXCLUDED.body_marks,
EXCLUDED.keys)
"""


class Numbers(Func):
    """Ids as a subquery: one parameter and no work for each, however many there are."""

    output_field = BigIntegerField()
    template = "(SELECT unnest(%(expressions)s::bigint[]))"

    def __init__(self, pks: list[int]):
        super().__init__(Value(pks))


class Held(Func):
    """True for a story that holds what is sought. IS TRUE keeps the planner on the index it walks, newest first."""

    output_field = BooleanField()
    template = "(%(expressions)s IN (SELECT articles_search_hits(%%s, %%s, %%s, NULL))) IS TRUE"

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        sql, params = super().as_sql(compiler, connection, **context)
        return sql, [*params, *match(self.sought)]


class Place(Func):
    """Where a story holds what is sought: 0 in its title alone, 1 in its lead, 2 elsewhere."""

    output_field = Field()
    template = """(
        SELECT CASE WHEN {title} THEN 0 WHEN {lead} THEN 1 ELSE 2 END FROM articles_search
        WHERE article_id = %(expressions)s
    )"""

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        side = "_marks" if self.sought.with_marks else ""
        needles = [f" {' '.join(row)} " for row in self.sought.rows]
        holds = [" AND ".join([f"strpos({column}{side}, %%s) > 0"] * len(needles)) for column in ("title", "lead")]
        template = self.template.format(title=holds[0], lead=holds[1])
        sql, params = super().as_sql(compiler, connection, template=template, **context)
        return sql, [*needles, *needles, *params]


def match(sought: Sought) -> tuple[list[str], list[str], bool]:
    """What is sought as keys and pairs, as rows of three and more to be found in the text itself, and on which side."""
    mark = _MARKED if sought.with_marks else ""
    keys = [mark + key for row in sought.rows for key in _keys(row)]
    return keys, [f" {' '.join(row)} " for row in sought.rows if len(row) > 2], sought.with_marks


def index(documents: Iterable[Document]) -> None:
    """Writes the documents in place of whatever stood for their stories."""
    with connection.cursor() as cursor:
        cursor.executemany(
            _WRITE, [(*vars(document).values(), "|".join(_all_keys(document))) for document in documents]
        )


def remove_strangers() -> int:
    """Removes what belongs to no story any more; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE article_id NOT IN (SELECT id FROM articles_article)")
        return cursor.rowcount


def ids(sought: Sought, limit: int) -> list[int]:
    """The ids of stories, visible or not, that hold what is sought: at most `limit`, in no promised order."""
    rows = _rows("SELECT articles_search_hits(%s, %s, %s, %s)", [*match(sought), limit])
    return [row[0] for row in rows]


def _keys(row: tuple[str, ...]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(row)] or list(row)


def _all_keys(document: Document) -> set[str]:
    keys: set[str] = set()
    for side, mark in (("", ""), ("_marks", _MARKED)):
        for place in ("title", "lead", "body"):
            for text in getattr(document, place + side).split(BARRIER):
                row = text.split()
                keys.update(mark + key for key in row)
                keys.update(f"{mark}{first} {second}" for first, second in pairwise(row))
    return keys


def _rows(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        return cursor.execute(sql, params).fetchall()
