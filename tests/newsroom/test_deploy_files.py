"""What lies in deploy/ is taken whole by the programs that it is for, and agrees with the settings."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from articles import uploads
from newsroom import media
from newsroom import settings as as_read
from tests import nginx
from tests.deployment import ROOT, House
from tests.servers import program

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SITE = (DEPLOY / "nginx" / "newsroom" / "site.conf").read_text()


@pytest.fixture
def configured(tmp_path):
    house = House(tmp_path)
    return nginx.written(tmp_path, house, [house.web()])


def test_nginx_takes_its_configuration(configured):
    assert nginx.check(configured) == ""


def test_nginx_would_complain(configured):
    """The other half: the check above sees what is wrong."""
    site = configured.etc / "newsroom" / "site.conf"
    site.write_text(site.read_text().replace("proxy_cache newsroom;", "proxy_cache not_there;"))

    assert '"not_there" is unknown' in nginx.check(configured)


@pytest.fixture
def units(tmp_path):
    """The units with programs that are there."""
    found = Path(shutil.copytree(UNITS, tmp_path / "units"))
    for unit in found.glob("*.service"):
        unit.write_text(re.sub(r"/srv/newsroom/\S+", "/bin/true", unit.read_text()))
    return found


def complaints(units: Path) -> str:
    names = sorted(str(path) for path in units.iterdir() if path.is_file())
    command = [program("systemd-analyze"), "verify", "--man=no", "--recursive-errors=no", *names]
    return subprocess.run(command, env={"SYSTEMD_UNIT_PATH": f"{units}:"}, capture_output=True, text=True).stderr


def test_systemd_takes_the_units(units):
    assert complaints(units) == ""


def test_systemd_would_complain(units):
    common = units / "newsroom-.service.d" / "common.conf"
    common.write_text(common.read_text() + "NoNewPrivilege=yes\n")

    assert "NoNewPrivilege" in complaints(units)


def test_programs_that_the_units_start_are_there():
    started = re.findall(r"=-?/srv/newsroom/(\S+) (.*)", "".join(unit.read_text() for unit in UNITS.glob("*.service")))

    assert started
    for program_started, arguments in started:
        assert program_started in (".venv/bin/python", ".venv/bin/gunicorn")
        names = [name for name in arguments.split() if name.endswith(".py")]
        assert [name for name in names if not (ROOT / name).is_file()] == []


def test_example_names_settings_that_there_are():
    named = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "newsroom.env.example").read_text(), re.MULTILINE)
    code = (ROOT / "newsroom" / "settings.py").read_text() + (DEPLOY / "gunicorn.conf.py").read_text()

    assert [name for name in named if f'"{name}"' not in code] == []
    assert {"SECRET_KEY", "DATABASE_URL", "CACHE_URL", "BEHIND_PROXY"} <= set(named)


def test_settings_that_are_read_stand_in_the_handbook_of_operators():
    tree = ast.parse((ROOT / "newsroom" / "settings.py").read_text())
    read = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") == "env"
    }

    handbook = (ROOT / "docs" / "running.md").read_text()
    assert [name for name in sorted(read) if f"`{name}`" not in handbook] == []


def test_nginx_knows_the_session_the_pictures_and_the_limits_as_the_site_has_them():
    assert f"{settings.SESSION_COOKIE_NAME}=" in (DEPLOY / "nginx" / "nginx.conf").read_text()
    ours = media._NAME.pattern.strip("^$").replace("(?:", "(")
    assert f'"^/media/(?<rendition>{ours})$"' in SITE
    assert f"client_max_body_size {uploads.REQUEST_LIMIT // 1024**2}m;" in SITE
    assert as_read.STATIC_ROOT == settings.VAR_DIR / "static"
    assert Path(settings.ERROR_PAGES_ROOT).name == "errors"
