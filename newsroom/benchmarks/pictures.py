"""What pictures cost: the time of a whole set, and time and memory of an upload.

    .venv/bin/python -m newsroom.benchmarks.pictures

Everything is measured in fresh processes with a database and a folder of their own, which then go.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from statistics import median
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.management import call_command
from PIL import Image

from articles import library
from articles.models import Picture
from articles.picture_forms import UploadForm
from articles.renditions import KINDS, make_first, make_rest

from .drawing import costliest_files, photo_file

TITLE = "Pictures"
TIMES = 3
AIM = 4.0


def measure() -> list[dict]:
    """Rows of {"figure", "value", "unit", "aim"}; takes about a minute."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = {"photo of 24 MP": photo_file(folder)}
        files |= {f"largest that is taken, {kind}": path for kind, path in costliest_files(folder).items()}
        _in_own_process(folder, "prepare", "")
        uploads = [_upload_rows(kind, _in_own_process(folder, "upload", str(path))) for kind, path in files.items()]
        return [*_set_rows(_in_own_process(folder, "sets", str(files["photo of 24 MP"]))), *chain(*uploads)]


def _set_rows(found: dict) -> list[dict]:
    ratio = found["set"] / found["once"]
    return [
        _row("JPEG of 24 MP: Pillow decodes it and encodes the largest size once", found["once"] * 1000, "ms"),
        _row("JPEG of 24 MP: its whole set, stored", found["set"] * 1000, "ms"),
        _row("JPEG of 24 MP: its whole set, as a multiple of the first", ratio, "×", f"< {AIM:g}"),
    ]


def _upload_rows(kind: str, found: dict) -> list[dict]:
    return [
        _row(f"upload, {kind}: until the desk has its answer", found["seconds"] * 1000, "ms"),
        _row(f"upload, {kind}: peak memory of the process", found["peak"], "MB"),
        _row(f"upload, {kind}: of that, over the idle process", found["peak"] - found["idle"], "MB"),
    ]


def _row(figure: str, value: float, unit: str, aim: str = "") -> dict:
    return {"figure": figure, "value": round(value, 1), "unit": unit, "aim": aim}


def _in_own_process(folder: Path, task: str, path: str) -> dict:
    own = {"DATABASE_URL": f"sqlite:///{folder / 'own.sqlite3'}", "MEDIA_ROOT": str(folder / "media")}
    own |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "MEDIA_STORAGE_URL": ""}
    command = [sys.executable, "-m", __spec__.name, task, path]
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run(command, env=os.environ | own, cwd=root, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return json.loads(said.stdout)


# --- In the fresh process


def _prepare(path: Path) -> dict:
    call_command("migrate", verbosity=0)
    return {}


def _sets(path: Path) -> dict:
    """Seconds: Pillow for the least that anybody could do, and a whole set as the upload and `tick` make it."""
    data = path.read_bytes()
    largest = Image.open(path).resize((1600, 1067))
    webp = KINDS["webp"]

    def once():
        Image.open(io.BytesIO(data)).load()
        largest.save(io.BytesIO(), webp.format, **webp.options)

    def whole_set():
        picture = Picture.objects.create(original=ContentFile(data, name=path.name))
        make_first(picture)
        make_rest(picture)

    return {"once": _seconds(once), "set": _seconds(whole_set)}


def _upload(path: Path) -> dict:
    """Seconds, and megabytes of the process before and at its peak, for one file as the upload view takes it."""
    with TemporaryUploadedFile(path.name, "", path.stat().st_size, None) as file:
        with path.open("rb") as source:
            copyfileobj(source, file)
        idle, began = _peak(), time.perf_counter()
        form = UploadForm({}, {"file": file})
        if not form.is_valid():
            raise ValueError(form.errors)
        library.add(form.cleaned_data["file"], keep=True)
        return {"seconds": time.perf_counter() - began, "idle": idle, "peak": _peak()}


def _seconds(work: Callable[[], None]) -> float:
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


def _peak() -> float:
    """The most memory that this process has had so far, in megabytes; what its parent had does not count."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def main(task: str = "", path: str = "") -> None:
    tasks = {"prepare": _prepare, "sets": _sets, "upload": _upload}
    if task:
        print(json.dumps(tasks[task](Path(path))))
        return
    print("| figure | measured | aim |\n|---|---:|---|")
    for row in measure():
        print(f"| {row['figure']} | {row['value']:,} {row['unit']} | {row['aim']} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
