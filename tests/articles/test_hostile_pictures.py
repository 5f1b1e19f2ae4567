"""Pictures that nobody means well with: refused in words or made harmless, in no time, and nothing stays behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from tests import build
from tests.hostile import HARMLESS, REFUSED

pytestmark = pytest.mark.django_db

UPLOAD, PAGE = "/admin/articles/picture/upload/", "/admin/articles/picture/tai-len/"
# Seconds for one file on a busy machine; the largest photo that is taken needs two.
PATIENCE = 10


@pytest.fixture
def desk(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "arriving")
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir()
    client.force_login(build.member("Phóng viên"))
    return client


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name.partition(" ")[0], content, content_type="text/html")


def files_in(folder) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_file_is_refused_in_words_and_leaves_nothing(desk, settings, tmp_path, name):
    make, status, words = REFUSED[name]
    content = make()

    began = time.monotonic()
    by_script = desk.post(UPLOAD, {"file": sent(name, content)})
    by_form = desk.post(PAGE, {"file": sent(name, content), "send": "1"})

    assert time.monotonic() - began < PATIENCE
    assert (by_script.status_code, by_form.status_code) == (status, 400)
    assert words in by_script.json()["error"]
    assert words in by_form.text
    assert Picture.objects.count() == 0
    assert files_in(settings.MEDIA_ROOT) + files_in(tmp_path / "arriving") == []


@pytest.mark.parametrize("name", HARMLESS)
def test_strange_file_becomes_pixels_and_nothing_else(desk, settings, tmp_path, name):
    content = HARMLESS[name]()

    began = time.monotonic()
    answer = desk.post(UPLOAD, {"file": sent(name, content)})

    assert time.monotonic() - began < PATIENCE
    assert answer.status_code == 201
    picture = Picture.objects.get()
    assert Path(picture.original.name).suffix in (".jpg", ".png", ".webp")
    public = files_in(Path(settings.MEDIA_ROOT) / "public")
    assert public
    for path in public:
        data = path.read_bytes()
        assert data.startswith((b"\xff\xd8\xff", b"RIFF"))
        assert b"alert" not in data
        assert b"<html" not in data
        served = desk.get(f"/media/{path.parent.name}/{path.name}")
        assert served["Content-Type"] in ("image/jpeg", "image/webp")
        assert served["X-Content-Type-Options"] == "nosniff"
        served.close()
    assert files_in(tmp_path / "arriving") == []


# All files of a folder, one after the other in a fresh process: how many are taken, and megabytes at the peak.
PEAK = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.files import File
from articles.picture_forms import UploadForm

def peak():
    [line] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024

idle = peak()
taken = [UploadForm({}, {"file": File(path.open("rb"))}).is_valid() for path in Path(sys.argv[1]).iterdir()]
print(sum(taken), peak() - idle)
"""


@pytest.mark.parametrize(
    ("files", "taken", "limit"),
    [
        ({name: make for name, (make, *_told) in REFUSED.items()}, 0, 100),
        # A WebP of 29 megapixels is the costliest of these (docs/performance.md).
        (HARMLESS, len(HARMLESS), 550),
    ],
    ids=["refused", "harmless"],
)
def test_memory_is_bounded(tmp_path, files, taken, limit):
    for number, make in enumerate(files.values()):
        (tmp_path / str(number)).write_bytes(make())
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

    command = [sys.executable, "-c", PEAK, str(tmp_path)]
    said = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True).stdout

    count, megabytes = map(int, said.split())
    assert (count, megabytes < limit) == (taken, True), said
