"""What is compared: the syllables of a text, each as a pair of keys, without marks and with them.

Both engines and every ranking rest on these pairs, never on a tokenizer of a database.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from .text import fold, strict

# No syllable and hardly any code is longer; PostgreSQL's index refuses keys of some kilobytes.
KEY_LENGTH = 60
# Stands between two stretches that are not read on: no phrase reaches over it, and no query can hold it.
BARRIER = "¶"

# Marks that stand on no letter of their own belong to the letter before them (ĕ of Ê-đê written as two signs).
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
WORD = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*")


@lru_cache(maxsize=65_536)
def pairs_of(word: str) -> tuple[tuple[str, str], ...]:
    """The (folded, strict) keys of one word of a cleaned text; several where a sign stands for more ("½").

    >>> pairs_of("Thuỷ")
    (('thuy', 'thuỷ'),)
    """
    keys = ((_letters(fold(part)), part) for part in WORD.findall(strict(word)))
    return tuple((folded[:KEY_LENGTH], part[:KEY_LENGTH]) for folded, part in keys if folded)


def pairs(text: str) -> list[tuple[str, str]]:
    """The (folded, strict) keys of a cleaned text, in its order.

    >>> pairs("số 05-CT/TW")
    [('so', 'số'), ('05', '05'), ('ct', 'ct'), ('tw', 'tw')]
    """
    return [pair for word in WORD.findall(text) for pair in pairs_of(word)]


def lines(texts: Iterable[str]) -> tuple[str, str]:
    """Texts as two lines of keys, folded and strict: one blank around every key, a barrier between two texts.

    >>> lines(["Bến đò", "Vân Hà"])
    (' ben do ¶ van ha ', ' bến đò ¶ vân hà ')
    """
    rows = [[keys for stretch in text.split() if (keys := _joined(stretch))[0]] for text in texts]
    return tuple(
        f" {f' {BARRIER} '.join(' '.join(keys[side] for keys in row) for row in rows if row)} " for side in (0, 1)
    )


@lru_cache(maxsize=65_536)
def _joined(stretch: str) -> tuple[str, str]:
    """The keys of a stretch without blanks as they stand in a line. Texts are full of the same ones."""
    found = pairs(stretch)
    return tuple(" ".join(pair[side] for pair in found) for side in (0, 1))


def _letters(text: str) -> str:
    return "".join(WORD.findall(text))
