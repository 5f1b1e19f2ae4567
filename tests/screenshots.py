"""Pictures of the demo for README and handbook: `make screenshots` writes docs/img/*.png.

Sets up a paper of its own in a temporary folder, serves it with gunicorn on a free port, and looks at it in Chromium.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .chromium import CHROMIUM, CHROMIUM_FLAGS

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "img"
PASSWORD = secrets.token_urlsafe(12)
STARTING_SECONDS = 20

# name -> (address, width, height, colour scheme); addresses under /admin/ are seen by an administrator.
SHOTS = {
    "front": ("/", 1280, 1480, "light"),
    "article": ("{story}", 1280, 1500, "light"),
    "article-phone": ("{story}", 360, 760, "light"),
    "desk": ("/admin/", 1280, 1000, "light"),
    "desk-article": ("/admin/articles/article/{pk}/change/", 1280, 1500, "light"),
    "desk-comments": ("/admin/comments/comment/", 1280, 1000, "light"),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "MEDIA_ROOT": f"{folder}/media"}
        address = f"127.0.0.1:{free_port()}"
        manage("migrate", "-v0")
        manage("demo")
        manage("collectstatic", "--noinput", "-v0")
        names = manage("shell", "-v0", "-c", SET_UP).split()
        server = subprocess.Popen([sys.executable, "-m", "gunicorn", "--bind", address, "newsroom.wsgi"], cwd=ROOT)
        try:
            wait_for(f"http://{address}/healthz")
            photograph(f"http://{address}", dict(zip(("story", "pk"), names[-2:], strict=True)))
        finally:
            server.terminate()
            server.wait()


SET_UP = f"""
from accounts.models import User
from articles.models import Article
User.objects.create_superuser("anh", full_name="Trần Mai Lĩnh", password="{PASSWORD}")
story = Article.objects.published().get(source_id__startswith="01-")
draft = Article.objects.filter(status="draft").first()
print(story.get_absolute_url(), draft.pk)
"""


def manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str) -> None:
    for _ in range(STARTING_SECONDS * 10):
        try:
            urllib.request.urlopen(url)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def photograph(base: str, names: dict) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for name, (path, width, height, scheme) in SHOTS.items():
            context = browser.new_context(
                base_url=base, viewport={"width": width, "height": height}, color_scheme=scheme, locale="vi-VN"
            )
            page = context.new_page()
            if path.startswith("/admin/"):
                sign_in(page)
            page.goto(path.format(**names))
            page.wait_for_load_state("networkidle")
            page.screenshot(path=TARGET / f"{name}.png")
            context.close()
            print(TARGET / f"{name}.png")
        browser.close()


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", "anh")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


if __name__ == "__main__":
    main()
