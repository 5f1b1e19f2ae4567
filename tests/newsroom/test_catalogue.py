"""The Vietnamese catalogue holds every text of ours, whole and as compiled; no gettext tools are needed here."""

import ast
import gettext
import re
import struct
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "articles", "blocks", "comments", "newsroom")
CATALOGUES = sorted((ROOT / "locale" / "vi" / "LC_MESSAGES").glob("*.po"))
THIRD_PARTY = sorted((ROOT / "locale" / "third_party" / "vi" / "LC_MESSAGES").glob("*.po"))

# How many strings a call takes before its other arguments, and which of them is the context.
CALLS = {"_": (1, None), "gettext": (1, None), "ngettext": (2, None), "pgettext": (2, 0), "npgettext": (3, 0)}
# A literal of Python or a .po file; templatize() still writes the u of Python 2.
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*((?:{_STRING}\s*,?\s*){{1,3}})", re.DOTALL)
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]")
# hoà, khoẻ, thuỷ; the house writes hòa, khỏe, thủy. "quý" has its u with the q.
_NEW_TONE_PLACE = re.compile(r"\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", re.IGNORECASE)
# What a template may print without the catalogue: names that are the same in every language, keys, signs.
NAMES = {"RSS", "Atom", "Facebook", "D", "T", "JSON"}


def entries(path: Path) -> list[dict]:
    """The entries of a .po file without its header: {"flags", "msgctxt", "msgid", "msgid_plural", "msgstr"}."""
    found = []
    for chunk in re.split(r"\n{2,}", path.read_text()):
        entry = {"flags": re.findall(r"^#, (.*)$", chunk, re.MULTILINE)}
        for keyword, text in re.findall(rf"^(msg\w+)(?:\[0\])? ({_STRING}(?:\n{_STRING})*)", chunk, re.MULTILINE):
            entry[keyword] = "".join(ast.literal_eval(line) for line in text.splitlines())
        if entry.get("msgid"):
            found.append(entry)
    return found


def key(entry: dict) -> tuple[str, str]:
    return entry.get("msgctxt", ""), entry["msgid"]


def asked(call: str, strings: list[str]) -> tuple[str, str]:
    """The key of what a call asks the catalogue for."""
    _count, context = CALLS[call]
    return (strings[0], strings[1]) if context == 0 else ("", strings[0])


@cache
def asked_by_python() -> set[tuple[str, str]]:
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(node, "func", None)
                name = getattr(name, "id", getattr(name, "attr", "")).removesuffix("_lazy").removesuffix("_noop")
                if isinstance(node, ast.Call) and name in CALLS:
                    texts = node.args[: CALLS[name][0]]
                    assert all(isinstance(text, ast.Constant) for text in texts), (
                        f"{path}:{node.lineno} asks for no text"
                    )
                    found.add(asked(name, [text.value for text in texts]))
    return found


def asked_in(source: str) -> set[tuple[str, str]]:
    calls = _CALL.findall(source)
    return {asked(name, [ast.literal_eval(text) for text in re.findall(_STRING, texts)]) for name, texts in calls}


@cache
def asked_by_templates() -> set[tuple[str, str]]:
    paths = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".xml")]
    return set().union(*(asked_in(templatize(path.read_text())) for path in paths))


@cache
def asked_by_scripts() -> set[tuple[str, str]]:
    return set().union(*(asked_in(path.read_text()) for path in (ROOT / "static" / "js").rglob("*.js")))


def test_every_text_of_ours_is_in_the_catalogue_and_no_other():
    held = {key(entry) for entry in entries(ROOT / "locale/vi/LC_MESSAGES/django.po")}

    assert asked_by_python() | asked_by_templates() == held


def test_every_text_of_our_scripts_is_in_their_catalogue():
    held = {key(entry) for entry in entries(ROOT / "locale/vi/LC_MESSAGES/djangojs.po")}

    assert asked_by_scripts() == held


@pytest.mark.parametrize("path", CATALOGUES + THIRD_PARTY, ids=lambda path: f"{path.parents[2].name} {path.name}")
def test_every_entry_is_translated_with_its_placeholders(path):
    found = entries(path)

    assert [entry["msgid"] for entry in found if not entry["msgstr"].strip()] == []
    assert [entry["msgid"] for entry in found if any("fuzzy" in flags for flags in entry["flags"])] == []
    for entry in found:
        asked_for, given = placeholders(entry["msgid"]), placeholders(entry["msgstr"])
        assert given in (asked_for, placeholders(entry.get("msgid_plural", entry["msgid"]))), entry["msgid"]


def placeholders(text: str) -> Counter:
    return Counter(_PLACEHOLDER.findall(text.replace("%%", "")))


@pytest.mark.parametrize("path", CATALOGUES + THIRD_PARTY, ids=lambda path: f"{path.parents[2].name} {path.name}")
def test_compiled_catalogue_says_what_its_source_says(path):
    compiled = path.with_suffix(".mo").read_bytes()
    with path.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    found = entries(path)

    # The number of strings stands at byte 8 of the file; one of them is the header.
    assert struct.unpack_from("<I", compiled, 8)[0] == len(found) + 1
    for entry in found:
        assert said_by(catalogue, entry) == entry["msgstr"]


def said_by(catalogue: gettext.GNUTranslations, entry: dict) -> str:
    context, text = key(entry)
    if plural := entry.get("msgid_plural"):
        return catalogue.npgettext(context, text, plural, 2) if context else catalogue.ngettext(text, plural, 2)
    return catalogue.pgettext(context, text) if context else catalogue.gettext(text)


@pytest.mark.parametrize("path", CATALOGUES + THIRD_PARTY, ids=lambda path: f"{path.parents[2].name} {path.name}")
def test_translations_keep_the_spelling_of_the_house(path):
    for entry in entries(path):
        text = entry["msgstr"]
        assert unicodedata.is_normalized("NFC", text), text
        assert not set("ÐðƉɖ") & set(text), text
        assert _NEW_TONE_PLACE.findall(text) == [], text


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_template_prints_no_words_past_the_catalogue(path):
    words = re.findall(r"[^\W\d_]+", "\n".join(printed(path.read_text())))

    assert set(words) - NAMES == set()


def printed(source: str) -> list[str]:
    """What a template prints of itself: text between its tags, and attributes that are read out or shown."""
    for noise in (
        r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}",
        r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}",
        r"\{%\s*block \w*class\s*%\}.*?\{%\s*endblock.*?%\}",
        r"\{#.*?#\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<!--.*?-->",
        r"&#?\w+;",
    ):
        source = re.sub(noise, " ", source, flags=re.DOTALL)
    attributes = re.findall(r'\b(?:aria-label|alt|title|placeholder|content-label)="([^"]*)"', source)
    return [re.sub(r"<[^>]*>", " ", source), *attributes]
