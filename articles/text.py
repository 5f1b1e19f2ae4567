"""Vietnamese text as data: what is stored, what is compared, what stands in an address.

Pure functions on `str`. Each takes any string at all, never raises, and leaves its own result unchanged.
"""

import html
import re
import unicodedata
from collections.abc import Callable

# The letter Đ has look-alikes that keyboards and old code pages produce: Icelandic Eth and African D.
# A reader cannot tell them apart; search and addresses break on them.
_FALSE_D = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})

# Letters with a stroke do not decompose in Unicode: đ, and ƀ of the languages of the Central Highlands.
_STROKED = str.maketrans({"đ": "d", "Đ": "D", "ƀ": "b", "Ƀ": "B"})
# To the order of names đ is a letter of its own, ƀ a b with a mark.
_STROKED_MINORITY = str.maketrans({"ƀ": "b\u0335", "Ƀ": "B\u0335"})

_LINE_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# The empty pattern of Braille is a blank to the eye; a name made of it would look like none.
_BLANKS = re.compile(r"(?:[^\S\n]|\u2800)+")
_BLANKS_AT_BREAK = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")

# Old and new placing of the tone mark differ only in open oa, oe, uy: "hòa" and "hoà" are one word.
_TONES_ON_FIRST = {
    first + second: first_plain + toned
    for first_plain, firsts, seconds in (
        ("o", "òóỏõọ", {"a": "àáảãạ", "e": "èéẻẽẹ"}),
        ("u", "ùúủũụ", {"y": "ỳýỷỹỵ"}),
    )
    for second, toned_seconds in seconds.items()
    for first, toned in zip(firsts, toned_seconds, strict=True)
}
_TONE_PAIR = re.compile("(?:" + "|".join(_TONES_ON_FIRST) + r")(?![^\W\d_])")

# After a consonant y and i are one sound ("kỹ", "kĩ"); qu counts as a consonant ("quý", "quí"); "uy" and "ui" differ.
_Y_AFTER_CONSONANT = re.compile(r"(?<=[bcdđfghjklmnpqrstvwxz])[yỳýỷỹỵ]|(?<=qu)[yỳýỷỹỵ]")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")

# The order of a Vietnamese dictionary (CLDR agrees): first the blank, digits, and letters, of which â, đ, ơ … are
# letters of their own; then, among words of the same letters, the tones. Sources: Từ điển tiếng Việt; CLDR vi.
_LETTERS = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = {letter: f"{place:02}" for place, letter in enumerate(_LETTERS, start=1)}
# No tone, huyền, hỏi, ngã, sắc, nặng. Other marks (č, ŭ) come last.
_TONE_CODES = {mark: str(place) for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=2)}
_NO_TONE, _OTHER_MARK, _FOREIGN_LETTER, _END = "1", "7", "99", "00"
# Circumflex, breve and horn make letters of their own of these pairs only.
_OWN_LETTERS = {unicodedata.normalize("NFD", letter): letter for letter in "ăâêôơư"}

# What no reader sees, and what XML forbids. Sources: Unicode general categories Cc, Cf, Cs; the property
# Default_Ignorable_Code_Point (joiners, fillers, variation selectors, tags); noncharacters.
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for the tab and the line break
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f"  # signs around numbers
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# The sign that makes a heart red stays behind what it may colour, and hides in no word.
_LOST_COLOUR = re.compile("(?<![\u203c-\u3299\U0001f000-\U0001faff])\ufe0f")

# Entities in texts that went through two systems are written twice: "&amp;quot;".
_TIMES_ESCAPED = 2
# Python refuses to read a number of more than 4,300 digits; no sign has more than seven.
_ENDLESS_ENTITY = re.compile(r"&#[0-9]{8,};?")

# Marks around a letter, which Unicode does not count among the combining ones.
_AROUND = frozenset("\u0488\u0489\u1abe\u20dd\u20de\u20df\u20e0\u20e2\u20e3\u20e4\ua670\ua671\ua672")

_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
_NOT_IN_WORD = re.compile(r"[\W_]+")


def scrub(text: str) -> str:
    """`clean` without trimming the ends: for a stretch of text between two tags, where an end blank parts words."""
    text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text))
    seen = _LOST_COLOUR.sub("", _UNSEEN.sub("", text))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", seen.translate(_FALSE_D)))


def clean(text: str) -> str:
    """The form in which text is stored. Line breaks stay; spelling and quotation marks are never touched.

    NFC; without zero-width, soft-hyphen, format and control characters; Đ where a look-alike stood;
    no-break space and runs of blanks made one space. Source: Unicode Standard Annex 15 (NFC).

    >>> clean("TCCSÐ \\u00a0 huyện")
    'TCCSĐ huyện'
    """
    text = _BLANKS_AT_BREAK.sub("\n", scrub(text))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """`clean`, and line breaks made blanks: for names and titles."""
    return " ".join(clean(text).split())


