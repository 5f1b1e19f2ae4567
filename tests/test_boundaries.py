"""The import order of the house (docs/architecture.md): a breach is a failing test."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("newsroom", "accounts", "articles", "comments", "blocks")

# app -> the apps that it may import from.
ALLOWED = {
    "accounts": set(),
    "articles": {"accounts"},
    "comments": {"accounts", "articles"},
    "blocks": {"accounts", "articles"},
    "newsroom": {"accounts", "articles", "comments", "blocks"},
}

# Within an app a module imports only from modules of a lower number, or of its own name.
ORDER = {
    "articles": [
        ["text", "addresses"],
        ["dates", "keys", "keeping", "markup", "makeup", "memory", "videos", "proofreading", "visitors"],
        ["shape"],
        ["html", "fields"],
        ["models"],
        ["written"],
        [
            "search",
            "renditions",
            "rights",
            "marks",
            "contents",
            "presence",
            "readers",
            "counting",
            "listing",
            "parts",
            "shelves",
            "cards",
        ],
        ["likeness", "duties", "edition"],
        ["most_read"],
        ["readiness"],
        ["deriving", "comparing"],
        ["revising", "letters"],
        ["previewing"],
        ["publishing", "uploads"],
        ["importing", "error_pages", "exporting", "telling", "merging", "darkroom", "library"],
        ["reading", "sections", "paging", "archive", "filters", "forms", "picture_forms"],
        ["planning"],
        ["admin", "templatetags", "facets"],
        ["results"],
        ["views", "feeds", "sitemaps", "beacon"],
        ["urls"],
    ],
    "comments": [
        ["models"],
        ["stamps", "gates"],
        ["posting", "moderation"],
        ["erasure"],
        ["forms", "queue"],
        ["person"],
        ["admin", "templatetags"],
        ["views"],
        ["urls"],
    ],
    "blocks": [
        ["models"],
        ["pools", "subjects"],
        ["cards"],
        ["placing"],
        ["areas", "bands"],
        ["forms"],
        ["admin", "templatetags"],
        ["views"],
        ["urls"],
    ],
}


def modules(app: str):
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def imported(path: Path) -> set[str]:
    """Full names of what a module of ours imports from ours, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in APPS}


@pytest.mark.parametrize("app", APPS)
def test_apps_import_only_what_lies_below_them(app):
    breaches = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(app)
        for name in imported(path)
        if name.split(".")[0] not in {app} | ALLOWED[app]
    ]

    assert breaches == []


@pytest.mark.parametrize("app", ORDER)
def test_modules_import_only_from_their_left(app):
    rank = {name: level for level, names in enumerate(ORDER[app]) for name in names}
    breaches = []
    for path in modules(app):
        own = path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        if own in ("__init__", "apps"):
            continue
        assert own in rank, f"{app}/{own} has no place in the order"
        for name in imported(path):
            _app, _, rest = name.partition(".")
            other = rest.split(".")[0]
            if _app == app and other in rank and other != own and rank[other] >= rank[own]:
                breaches.append(f"{path.relative_to(ROOT)} imports {name}")

    assert breaches == []


@pytest.mark.parametrize("app", APPS)
def test_no_import_hides_inside_a_function(app):
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []
