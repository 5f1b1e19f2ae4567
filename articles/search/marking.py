"""What a reader sees of an answer: the words of the question marked in the text's true spelling."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..keys import WORD, lines, pairs_of
from .questions import Question, read

SNIPPET_WORDS = 36


def marked(text: str, query: str) -> SafeString:
    """A text in its true spelling, escaped, with <mark> around the words and phrases that the query asks for."""
    pieces, end = [], 0
    for start, stop in _found(text, read(query)):
        between = text[end:start]
        if pieces and not between.strip():
            # Neighbours are one mark, not a row of patches.
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + text[end:stop])
        else:
            pieces.append((between, text[start:stop]))
        end = stop
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


def snippet(text: str, query: str) -> SafeString:
    """A stretch of a text around the first word that the query asks for, cut at words and marked."""
    return _cut(text, query, next(iter(_found(text, read(query))), (0, 0))[0])


def best_snippet(texts: list[str], query: str) -> SafeString:
    """The snippet of the first text that holds all that is asked; of the one that holds most, if none does."""
    needles = [f" {' '.join(term.folded)} " for term in read(query).terms]
    best, most = texts[0] if texts else "", -1
    for text in texts:
        folded, _strict = lines([text])
        held = sum(needle in folded for needle in needles)
        if held > most:
            best, most = text, held
        if held == len(needles):
            break
    return snippet(best, query)


def _cut(text: str, query: str, at: int) -> SafeString:
    found = text.split()
    first = max(0, len(text[:at].split()) - (at > 0 and not text[at - 1].isspace()))
    start = max(0, first - SNIPPET_WORDS // 3)
    cut = " ".join(found[start : start + SNIPPET_WORDS])
    return format_html(
        "{}{}{}", "…" if start else "", marked(cut, query), "…" if start + SNIPPET_WORDS < len(found) else ""
    )


def _keys_of(text: str) -> list[tuple[str, int, int]]:
    """(folded key, start, end) of each syllable of a text."""
    return [(key, *match.span()) for match in WORD.finditer(text) for key, _strict in pairs_of(match.group())]


def _runs(text: str, question: Question) -> list[tuple[int, int]]:
    """(start, end) wherever a text holds a term of the question whole."""
    keys = _keys_of(text)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for term in question.terms:
        by_first.setdefault(term.folded[0], []).append(term.folded)
    runs = []
    for at, (key, start, _end) in enumerate(keys):
        for asked in by_first.get(key, ()):
            if tuple(key for key, _s, _e in keys[at : at + len(asked)]) == asked:
                runs.append((start, keys[at + len(asked) - 1][2]))
    return runs


def _found(text: str, question: Question) -> list[tuple[int, int]]:
    """The stretches of a text to mark, in order, none overlapping another."""
    stretches: list[tuple[int, int]] = []
    for start, stop in sorted(_runs(text, question)):
        if stretches and start < stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stop, stretches[-1][1]))
        else:
            stretches.append((start, stop))
    return stretches
