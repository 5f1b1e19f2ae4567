"""What a reader asks, taken apart: words, quoted phrases and document numbers, each with and without marks."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ..keys import pairs
from ..text import one_line

# More letters than any question holds; the rest is cut off.
QUERY_LIMIT = 200
# More syllables would only make the database work: no story is looked for by a whole paragraph.
WORDS_LIMIT = 16

# A quoted stretch, or a stretch without blanks; a quotation mark that nothing closes is ignored.
_PART = re.compile(r"[\"“”«»„]([^\"“”«»„]*)[\"“”«»„]|([^\s\"“”«»„]+)")


@dataclass(frozen=True)
class Term:
    """Syllables that must stand in a row: one word, a quoted phrase, or the parts of a number such as 05-CT/TW."""

    folded: tuple[str, ...]
    strict: tuple[str, ...]
    # Only look-ups at the desk ask: elsewhere every syllable is whole.
    is_quoted: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Sought:
    """Rows of syllables that a story must hold, each anywhere in its text: with their marks, or without."""

    rows: tuple[tuple[str, ...], ...]
    with_marks: bool


@dataclass(frozen=True)
class Question:
    """All of the terms must be in a story. Without terms the question is empty and finds nothing."""

    terms: tuple[Term, ...] = ()
    # The query went on, and what followed is not looked for.
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def length(self) -> int:
        """How many syllables are looked for."""
        return len(self.phrase.folded)

    @property
    def degrees(self) -> list[Sought]:
        """How well a story may fit, best first; the last one takes in all the others.

        The whole question in a row with marks, the same without, all its terms with marks, all its terms.
        """
        whole, terms = self.phrase, self.terms
        soughts = [
            Sought((whole.strict,), True),
            Sought((whole.folded,), False),
            Sought(tuple(term.strict for term in terms), True),
            Sought(tuple(term.folded for term in terms), False),
        ]
        return soughts[2:] if len(terms) == 1 else soughts

    @property
    def phrase(self) -> Term:
        """The whole question as one row of syllables."""
        return Term(
            *(tuple(key for term in self.terms for key in getattr(term, side)) for side in ("folded", "strict"))
        )


@lru_cache(maxsize=256)
def read(query: str) -> Question:
    """The question of a query: any string at all; cut at QUERY_LIMIT letters and WORDS_LIMIT different syllables.

    >>> [term.folded for term in read('"Bến Vân" số 05-CT/TW').terms]
    [('ben', 'van'), ('so',), ('05', 'ct', 'tw')]
    """
    text, is_cut = _cut(one_line(query))
    terms, left = {}, WORDS_LIMIT
    for term in _terms(text):
        if term in terms:
            continue
        fits = len(term.folded) <= left
        is_cut |= not fits
        kept = term if fits else Term(term.folded[:left], term.strict[:left])
        left -= len(kept.folded)
        if kept.folded:
            terms[kept] = None
    return Question(tuple(terms), is_cut)


def syllables(query: str) -> list[str]:
    """The folded syllables that are looked for; an empty list for a query without any letter or digit."""
    return list(dict.fromkeys(read(query).phrase.folded))


def _cut(text: str) -> tuple[str, bool]:
    """The first QUERY_LIMIT letters, without the beginning of a word that goes on behind them; and whether they cut."""
    if len(text) <= QUERY_LIMIT:
        return text, False
    whole, _, _rest = text[: QUERY_LIMIT + 1].rpartition(" ")
    return whole or text[:QUERY_LIMIT], True


def _terms(text: str):
    for quoted, plain in _PART.findall(text):
        found = pairs(quoted or plain)
        # Parts that stand together around a digit are one number, date or code.
        if found and (quoted or any(letter.isdigit() for letter in plain)):
            yield Term(*map(tuple, zip(*found, strict=True)), is_quoted=bool(quoted))
        else:
            yield from (Term((folded,), (strict,)) for folded, strict in found)
