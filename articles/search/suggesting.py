"""Where a hopeless question leads: names of tags and stretches of titles that are spelled much like it.

Compared without marks and without blanks, so that "dalat" is as near to "Đà Lạt" as can be; with what Telex leaves
behind on a keyboard that is not Vietnamese taken back ("ddang booj"); and initials as the words they stand for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from django.db.models import Exists, OuterRef

from ..keys import WORD, pairs_of
from ..models import Article, Tag, TagSynonym
from .questions import Question

SHOWN = 3
# So many of the newest names and titles are compared: some milliseconds, whatever the archive holds.
NAMES_COMPARED = 1000
TITLES_COMPARED = 300
# Below this share of common pairs of letters two spellings only look alike to a machine.
CLOSE = 0.5
ABBREVIATED = 2.0
# Of so many the order of the letters is compared as well, which costs more.
LOOKED_AT = 20
# With the order of letters, what is less alike would only puzzle the reader.
ALIKE = 0.7
# What is less near than this share of the nearest one is no help beside it.
BESIDE_NEAREST = 0.85
# A slip drops or doubles a letter or two: what is much shorter or longer is something else.
SHORTEST, LONGEST = 0.7, 1.4
# Two initials stand for anything.
SHORTEST_ABBREVIATION = 3

# Doubled letters, w, and the keys of tones: behind its vowel no Vietnamese syllable has d, f, j, r, s, w or x.
_SYLLABLE = re.compile(r"([^aeiouy]*)(.*)")
_TELEX_KEYS = re.compile(r"[dfjrswx]|(?<=a)a|(?<=e)e|(?<=o)o")
# No stretch of a title reaches over a quotation mark, a comma or a colon.
_BREAK = re.compile(r"[^\w\s./-]")


@dataclass(frozen=True)
class Stretch:
    """A row of words that the paper has printed: how close it is to the question, its folded letters, its spelling.

    What the question abbreviates is closer than anything.
    """

    closeness: float
    letters: str
    spelling: str

    @property
    def is_abbreviated(self) -> bool:
        return self.closeness > 1


class Asked:
    """A question as it may have been meant: its words, and its letters with and without what Telex leaves behind."""

    def __init__(self, question: Question):
        self.words = question.phrase.folded
        self.letters = {"".join(self.words), "".join(map(_without_telex, self.words))}
        self.pairs = [_pairs(letters) for letters in self.letters]
        self.least = SHORTEST * min(map(len, self.letters))
        self.most = LONGEST * max(map(len, self.letters))

    def likeness(self, stretch: Stretch) -> float:
        """0 to 1, the order of the letters included."""
        if stretch.is_abbreviated:
            return 1
        return max(SequenceMatcher(None, letters, stretch.letters).ratio() for letters in self.letters)


class Printed:
    """A text that the paper has printed, compared with a question in stretches of its words."""

    def __init__(self, text: str, asked: Asked):
        self.text, self.asked = text, asked
        found = [("".join(key for key, _s in pairs_of(match.group())), match.span()) for match in WORD.finditer(text)]
        self.words, self.spans = [word for word, _span in found], [span for _word, span in found]
        # starts[n]: how many letters stand before the word n.
        self.starts = [0, *accumulate(map(len, self.words))]
        pairs = _pairs("".join(self.words))
        # For each spelling of the question: how many pairs of letters that it has stand before a letter.
        self.common = [[0, *accumulate(pair in known for pair in pairs)] for known in map(set, asked.pairs)]

    def whole(self) -> Iterator[Stretch]:
        """The text as one stretch, if it is close to the question."""
        last = len(self.words)
        is_meant = last > 0 and _abbreviated(self.asked.words, self.words) == last
        yield from self._stretch(0, last, ABBREVIATED if is_meant else self._closeness(0, last))

    def stretches(self) -> Iterator[Stretch]:
        """Each stretch that is close to the question."""
        for first in range(len(self.words)):
            if meant := _abbreviated(self.asked.words, self.words[first:]):
                yield from self._stretch(first, first + meant, ABBREVIATED)
            for last in range(first + 1, len(self.words) + 1):
                if self.starts[last] - self.starts[first] > self.asked.most:
                    break
                yield from self._stretch(first, last, self._closeness(first, last))

    def _stretch(self, first: int, last: int, closeness: float) -> Iterator[Stretch]:
        if closeness < CLOSE:
            return
        spelling = self.text[self.spans[first][0] : self.spans[last - 1][1]]
        if not _BREAK.search(spelling):
            yield Stretch(closeness, "".join(self.words[first:last]), spelling)

    def _closeness(self, first: int, last: int) -> float:
        """0 to 1: the share of pairs of letters that a stretch and the question have in common (Dice)."""
        start, end = self.starts[first], self.starts[last]
        if not self.asked.least <= end - start <= self.asked.most or end - start < 2:
            return 0
        shares = zip(self.common, self.asked.pairs, strict=True)
        most = max(2 * (common[end - 1] - common[start]) / (end - start - 1 + len(pairs)) for common, pairs in shares)
        return min(most, 1)


def suggestions(question: Question) -> list[str]:
    """Up to SHOWN tags or stretches of readable stories' titles, closest to the question first, as they are spelled."""
    asked = Asked(question)
    titles = Article.objects.published().newest_first().values_list("title", flat=True)[:TITLES_COMPARED]
    close: dict[str, Stretch] = {}
    for stretch in _close(_names(), titles, asked):
        close.setdefault(stretch.letters, stretch)
    nearest = sorted(close.values(), key=lambda stretch: -stretch.closeness)[:LOOKED_AT]
    likeness = {stretch: asked.likeness(stretch) for stretch in nearest}
    least = max(ALIKE, BESIDE_NEAREST * max(likeness.values(), default=0))
    ranked = sorted(nearest, key=lambda stretch: -likeness[stretch])
    return _different([stretch for stretch in ranked if likeness[stretch] >= least])


