"""The Vietnamese catalogue holds every text of ours and of the apps in use; no gettext tools are needed here."""

import ast
import gettext
import json
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import translation
from django.views.i18n import JSONCatalog

from tests.vietnamese import foreign_words

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

DJANGO = Path(django.__file__).parent
# Of Django's core nobody meets the names of languages that the site does not speak, the page of a project without
# any address, and the page of a refused form, which is our own.
NEVER_MET = ("contrib/", "conf/global_settings.py", "views/templates/default_urlconf.html", "views/csrf.py")
NEVER_MET += ("views/templates/csrf_403.html",)
# Words that stand in a file or a command as they are; only operators read them.
AS_TYPED = {"true", "false", "paper", "style", "admin"}


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


def asked_by_modules(folder: Path, skipped: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """What the Python code of a folder asks for; what it asks with anything but plain text is None."""
    for path in files(folder, {".py"}, skipped):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "func", None)
            name = getattr(name, "id", getattr(name, "attr", "")).removesuffix("_lazy").removesuffix("_noop")
            if isinstance(node, ast.Call) and name in CALLS:
                texts = node.args[: CALLS[name][0]]
                plain = texts and all(isinstance(text, ast.Constant) for text in texts)
                yield asked(name, [text.value for text in texts]) if plain else None


def files(folder: Path, endings: set[str], skipped: Iterable[str] = ()) -> list[Path]:
    skipped = tuple(str(folder / name) for name in skipped)
    return [path for path in folder.rglob("*") if path.suffix in endings and not str(path).startswith(skipped)]


@cache
def asked_by_python() -> set[tuple[str, str]]:
    found = set().union(*(asked_by_modules(ROOT / app) for app in APPS))
    assert None not in found, "a text of ours is asked for that is no text"
    return found


@cache
def asked_by_others() -> set[tuple[str, str]]:
    """What Django's core and the apps in use ask for, in their code and in their templates."""
    theirs = [Path(app.path) for app in apps.get_app_configs() if app.name not in APPS]
    found = set()
    for folder, skipped in [(DJANGO, NEVER_MET), *((path, ()) for path in theirs)]:
        found |= set(asked_by_modules(folder, skipped)) - {None}
        found |= asked_by_pages(path for path in files(folder, PAGES, skipped) if "templates" in path.parts)
    return found


def asked_in(source: str) -> set[tuple[str, str]]:
    calls = _CALL.findall(source)
    return {asked(name, [ast.literal_eval(text) for text in re.findall(_STRING, texts)]) for name, texts in calls}


PAGES = {".html", ".txt", ".xml"}


def asked_by_pages(paths: Iterable[Path]) -> set[tuple[str, str]]:
    return set().union(*(asked_in(templatize(path.read_text())) for path in paths))


@cache
def asked_by_templates() -> set[tuple[str, str]]:
    return asked_by_pages(files(ROOT / "templates", PAGES))


@cache
def asked_by_scripts(folder: Path = ROOT / "static" / "js") -> set[tuple[str, str]]:
    return set().union(*(asked_in(path.read_text()) for path in files(folder, {".js"})))


def test_every_text_of_ours_is_in_the_catalogue_and_no_other():
    held = {key(entry) for entry in entries(ROOT / "locale/vi/LC_MESSAGES/django.po")}

    assert asked_by_python() | asked_by_templates() == held


def test_every_text_of_our_scripts_is_in_their_catalogue():
    held = {key(entry) for entry in entries(ROOT / "locale/vi/LC_MESSAGES/djangojs.po")}

    assert asked_by_scripts() == held


def test_texts_of_others_are_found_as_django_itself_lists_them():
    """How the texts of others are found is checked against the lists that Django ships, app by app."""
    listed, found = {}, {}
    for app in apps.get_app_configs():
        if (path := Path(app.path) / "locale/en/LC_MESSAGES/django.po").exists():
            listed[app.name] = {key(entry) for entry in entries(path)}
            pages = [path for path in files(Path(app.path), PAGES) if "templates" in path.parts]
            found[app.name] = (set(asked_by_modules(Path(app.path))) | asked_by_pages(pages)) - {None}

    assert found == listed
    assert {"django.contrib.admin", "django.contrib.auth"} <= found.keys()


def test_every_text_of_others_is_vietnamese_where_the_site_runs():
    said = {text: spoken(*text) for text in asked_by_others()}

    assert [text for text, translated in said.items() if not translated] == []


def spoken(context: str, text: str) -> str:
    """What the running site says for a text, out of all its catalogues; empty where none holds it."""
    full = f"{context}\x04{text}" if context else text
    held = translation(settings.LANGUAGE_CODE)._catalog
    return held.get(full) or held.get((full, 0)) or ""


def test_catalogue_for_others_holds_nothing_that_nobody_asks_for():
    held = {key(entry) for entry in entries(ROOT / "locale/third_party/vi/LC_MESSAGES/django.po")}

    assert held - asked_by_others() == set()


def test_every_text_of_the_admins_scripts_is_vietnamese_where_they_run():
    said = spoken_to_scripts()
    admin = Path(apps.get_app_config("admin").path) / "static/admin/js"

    asked = {"\x04".join(text) if text[0] else text[1] for text in asked_by_scripts(admin)}
    assert {text for text in asked if not said.get(text)} == set()
    assert len(asked) > 60
    assert {text for text in asked if foreign_words(str(said[text]))} == set()


def spoken_to_scripts() -> dict:
    answer = JSONCatalog.as_view(packages=["django.contrib.admin"])(RequestFactory().get("/"))
    return json.loads(answer.content)["catalog"]


@pytest.mark.parametrize("asked", [asked_by_python, asked_by_templates, asked_by_others])
def test_what_the_site_says_is_no_english(asked):
    said = {text: spoken(*text) for text in asked()}

    assert {text: word for text in said for word in foreign_words(unescape(said[text])) if word not in AS_TYPED} == {}


def test_what_the_site_says_keeps_the_placeholders_of_others():
    """Django fills placeholders by name: one that it does not know would be a failure where the text is printed."""
    for context, text in asked_by_others():
        assert placeholders(spoken(context, text)).keys() <= placeholders(text).keys() | NUMBERS, text


# Of a singular "1 story" a translation without plural forms needs the number that only the plural names.
NUMBERS = {"%(count)s", "%(counter)s", "%(num)d", "%d"}


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
