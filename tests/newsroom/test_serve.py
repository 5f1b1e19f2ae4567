"""What `make run` sets up on a machine before it serves."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as house
from django.contrib.sites.models import Site

from accounts.models import User
from newsroom.management.commands import serve
from tests import build

pytestmark = pytest.mark.django_db

AS_SET = "Đăng nhập: theo tài khoản do quản trị viên đặt."
LATER = 1_800_000_000_000_000_000


@pytest.fixture
def command(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return serve.Command(stdout=io.StringIO())


def password_of(tmp_path) -> str:
    return (tmp_path / "admin_password").read_text()


def test_login_on_a_new_machine_is_made_with_a_random_password(command, tmp_path):
    said = command._login()

    assert said == f"Đăng nhập: admin, mật khẩu: {password_of(tmp_path)}"
    assert len(password_of(tmp_path)) == 16
    admin = User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff) == ("admin", True, True)
    assert admin.check_password(password_of(tmp_path))


def test_login_opens_the_desk(command, client, tmp_path):
    command._login()

    typed = {"username": "admin", "password": password_of(tmp_path), "next": "/admin/"}
    answer = client.post("/admin/login/", typed)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_password_of_the_machine_is_readable_by_its_owner_alone(command, tmp_path):
    command._login()

    assert (tmp_path / "admin_password").stat().st_mode & 0o777 == 0o600


def test_passwords_of_two_machines_differ(command, settings, tmp_path):
    first = command._login()
    User.objects.all().delete()
    settings.VAR_DIR = tmp_path / "other"
    settings.VAR_DIR.mkdir()

    assert command._login() != first


def test_login_is_made_once_and_said_again(command):
    first = command._login()

    assert command._login() == first
    assert User.objects.count() == 1


def test_password_that_was_changed_is_not_said(command):
    command._login()
    admin = User.objects.get()
    admin.set_password("mat-khau-cua-toi-nhe")
    admin.save()

    assert command._login() == AS_SET


def test_machine_with_an_administrator_gets_no_second_one(command, tmp_path):
    User.objects.create_superuser("truongphong")

    assert command._login() == AS_SET
    assert User.objects.count() == 1
    assert not (tmp_path / "admin_password").exists()


def test_note_left_by_an_older_database_is_closed_and_written_anew(command, tmp_path):
    (tmp_path / "admin_password").write_text("cu")
    (tmp_path / "admin_password").chmod(0o644)

    said = command._login()

    assert said.endswith(password_of(tmp_path))
    assert password_of(tmp_path) != "cu"
    assert (tmp_path / "admin_password").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").write_text("a{}")
    return tmp_path


def test_stamp_of_static_files_stays_while_nothing_changes(sources):
    assert serve._fingerprint([sources]) == serve._fingerprint([sources])


def write(sources):
    (sources / "css" / "site.css").write_text("a{color:red}")


def touch(sources):
    os.utime(sources / "css" / "site.css", ns=(LATER, LATER))


def add(sources):
    (sources / "css" / "moi.css").touch()


def rename(sources):
    (sources / "css" / "site.css").rename(sources / "css" / "trang.css")


def remove(sources):
    (sources / "css" / "site.css").unlink()


@pytest.mark.parametrize("change", [write, touch, add, rename, remove])
def test_stamp_of_static_files_changes_with_a_file(sources, change):
    before = serve._fingerprint([sources])

    change(sources)

    assert serve._fingerprint([sources]) != before


class Rehearsal(serve.Command):
    """The command up to the moment when it would become the server."""

    def _collect_static(self):
        pass

    def _serve(self, bind):
        self.bind = bind


def test_start_writes_the_error_pages_and_says_where_and_how(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    build.publication()
    command = Rehearsal(stdout=io.StringIO())

    command.handle(bind="127.0.0.1:8115")

    said = command.stdout.getvalue()
    assert command.bind == "127.0.0.1:8115"
    assert "http://127.0.0.1:8115/admin/" in said
    assert password_of(tmp_path) in said
    assert Site.objects.get().domain == "127.0.0.1:8115"
    written = settings.ERROR_PAGES_ROOT
    assert sorted(path.name for path in written.iterdir()) == ["413.html", "429.html", "500.html", "503.html"]
    assert all("Báo Bình Nguyên" in path.read_text() for path in written.iterdir())


def test_start_keeps_a_domain_that_an_administrator_has_set(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    build.publication()
    Site.objects.update(domain="baobinhnguyen.example")

    Rehearsal(stdout=io.StringIO()).handle(bind="127.0.0.1:8115")

    assert Site.objects.get().domain == "baobinhnguyen.example"


# A house of its own, with a picture of which only the first files are made; then the server, on any free port.
SHORT_RUN = """
import django
django.setup()
from django.core.management import call_command
from PIL import Image
from articles.renditions import make_first
from newsroom.management.commands import serve
from tests import build
call_command("migrate", verbosity=0)
build.picture(Image.new("RGB", (1800, 1200)), make=make_first)
serve.Command()._serve("127.0.0.1:0")
"""


def appears(pattern: str, below: Path) -> bool:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not list(below.rglob(pattern)):
        time.sleep(0.1)
    return bool(list(below.rglob(pattern)))


def test_server_makes_the_rest_of_the_pictures_by_itself_and_leaves_nobody_behind(tmp_path):
    own = {"DATABASE_URL": f"sqlite:///{tmp_path}/house.sqlite3", "MEDIA_ROOT": str(tmp_path / "media")}
    own |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    server = subprocess.Popen([sys.executable, "-c", SHORT_RUN], env=os.environ | own, stdout=subprocess.PIPE)

    assert appears("full-1600.webp", tmp_path)
    server.send_signal(signal.SIGKILL)  # The hardest end: nothing of it can tell the others.

    # Its output ends when the last process that could write to it has gone: workers, and `tick`.
    assert server.communicate(timeout=30) == (b"", None)


def test_run_that_fails_is_noted_and_tried_again(tmp_path):
    own = {"DATABASE_URL": f"sqlite:///{tmp_path}/no-tables.sqlite3", "MEDIA_ROOT": str(tmp_path / "media")}
    command = [sys.executable, str(house.BASE_DIR / "manage.py"), "tick", "--every", "1"]

    with subprocess.Popen(command, env=os.environ | own, stderr=subprocess.PIPE, text=True) as going_on:
        failures = (line for line in going_on.stderr if "tick failed" in line)
        assert [next(failures), next(failures)] == ["tick failed\n"] * 2
        assert going_on.poll() is None
        going_on.terminate()