def _close(names: Iterable[str], titles: Iterable[str], asked: Asked) -> Iterator[Stretch]:
    for name in names:
        yield from Printed(name, asked).whole()
    for title in titles:
        yield from Printed(title, asked).stretches()


def _names() -> list[str]:
    """The newest tags that readers meet, and other names of tags."""
    published = Article.objects.published()
    tags = Tag.objects.filter(Exists(published.filter(tags=OuterRef("pk"))))
    synonyms = TagSynonym.objects.filter(Exists(published.filter(tags=OuterRef("tag"))))
    return [name for rows in (tags, synonyms) for name in _newest(rows)]


def _newest(rows) -> list[str]:
    return rows.order_by("-pk").values_list("name", flat=True)[:NAMES_COMPARED]


def _different(ranked: list[Stretch]) -> list[str]:
    """The first SHOWN spellings, without those that are a better one with a word more or less."""
    kept: list[Stretch] = []
    for stretch in ranked:
        if not any(stretch.letters in better.letters or better.letters in stretch.letters for better in kept):
            kept.append(stretch)
    return [stretch.spelling for stretch in kept[:SHOWN]]


def _abbreviated(asked: tuple[str, ...], words: list[str]) -> int:
    """For how many of the first words the question stands, some of its words being initials of several; 0 if for none.

    >>> _abbreviated(("ubnd", "tinh"), ["uy", "ban", "nhan", "dan", "tinh", "hop"])
    5
    """
    if sum(map(len, asked)) < SHORTEST_ABBREVIATION or words[0][:1] != asked[0][:1]:
        return 0
    at, has_initials = 0, False
    for word in asked:
        if words[at : at + 1] == [word]:
            at += 1
        elif len(word) > 1 and word == "".join(found[:1] for found in words[at : at + len(word)]):
            at, has_initials = at + len(word), True
        else:
            return 0
    return at if has_initials else 0


def _pairs(letters: str) -> list[str]:
    return [letters[at : at + 2] for at in range(len(letters) - 1)]


def _without_telex(word: str) -> str:
    """
    >>> _without_telex("ddangr"), _without_telex("booj")
    ('dang', 'bo')
    """
    head, tail = _SYLLABLE.fullmatch(word).groups()
    return head.replace("dd", "d") + _TELEX_KEYS.sub("", tail)
