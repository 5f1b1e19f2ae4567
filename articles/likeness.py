"""Stories that tell the same in the same words: found by rows of syllables that two texts hardly share by chance."""

from .html import plain_text
from .keys import pairs
from .models import Article, Status
from .search import Sought, engine

# A row of so many syllables is shared by two texts only if one was copied, or both from a third.
ROW = 8
# Rows looked for, spread over the text, and how many of them a story must hold to be called the same: a quoted decree
# or a press release within another story gives fewer.
ROWS, ENOUGH = 5, 3
# As many stories are looked at for each row; a row that more of them hold is a phrase of the house and tells nothing.
COMMON = 20
# A shorter text has too little of its own.
SHORTEST = 40


def like_stories(article: Article) -> list[Article]:
    """Stories that were once public and say much of what this one says; a text of a few lines has none."""
    syllables = [folded for folded, _strict in pairs(plain_text(article.body))]
    if len(syllables) < SHORTEST:
        return []
    held: dict[int, int] = {}
    for row in _rows(syllables):
        found = engine().ids(Sought((row,), False), COMMON)
        if len(found) < COMMON:
            for pk in found:
                held[pk] = held.get(pk, 0) + 1
    same = [pk for pk, number in held.items() if number >= ENOUGH and pk != article.pk]
    public = Article.objects.filter(pk__in=same, status__in=(Status.PUBLISHED, Status.WITHDRAWN))
    return list(public.only("title", "status")) if same else []


def _rows(syllables: list[str]) -> list[tuple[str, ...]]:
    """Rows of the text at even distances."""
    step = (len(syllables) - ROW) / (ROWS - 1)
    return [tuple(syllables[int(number * step) :][:ROW]) for number in range(ROWS)]
