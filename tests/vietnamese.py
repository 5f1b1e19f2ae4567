"""What tells Vietnamese from any other language, letter by letter: no list of words, but the rule of its syllables."""

import re
from html.parser import HTMLParser

# A syllable that carries no mark. One that ends on c, p or t always carries one (sắc or nặng), so "not" is none.
_OPENING = (
    r"(?:b|ch|c(?![eiy])|d|gh(?=[ei])|gi|g|h|kh|k(?=[eiy])|l|m|ngh(?=[ei])|ng(?![ei])|nh|n|ph|qu|r|s|th|tr|t|v|x)?"
)
_RHYME = (
    r"(?:a(?:i|m|n|ng|nh|o|u|y)?|e(?:m|n|ng|o)?|i(?:a|m|n|nh|u)?|"
    r"o(?:i|m|n|ng|ong|a(?:i|m|n|ng|nh|o|y)?|e(?:n|o)?)?|u(?:a|i|m|n|ng|y(?:a|n|nh|u)?)?)"
)
_UNMARKED = re.compile(rf"(?:{_OPENING}{_RHYME}|(?:h|l|qu|th|t|v)?y)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# In an address a syllable has lost all its marks.
_STRIPPED = r"(?:[0-9]+|(?:[bcdghklmnpqrstvx]|ch|gh|kh|ngh|ng|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch|c|m|ng|nh|n|p|t)?)"
# Addresses: of pages, of persons, as slugs; and what stands in for a word.
_NO_WORDS = re.compile(
    r"https?://\S+|\S+@\S+|(?<!\w)/\S*|[\w-]+\.(?:com|example|jpg|txt|vn)\b"
    rf"|\b{_STRIPPED}(?:-{_STRIPPED})+\b"
    r"|%\(\w+\)[sdrf]|%[sd]|\{\w*\}|&\w+;|</?[a-z]+[^<>]*>"
)
# Capitals without a vowel: RSS, HTML, KB, the code of a paper. No English word looks so.
_ABBREVIATION = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,}")
# Names and words that Vietnamese has taken over as they are.
_TAKEN_OVER = re.compile(
    r"ai|atom|byte|command|control|cookie|facebook|ip|ipv|jpeg|json|mac|megapixel|ok|png|sapo|thg|unicode|url|utf|uuid|"
    r"video|web|webp"
)

# What a person sees or hears of an element beside its text.
_SHOWN_ATTRIBUTES = ("alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title")
_BUTTONS = ("submit", "button", "reset")
_SILENT = ("script", "style", "textarea")


def foreign_words(text: str) -> list[str]:
    """The words of a text that no Vietnamese writes, in their order: 'Thêm User_groups object' -> User, groups, object.

    A word without any mark is taken for Vietnamese if it has the form of a syllable, so single words can slip through
    ('the', 'in'); a sentence of another language cannot.
    """
    words = _WORD.findall(_NO_WORDS.sub(" ", text))
    return [word for word in words if word.isascii() and not _is_known(word)]


def _is_known(word: str) -> bool:
    small = word.lower()
    return bool(_UNMARKED.fullmatch(small) or _TAKEN_OVER.fullmatch(small) or _ABBREVIATION.fullmatch(word))


class _Shown(HTMLParser):
    """Collects what a page shows or has read out."""

    def __init__(self):
        super().__init__()
        self.texts, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._silent += tag in _SILENT
        self.texts += [attributes[name] for name in _SHOWN_ATTRIBUTES if attributes.get(name)]
        if tag == "input" and attributes.get("type") in _BUTTONS:
            self.texts.append(attributes.get("value") or "")
        if tag == "meta" and (attributes.get("name") or attributes.get("property")) in _SPOKEN_META:
            self.texts.append(attributes.get("content") or "")

    def handle_endtag(self, tag):
        self._silent -= tag in _SILENT

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)


_SPOKEN_META = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")


def shown(html: str) -> list[str]:
    """Everything of a page that a person sees or hears: its text, names of pictures and fields, words on buttons."""
    page = _Shown()
    page.feed(html)
    page.close()
    return [text.strip() for text in page.texts if text.strip()]


def foreign_in(html: str) -> list[str]:
    """The texts of a page in which words stand that no Vietnamese writes."""
    return [text for text in shown(html) if foreign_words(text)]
