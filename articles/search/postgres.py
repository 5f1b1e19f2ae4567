"""PostgreSQL: the same lines of keys in a table, and beside it a GIN index over numbers that stand for their keys.

A key's number is taken from a digest of it, a pair of neighbours' from the numbers of both: arrays of numbers take half
the time and room of the words themselves, and each story brings two thousand.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from operator import xor

from django.db import DEFAULT_DB_ALIAS, connection, connections, router
from django.db.models import BigIntegerField, BooleanField, F, Field, Func, Value

from ..keys import BARRIER
from ..models import Article
from .documents import Document
from .questions import Sought

CREATE = """
CREATE TABLE articles_search (
    article_id bigint PRIMARY KEY,
    title text NOT NULL, title_marks text NOT NULL,
    lead text NOT NULL, lead_marks text NOT NULL,
    body text NOT NULL, body_marks text NOT NULL
);
-- A table of its own, whose rows are narrow: a word of every story leads to hundreds of pages, not to thousands.
CREATE TABLE articles_search_numbers (article_id bigint PRIMARY KEY, numbers bigint[] NOT NULL);
-- Digests cannot be packed.
ALTER TABLE articles_search_numbers ALTER numbers SET STORAGE EXTERNAL;
CREATE INDEX articles_search_by_number ON articles_search_numbers USING gin (numbers) WITH (fastupdate = on);
-- A function of its own, so that the planner is kept to the index: it takes common words for a reason to unpack and
-- read every row, which is a hundred times slower. It gives an array, since a set would cost ten times as much to pass.
CREATE FUNCTION articles_search_hits(asked bigint[], most bigint)
RETURNS bigint[] LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT ARRAY(SELECT article_id FROM articles_search_numbers WHERE numbers @> asked LIMIT most)
$$;
"""
DROP = """
DROP FUNCTION IF EXISTS articles_search_hits; DROP TABLE IF EXISTS articles_search, articles_search_numbers
"""

# GIN reads all stories of a key, whatever else is asked of them.
READS_BETWEEN_IDS = False
# Among ten million keys of an archive, one chance in a hundred thousand millions that a word meets another's number.
# Python is quicker at these than at longer ones.
_BITS = 60
# All syllables and the common names and numbers of an archive.
_REMEMBERED = 65_536


class _Digests(dict):
    """key -> its number; keeps the latest. A dictionary is read quicker than a function that remembers."""

    def __init__(self, use: bytes):
        super().__init__()
        self.use = use

    def __missing__(self, key: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        digest = blake2b(key.encode(), digest_size=8, person=self.use).digest()
        number = self[key] = int.from_bytes(digest) >> (64 - _BITS)
        return number


class _Numbers:
    """The numbers of one side, so that a key with its marks and one without are never taken for each other."""

    def __init__(self, side: bytes):
        self.first, self.second = _Digests(side + b"1"), _Digests(side + b"2")

    def of(self, row: Sequence[str]) -> tuple[list[int], list[int]]:
        """Those of the keys, and those of the pairs of neighbours."""
        firsts = [self.first[key] for key in row]
        return firsts, list(map(xor, firsts, map(self.second.__getitem__, row[1:])))


_FOLDED, _STRICT = _Numbers(b"folded"), _Numbers(b"strict")

_WRITE_LINES = """
INSERT INTO articles_search VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (article_id) DO UPDATE SET (title, title_marks, lead, lead_marks, body, body_marks)
= (EXCLUDED.title, EXCLUDED.title_marks, EXCLUDED.lead, EXCLUDED.lead_marks, EXCLUDED.body, EXCLUDED.body_marks)
"""
_WRITE_KEYS = """
INSERT INTO articles_search_numbers VALUES (%s, %s::bigint[])
ON CONFLICT (article_id) DO UPDATE SET numbers = EXCLUDED.numbers
"""


class Numbers(Func):
    """Ids as a subquery: one parameter and no work for each, however many there are."""

    output_field = BigIntegerField()
    template = "(SELECT unnest(%(expressions)s::bigint[]))"

    def __init__(self, pks: list[int]):
        super().__init__(Value(pks))


class Held(Func):
    """True for a story that holds what is sought: it has the numbers, and then its text has the long rows.

    CASE keeps that order, and the planner on the index it walks, newest first; an EXISTS would have it read all texts.
    """

    output_field = BooleanField()

    def __init__(self, sought: Sought):
        super().__init__(F("pk"))
        self.sought = sought

    def as_sql(self, compiler, connection, **context):
        story, params = compiler.compile(self.source_expressions[0])
        rows, row_params = _rows_held(self.sought)
        held = f"(SELECT {rows} FROM articles_search WHERE article_id = {story})" if rows else "true"  # noqa: S608
        sql = f"CASE WHEN {story} IN (SELECT unnest(articles_search_hits(%s, NULL))) THEN {held} ELSE false END"
        return sql, [*params, numbers_of(self.sought), *row_params, *(params if rows else ())]


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


def numbers_of(sought: Sought) -> list[int]:
    """What every story that holds what is sought has in the index."""
    numbers = _STRICT if sought.with_marks else _FOLDED
    return [number for row in sought.rows for number in numbers.of(row)[len(row) > 1]]


def _rows_held(sought: Sought) -> tuple[str, list[str]]:
    """A condition on rows of articles_search for what numbers do not tell: that three and more keys stand in a row."""
    side = "_marks" if sought.with_marks else ""
    anywhere = " OR ".join(f"strpos({column}{side}, %s) > 0" for column in ("title", "lead", "body"))
    needles = [f" {' '.join(row)} " for row in sought.rows if len(row) > 2]
    return " AND ".join([f"({anywhere})"] * len(needles)), [needle for needle in needles for _column in range(3)]


def index(documents: Iterable[Document]) -> None:
    """Writes the documents in place of whatever stood for their stories; what stands there already is left alone.

    GIN takes two thousand keys of one story as ill as those of hundreds at once: they wait in its list of news and are
    brought in together, but none waits longer than this, since every search would have to read the list.
    """
    changed = _changed(list(documents))
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL gin_pending_list_limit = '1GB'")
        cursor.executemany(_WRITE_LINES, [tuple(vars(document).values()) for document in changed])
        cursor.executemany(_WRITE_KEYS, [(document.article_id, _array(document)) for document in changed])
        cursor.execute("SELECT gin_clean_pending_list('articles_search_by_number')")


@contextmanager
def in_bulk() -> Iterator[None]:
    """As on SQLite; GIN has nothing to gain by it, whatever it is given at once."""
    yield


def _changed(documents: list[Document]) -> list[Document]:
    """Those that differ from what stands in the index: comparing costs a tenth of writing."""
    pks = [document.article_id for document in documents]
    lines = "SELECT articles_search.* FROM articles_search JOIN articles_search_numbers USING (article_id)"
    known = set(_rows(f"{lines} WHERE article_id = ANY(%s)", [pks]))
    return [document for document in documents if tuple(vars(document).values()) not in known]


def remove_strangers() -> int:
    """Removes what belongs to no story any more; returns how many."""
    with connection.cursor() as cursor:
        for table in ("articles_search_numbers", "articles_search"):
            cursor.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles_article)")  # noqa: S608
        return cursor.rowcount


def ids(sought: Sought, limit: int) -> list[int]:
    """The ids of stories, visible or not, that hold what is sought: at most `limit`, in no promised order.

    Where there are so many, a long row of some of them may not be what is sought: Held reads on.
    """
    using = router.db_for_read(Article)
    [(found,)] = _rows("SELECT articles_search_hits(%s, %s)", [numbers_of(sought), limit], using)
    condition, params = _rows_held(sought)
    if not condition or len(found) == limit:
        return found
    asked = f"SELECT article_id FROM articles_search WHERE article_id = ANY(%s) AND {condition}"  # noqa: S608
    rows = _rows(asked, [found, *params], using)
    return [pk for (pk,) in rows]


def _array(document: Document) -> str:
    """The numbers of a document's keys and of its pairs of neighbours, as PostgreSQL reads them."""
    found: set[int] = set()
    for side, numbers in (("", _FOLDED), ("_marks", _STRICT)):
        for place in ("title", "lead", "body"):
            for text in getattr(document, place + side).split(BARRIER):
                found.update(*numbers.of(text.split()))
    return f"{{{str(list(found))[1:-1]}}}"


def _rows(sql: str, params: list, using: str = DEFAULT_DB_ALIAS) -> list[tuple]:
    with connections[using].cursor() as cursor:
        return cursor.execute(sql, params).fetchall()
