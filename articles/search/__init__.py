"""Finding stories by words, with or without marks: both sides are compared as whole syllables.

articles.keys (what is compared) -> questions (what is asked), documents (what can be found) -> sqlite, postgres (who
looks) -> asking (the order of answers), marking (what the reader sees of them), suggesting (where a hopeless query
leads), looking_up (the desk's own look-ups), indexing (many stories whose words change at once).
"""

from .asking import CAP, Answer, Hit, among, best, engine, find, index_documents, index_story, narrowed, newest
from .documents import Document
from .indexing import index_again, index_batch, index_waiting
from .looking_up import matching, matching_pictures, matching_rows, matching_stories
from .marking import best_snippet, marked, snippet
from .questions import QUERY_LIMIT, WORDS_LIMIT, Question, Sought, read, syllables
from .suggesting import suggestions

__all__ = [
    "CAP",
    "QUERY_LIMIT",
    "WORDS_LIMIT",
    "Answer",
    "Document",
    "Hit",
    "Question",
    "Sought",
    "among",
    "best",
    "best_snippet",
    "engine",
    "find",
    "index_again",
    "index_batch",
    "index_documents",
    "index_story",
    "index_waiting",
    "marked",
    "matching",
    "matching_pictures",
    "matching_rows",
    "matching_stories",
    "narrowed",
    "newest",
    "read",
    "snippet",
    "suggestions",
    "syllables",
]
