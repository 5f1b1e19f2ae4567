"""Slips of the pen that a rule can see in a Vietnamese text. Nothing is changed: an editor is told, and decides."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from .text import strict

# How many words of a slip's neighbourhood are shown, so that it can be found.
AROUND = 3

# Words that Vietnamese says twice on purpose (từ láy toàn bộ, and nouns in "each and every one").
_TWICE_ON_PURPOSE = (
    "ào ầm ấm bằng bé bừng bình cao chang chầm chậm chằm chăm châm cháu chiều chung chúng cười cô con cứ dài dần "
    "dày dửng đăm đằng đau đêm đều điện đen đỏ đời đùng đùa đông êm gần hay hằng hây hớ hồng im in khang khe khư "
    "kìa khăng lâng lăm làng lắm lâu lầm lẻ luôn lớp lừng mãi mấy miên mơn mờ mười năm nằng ngang ngày ngành "
    "người ngùn ngơ nhà nhè nhanh nhiều nơi nho nhỏ nườm oang ồ ông ra ràng rành rất rồi rưng rừng sang sáng sâu "
    "song suốt sừng tấp thao thẳm thăm thênh thoang thon thường thôn thủ tít to toàn tong tối trăm trẻ trắng "
    "trùng trừng từ từng tưng tỉ tỷ vàng vanh văng ven vô vù vui vun xa xanh xăm xã xinh xuân xuề phơi phây phừng "
    "phăng phới năng nao gia giờ giây hoe hầm"
)
_PAIR = re.compile(r"(?<![\w-])([^\W\d_]+) +(\1)(?![\w-])", re.IGNORECASE)
_BLANKS = re.compile(r"(\S+)[ \u00a0]{2,}(\S+)")
_LOOK_ALIKE = re.compile("\\S*[\u00d0\u00f0\u0189\u0256]\\S*")
_QUOTATION = re.compile(r'[“”„«»"]')
# Inches, seconds of arc and the like: a straight mark right behind a figure, where none is open.
_UNIT = re.compile(r"\d$")


class Slip(NamedTuple):
    """What is wrong ("quotation", "twice", "blanks", "look_alike") and the words in which it stands."""

    kind: str
    words: str


def slips(paragraphs: Iterable[str]) -> list[Slip]:
    """The slips of a text, paragraph by paragraph, in its order.

    >>> slips(["Chi bộ tiến tiến", "Ông nói: “Được", "Luôn luôn đúng"])
    [Slip(kind='twice', words='Chi bộ tiến tiến'), Slip(kind='quotation', words='“Được')]
    """
    paragraphs = [unicodedata.normalize("NFC", paragraph) for paragraph in paragraphs]
    found: list[Slip] = []
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:], fillvalue=""):
        found += _twice(paragraph)
        found += [Slip("blanks", " ".join(match.groups())) for match in _BLANKS.finditer(paragraph)]
        found += [Slip("look_alike", match[0]) for match in _LOOK_ALIKE.finditer(paragraph)]
        found += _unbalanced(paragraph, goes_on=following.startswith(("“", '"', "«")))
    return found


def repeated(texts: Iterable[str]) -> list[str]:
    """The texts of several words that stand there more than once, in whatever spelling; each as it stands first."""
    texts = [text for text in texts if len(text.split()) > AROUND]
    counts = Counter(map(_key, texts))
    first = {_key(text): text for text in reversed(texts)}
    return [text for key, text in reversed(first.items()) if counts[key] > 1]


def _twice(paragraph: str) -> Iterator[Slip]:
    """A word twice in a row that Vietnamese does not say twice; names may."""
    for match in _PAIR.finditer(paragraph):
        one, other = match.groups()
        # "bến Bến Vân" and "Mi Mi" are names; only a sentence begins with one capital of two.
        if other[:1].islower() and strict(one) not in _KEYS_TWICE_ON_PURPOSE:
            yield Slip("twice", _around(paragraph, match.start(), match.end()))


def _unbalanced(paragraph: str, *, goes_on: bool) -> Iterator[Slip]:
    """The first mark that opens and never closes, or closes what nothing opened.

    A quotation of several paragraphs opens anew in each and closes in the last.
    """
    opened: list[int] = []
    for match in _QUOTATION.finditer(paragraph):
        closes = match[0] in "”»" or (match[0] == '"' and opened and paragraph[opened[-1]] == '"')
        if match[0] == '"' and not closes and _UNIT.search(paragraph[: match.start()]):
            continue
        if not closes:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield Slip("quotation", _around(paragraph, match.start(), match.end()))
            return
    if opened and not goes_on:
        yield Slip("quotation", _around(paragraph, opened[-1], opened[-1] + 1, before=0))


def _around(paragraph: str, start: int, end: int, before: int = AROUND) -> str:
    """A stretch with some words before it, and the rest of the word in which it ends."""
    head, tail = paragraph[:start].split(" "), paragraph[end:].split(" ")
    # The piece right before the stretch, and the one right behind it, belong to its own words.
    words = (" ".join(head[-before - 1 :]), paragraph[start:end], " ".join(tail[: 1 if before else AROUND]))
    return "".join(words[0 if before else 1 :]).strip()


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", strict(text)))


_KEYS_TWICE_ON_PURPOSE = frozenset(map(strict, _TWICE_ON_PURPOSE.split()))