def prints(text: str) -> bool:
    """Whether a clean text shows anything: marks without a letter under them do not.

    >>> prints("Ê"), prints("\u0302"), prints(" ")
    (True, False, False)
    """
    return any(not c.isspace() and not unicodedata.category(c).startswith("M") for c in text)


def strict(text: str) -> str:
    """Comparison key that keeps Vietnamese marks.

    NFKC, lower case, one placing of tone marks, y made i after a consonant, blanks made one. Sources: Unicode
    Standard Annex 15; both spellings stand side by side since decision 240/QĐ (1984) of the Ministry of Education.

    >>> strict("Thủy lợi") == strict("thuỷ  lợi"), strict("kỹ sư") == strict("Kĩ sư"), strict("dang") == strict("đảng")
    (True, True, False)
    """
    return _settle(_strict_once, text)


def fold(text: str) -> str:
    """Comparison key without marks: `strict`, then every mark dropped and đ made d.

    A mark is what Unicode's canonical decomposition (NFD) parts from its letter, or what encloses the letter.

    >>> fold("Xây dựng Đảng")
    'xay dung dang'
    """
    return _settle(_fold_once, text)


def sort_key(name: str) -> str:
    """A key of digits that puts names in Vietnamese order wherever strings of digits are compared.

    Letters first (a ă â b c d đ …), then tones, word by word, wherever a spelling puts them; case and signs count
    for nothing.

    >>> sorted(["Đà Lạt", "Da cam", "Ăn Giang", "An Giang", "Ấm"], key=sort_key)
    ['An Giang', 'Ăn Giang', 'Ấm', 'Da cam', 'Đà Lạt']
    """
    letters, tones = [], []
    for word in _NOT_IN_WORD.sub(" ", one_line(unicodedata.normalize("NFKC", clean(name)).lower())).split():
        word_letters, word_tones = _sorted_parts(word)
        letters.append(word_letters)
        tones.append(word_tones or _NO_TONE)
    return _LETTER_CODES[" "].join(letters) + _END + "".join(tones)


def sort_key_of_person(name: str) -> str:
    """`sort_key` for people: by the given name, which is the last word, then by the rest.

    >>> sorted(["Trần Văn An", "Lê Thu Hà", "Bùi Hải"], key=sort_key_of_person)
    ['Trần Văn An', 'Lê Thu Hà', 'Bùi Hải']
    """
    *rest, given = one_line(name).split() or [""]
    return sort_key(given) + _END + sort_key(" ".join(rest))


def slugify(text: str, max_length: int = 80) -> str:
    """The part of an address made from a title or a name: at most `max_length` letters, cut at a word's end.

    Entities undone, marks dropped, đ made d; the writer's spelling stays. May be empty: the caller says what then.

    >>> slugify("Lễ kỷ niệm ở Đắk Lắk &amp; Đà Lạt")
    'le-ky-niem-o-dak-lak-da-lat'
    """
    for _time in range(_TIMES_ESCAPED):
        text = html.unescape(_ENDLESS_ENTITY.sub(" ", text))
    text = _drop_marks(unicodedata.normalize("NFKC", clean(text)).lower())
    slug = _NOT_IN_ADDRESS.sub("-", text.lower()).strip("-")
    if len(slug) > max_length:
        head, _, _ = slug[: max_length + 1].rpartition("-")
        slug = head or slug[:max_length]
    return slug


def _sorted_parts(word: str) -> tuple[str, str]:
    """The codes of a word's letters, and of the marks that are no part of a letter."""
    letters, marks = [], []
    for letter in unicodedata.normalize("NFD", word.translate(_STROKED_MINORITY)):
        if not unicodedata.combining(letter):
            letters.append(letter)
        elif letters and (own := _OWN_LETTERS.get(letters[-1] + letter)):
            letters[-1] = own
        else:
            marks.append(_TONE_CODES.get(letter, _OTHER_MARK))
    codes = (_LETTER_CODES.get(letter) or f"{_FOREIGN_LETTER}{ord(letter):07}" for letter in letters)
    return "".join(codes), "".join(marks)


def _strict_once(text: str) -> str:
    text = one_line(unicodedata.normalize("NFKC", one_line(text)).lower())
    text = _TONE_PAIR.sub(lambda match: _TONES_ON_FIRST[match.group()], text)
    return _Y_AFTER_CONSONANT.sub(lambda match: match.group().translate(_Y_TO_I), text)


def _fold_once(text: str) -> str:
    return _Y_AFTER_CONSONANT.sub("i", _drop_marks(strict(text)))


def _drop_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.translate(_STROKED))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c) and c not in _AROUND))


def _settle(step: Callable[[str], str], text: str) -> str:
    """Repeats a step until nothing changes: a few exotic letters take two rounds (ligatures, capitals with marks)."""
    while (result := step(text)) != text:
        text = result
    return result
