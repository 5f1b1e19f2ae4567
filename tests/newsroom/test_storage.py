import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from accounts.models import User
from newsroom.storage import short_roles, squeeze

from .. import build

# look.md, section 8: what the public sheet may weigh as it is served, blanks stripped.
SHEET_LIMIT = 30_000
# All scripts of readers' pages together.
SCRIPT_LIMIT = 10_000
# The desk: what our sheets weigh together on any one page, on top of the admin's own.
DESK_LIMIT = 18 * 1024
DESK_PAGES = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/{story}/look/",
    "/admin/articles/article/add/",
    "/admin/articles/picture/",
    "/admin/articles/picture/add/",
    "/admin/articles/picture/tai-len/",
    "/admin/articles/publication/add/",
    "/admin/articles/tag/{tag}/delete/",
    "/admin/blocks/block/",
    "/admin/blocks/block/add/",
    "/admin/blocks/block/front/",
    "/admin/comments/comment/",
    "/admin/comments/comment/{comment}/change/",
    "/admin/comments/comment/nguoi-gui/",
    "/admin/flatpages/flatpage/add/",
    "/admin/password_change/",
    "/admin/login/?next=/admin/",
)


@pytest.fixture
def collected(settings, tmp_path):
    """The storage of the site after everything of ours has been collected."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "newsroom.storage.SiteFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ckeditor"])
    return storages["staticfiles"]


def served(storage, name: str) -> str:
    return (Path(storage.location) / storage.stored_name(name)).read_text()


def test_public_sheet_is_one_file_within_its_budget(collected):
    sheet = served(collected, "css/site.css")

    assert "@import" not in sheet
    assert "/*" not in sheet
    assert len(sheet.encode()) <= SHEET_LIMIT


def test_scripts_of_readers_pages_are_within_their_budget():
    assert sum(path.stat().st_size for path in (settings.BASE_DIR / "static" / "js").glob("*.js")) <= SCRIPT_LIMIT


@pytest.mark.django_db
@pytest.mark.parametrize("address", DESK_PAGES)
def test_sheets_of_any_page_of_the_desk_are_within_their_budget(collected, client, address):
    if "login" not in address:
        client.force_login(User.objects.create_superuser("chi", full_name="Lê Chi"))
    story = build.article()
    page = client.get(address.format(tag=build.tag().pk, comment=build.comment(story).pk, story=story.pk))

    sheets = re.findall(r'href="/static/(css/[^"]+\.css)"', page.content.decode())

    assert page.status_code == 200
    assert any(name.startswith("css/desk.") for name in sheets)
    assert sum(len((Path(collected.location) / name).read_bytes()) for name in sheets) <= DESK_LIMIT


def test_squeezed_sheets_of_the_desk_keep_the_names_of_the_roles(collected):
    roles = served(collected, "css/tokens.css") + served(collected, "css/desk.css")

    assert "/*" not in roles
    assert "--link-fg:var(--ink)" in roles
    assert "--ink:#" in roles


def test_public_sheet_holds_every_part(collected):
    parts = {path.name for path in (settings.BASE_DIR / "static/css/components").glob("*.css")}
    listed = re.findall(r'components/([a-z-]+\.css)"', (settings.BASE_DIR / "static/css/site.css").read_text())

    assert sorted(listed) == sorted(parts)
    sheet = served(collected, "css/site.css")
    for selector in (".masthead", ".prose", ".footer", "@media print"):
        assert selector in sheet


def test_every_role_that_a_part_names_is_a_token():
    css = [path.read_text() for path in (settings.BASE_DIR / "static/css/components").glob("*.css")]
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()

    named = set(re.findall(r"var\((--[a-z0-9-]+)\)", "".join(css)))

    assert named - set(re.findall(r"(--[a-z0-9-]+):", tokens)) == set()


def test_every_static_file_that_a_template_names_is_collected(collected):
    templates = "".join(path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    named = set(re.findall(r"""\{% static ['"]([^'"]+)['"]""", templates))

    assert "css/site.css" in named
    assert {name for name in named if not re.search(r"\.[0-9a-f]{12}\.", collected.stored_name(name))} == set()


def test_file_that_was_never_collected_keeps_its_plain_name(collected):
    assert collected.url("img/khong-co.svg") == "/static/img/khong-co.svg"


def test_part_that_does_not_exist_stops_the_collecting(collected):
    name = collected.save("css/thu.css", ContentFile(b'@import url("khong-co.css");'))

    with pytest.raises(KeyError, match=r"css/khong-co\.css"):
        collected._bundle(name, {name: (collected, name)})


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("a {\n  color: red;\n}\n", "a{color:red}"),
        ("/* why */\na , b > c {\n  margin: 0.5em calc(1px + 2px);\n}", "a,b>c{margin:.5em calc(1px + 2px)}"),
        ('a::before {\n  content: " ; , ";\n}', 'a::before{content:" ; , "}'),
        (".a > .b + .c ~ d {\n  width: calc((1px + 2px) * 3);\n}", ".a>.b+.c~d{width:calc((1px + 2px) * 3)}"),
        ("a {\n  font: italic 400 1rem / 1.5 var(--serif);\n}", "a{font:italic 1rem/1.5 var(--serif)}"),
        ("a :hover {\n  width: 10.05px;\n}", "a :hover{width:10.05px}"),
        ("", ""),
    ],
)
def test_squeezed_sheet_means_the_same(written, served):
    assert squeeze(written) == served
    assert squeeze(served) == served


def test_roles_get_short_names_that_stay_apart_and_unused_ones_go():
    roles = "".join(f":root{{--role-{n}:{n}.0625rem}}" for n in range(60))
    uses = "".join(f".n{n}{{margin:var(--role-{n}) var(--role-{n})}}" for n in range(59)) + "a{width:var(--role-7)}"

    short = short_roles(roles + uses)

    assert len(set(re.findall(r"--([a-z]+):", short))) == 59
    assert ":root{--a:7.0625rem}" in short
    assert short.endswith("a{width:var(--a)}")


@pytest.mark.parametrize(
    ("written", "served"),
    [
        # Short, or used once: the value stands where it is used.
        (":root{--gap:4px}a{top:var(--gap)}b{top:var(--gap)}", ":root{}a{top:4px}b{top:4px}"),
        (":root{--wide:1216.0625px}a{width:calc(var(--wide) + 1px)}", ":root{}a{width:calc(1216.0625px + 1px)}"),
        # Another value elsewhere, for dark screens or within a part: it stays a role.
        (":root{--gap:4px}a{top:var(--gap)}b{--gap:8px}", ":root{--a:4px}a{top:var(--a)}b{--a:8px}"),
        ("a{--gap:4px;top:var(--gap)}", "a{--a:4px;top:var(--a)}"),
        # A value that is itself a role's, which may be another within a part.
        (
            ":root{--gap:4px;--edge:var(--gap)}a{top:var(--edge)}b{--gap:8px}",
            ":root{--a:4px;--b:var(--a)}a{top:var(--b)}b{--a:8px}",
        ),
    ],
)
def test_role_with_one_short_value_gives_way_to_it(written, served):
    assert short_roles(written) == served
