"""What a story of the volume tells of its own: people, hamlets, decisions. Few names are frequent, most are rare.

The demo's sentences alone know a thousand syllables; with these the words of an archive spread as a paper's do.
"""

import random
import unicodedata

from .texts import read

# So many stories follow one decision about one hamlet; decisions are numbered from here on, as if years had gone by.
FOLLOWED, FIRST_DECISION = 10, 1001

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_NAMES = {kind: text.split() for kind, text in read("names.json").items()}


def decision(number: int) -> int:
    """The decision that the story of this number follows."""
    return FIRST_DECISION + number // FOLLOWED


def hamlet(decision: int) -> str:
    """The hamlet that a decision is about: two syllables of a list of thousands."""
    first, second = decision % len(_SYLLABLES), (decision * 31 + decision // len(_SYLLABLES)) % len(_SYLLABLES)
    return f"{_SYLLABLES[first]} {_SYLLABLES[second]}".title()


def paragraphs(number: int) -> list[str]:
    """The story's own two paragraphs, in plain text; the same for the same number."""
    draw = random.Random(f"facts {number}")
    own = decision(number)
    people = ", ".join(_person(draw) for _ in range(4))
    return [
        f"Việc ở thôn {hamlet(own)} được làm theo Quyết định số {own}-QĐ/UBND, ký ngày {draw.randint(1, 28)}/"
        f"{draw.randint(1, 12)}. Danh sách đợt này có {draw.randint(50, 480)} hộ, trong đó {_other_hamlet(draw)}"
        f" {draw.randint(2, 20)} hộ, {_other_hamlet(draw)} {draw.randint(2, 20)} hộ, kinh phí"
        f" {draw.randint(11, 990)} triệu đồng.",
        f"Ông {_person(draw)}, trưởng thôn {hamlet(own)}, kể tổ vận động gồm năm người: {people} và ông."
        f" Bà {_person(draw, 'Thị')} ở {_other_hamlet(draw)} sang xem rồi cũng xin làm thử {draw.randint(2, 15)} sào.",
    ]


def _other_hamlet(draw: random.Random) -> str:
    name = f"{_often(draw, _SYLLABLES)} {_often(draw, _SYLLABLES)}"
    return f"thôn {name.title()}"


def _person(draw: random.Random, middle: str = "") -> str:
    middle = middle or _often(draw, _NAMES["middle"])
    return f"{_often(draw, _NAMES['surnames'])} {middle} {_often(draw, _NAMES['given'])}"


def _often(draw: random.Random, names: list[str]) -> str:
    """One of the names, the n-th about 1/n as often as the first (Zipf)."""
    return names[int(len(names) ** draw.random()) - 1]


def _syllables() -> list[str]:
    """Onset, rime, tone; a rime has a dot behind the vowel that carries the tone. Rimes of rude words are left out."""
    spelled = [
        unicodedata.normalize("NFC", onset + rime.replace(".", tone))
        for onset in _NAMES["onsets"]
        for rime in _NAMES["rimes"]
        for tone in _TONES
    ]
    return random.Random(0).sample(spelled, len(spelled))


_SYLLABLES = _syllables()
