"""Static files as they are served: named by their content, packed, our sheets squeezed, the public one as one file."""

import re
from collections import Counter
from string import ascii_lowercase

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Sheets that are lists of @import lines; served, each is one file without comments and blanks.
BUNDLED = ("css/site.css",)
# Sheets of the desk are squeezed one by one; their roles keep their names, which the admin's sheets and others use.
_SQUEEZED = re.compile(r"css/(tokens|desk[a-z-]*)\.css")

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROLE = re.compile(r"--[a-z][a-z0-9-]*")
# A role as one sheet sets it, with its value.
_SET = re.compile(r"(--[a-z][a-z0-9-]*):([^;}]*)(?:;|(?=}))")
_ROOT = re.compile(r":root\{[^}]*\}")
_STRING = re.compile(r'("[^"]*")')


def squeeze(css: str) -> str:
    """A style sheet without comments and needless blanks. What stands in double quotes is not touched.

    >>> squeeze('a , b {\\n  color: red;\\n  content: "x ;  y";\\n}\\n')
    'a,b{color:red;content:"x ;  y"}'
    """
    parts = _STRING.split(_COMMENT.sub("", css))
    parts[::2] = [_squeeze_code(part) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip()


def short_roles(css: str) -> str:
    """A whole style sheet with its custom properties renamed, the most used the shortest, and the needless gone.

    Needless are those that nobody uses, and of those that only :root sets, once, to a value of its own: what is used in
    one place, and values no longer than the word for them.

    >>> short_roles(":root{--gap:4px;--face:ui-serif,serif}a{font:var(--face);top:var(--gap)}b{font:var(--face)}")
    ':root{--a:ui-serif,serif}a{font:var(--a);top:4px}b{font:var(--a)}'
    """
    css = _without_needless(css)
    ranked = [role for role, _uses in Counter(_ROLE.findall(css)).most_common()]
    short = {role: f"--{_letters(rank)}" for rank, role in enumerate(ranked)}
    return _ROLE.sub(lambda match: short[match.group()], css)


def _without_needless(css: str) -> str:
    set_in = Counter(role for role, _value in _SET.findall(css))
    at_root = dict(_SET.findall("".join(_ROOT.findall(css.partition("@")[0]))))
    for role, times in set_in.items():
        used = css.count(f"var({role})") + css.count(f"var({role},")
        value = at_root.get(role, "var()") if times == 1 else "var()"
        if f"var({role}," not in css and "var(" not in value and (used == 1 or len(value) <= len("var(--a)")):
            css, used = css.replace(f"var({role})", value), 0
        if not used:
            css = _SET.sub(lambda match, role=role: "" if match[1] == role else match[0], css)
    return css.replace(";}", "}")


def _letters(rank: int) -> str:
    """a, b … z, aa, ab …"""
    more, last = divmod(rank, len(ascii_lowercase))
    return (_letters(more - 1) if more else "") + ascii_lowercase[last]


def _squeeze_code(code: str) -> str:
    code = re.sub(r"\s*([{};,>/])\s*", r"\1", re.sub(r"\s+", " ", code))
    code = re.sub(r"\s*([+~])\s*(?![^()]*\))", r"\1", code)
    code = re.sub(r"(?<![\d.])0\.(?=\d)", ".", re.sub(r":\s+", ":", code))
    return re.sub(r"\bfont:((?:italic )?)400 ", r"font:\1", code)  # The shorthand means 400 without it.


class SiteFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with the parts of a bundled sheet put into it before names are made from contents."""

    def post_process(self, paths, dry_run=False, **options):
        for sheet in BUNDLED:
            if sheet in paths:
                paths[sheet] = (_Made(self._bundle(sheet, paths)), sheet)
        for sheet in filter(_SQUEEZED.fullmatch, list(paths)):
            paths[sheet] = (_Made(squeeze(_read(paths, sheet))), sheet)
        yield from super().post_process(paths, dry_run, **options)

    def stored_name(self, name):
        """The name with its content's mark; the plain name where nothing has been collected: better than no page."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name

    def _bundle(self, sheet: str, paths: dict) -> str:
        folder = sheet.rpartition("/")[0]
        parts = _IMPORT.sub(lambda match: _read(paths, f"{folder}/{match[1]}"), _read(paths, sheet))
        return short_roles(squeeze(parts))


class _Made:
    """Stands in for the storage that a sheet made here is read from."""

    def __init__(self, css: str):
        self.css = css

    def open(self, name):
        return ContentFile(self.css.encode())


def _read(paths: dict, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
