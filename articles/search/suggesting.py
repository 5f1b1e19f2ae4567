"""Where a hopeless question leads: names and stretches of titles that are spelled much like it."""

from difflib import SequenceMatcher

from ..keys import WORD, pairs_of
from ..models import Article, Tag
from .questions import Question

SHOWN = 3
# So many tags and newest titles are compared: a few milliseconds, whatever the archive holds.
TAGS_COMPARED = 1000
TITLES_COMPARED = 300
# Below this share of common letter groups two words only look alike to a machine.
CLOSE = 0.5
# Of so many the order of the letters is compared as well, which costs more.
LOOKED_AT = 20


def suggestions(question: Question) -> list[str]:
    """Up to SHOWN tags or stretches of readable stories' titles, closest to the question first, as they are spelled."""
    asked = " ".join(question.phrase.folded)
    if not asked:
        return []
    published = Article.objects.published()
    tags = Tag.objects.filter(articles__in=published).distinct().values_list("name", flat=True)[:TAGS_COMPARED]
    titles = published.newest_first().values_list("title", flat=True)[:TITLES_COMPARED]
    known = [_spelled(tag) for tag in tags]
    known += [stretch for title in titles for stretch in _stretches(title, len(question.phrase.folded))]
    groups = _groups(asked)
    close: dict[str, tuple[float, str]] = {}
    for folded, spelling in known:
        score = _closeness(groups, _groups(folded))
        if score >= CLOSE and folded not in close and folded != asked:
            close[folded] = (score, spelling)
    nearest = sorted(close, key=lambda folded: -close[folded][0])[:LOOKED_AT]
    nearest.sort(key=lambda folded: -SequenceMatcher(None, asked, folded).ratio())
    return [close[folded][1] for folded in nearest[:SHOWN]]


def _spelled(text: str) -> tuple[str, str]:
    return " ".join(key for word in WORD.findall(text) for key, _strict in pairs_of(word)), text


def _stretches(title: str, length: int):
    """Every row of so many words of a title: (folded, as spelled)."""
    words = [(" ".join(key for key, _s in pairs_of(match.group())), match.span()) for match in WORD.finditer(title)]
    for first in range(max(1, len(words) - length + 1)):
        row = words[first : first + length]
        if row:
            yield " ".join(key for key, _span in row), title[row[0][1][0] : row[-1][1][1]]


def _groups(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}


def _closeness(groups: set[str], others: set[str]) -> float:
    """0 to 1: the share of the groups of letters that two texts have in common (Dice)."""
    return 2 * len(groups & others) / (len(groups) + len(others))
