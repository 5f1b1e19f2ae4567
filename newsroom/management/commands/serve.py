import hashlib
import os
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.edition import bump
from articles.error_pages import write_error_pages
from articles.models import Publication

# As many processes as a small machine has cores; the rest is said in deploy/gunicorn.conf.py.
WORKERS = 2
# Seconds between two runs of `tick`: a picture that was just taken in is whole before its story is.
TICK_PAUSE = 30


class Command(BaseCommand):
    help = "Sets up what is missing (tables, static files, demo content, a login) and serves the site."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")

    def handle(self, *, bind, **options):
        call_command("migrate", interactive=False, verbosity=0)
        self._collect_static()
        if not Publication.objects.exists():
            self.stdout.write(_("An empty database: filling it with demo content. This takes a minute, once."))
            call_command("demo")
        # Until an administrator names the paper's own domain, full addresses follow the place where it is served.
        own = Q(domain="example.com") | Q(domain__startswith="127.0.0.1")
        if Site.objects.filter(own).exclude(domain=bind).update(domain=bind):
            bump()
        write_error_pages()
        login = self._login()
        site, desk = _("Site"), _("Desk")
        self.stdout.write(f"\n  {site}:  http://{bind}/\n  {desk}:  http://{bind}/admin/\n  {login}\n")
        self.stdout.flush()
        self._serve(bind)

    def _collect_static(self) -> None:
        """Collects static files when a source has changed since; hashing 1,400 files takes longer than a start may."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        now = _fingerprint([*settings.STATICFILES_DIRS, settings.BASE_DIR / "requirements.txt"])
        if stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)

    def _login(self) -> str:
        """Makes an administrator with a random password on a machine that has none, and says how to sign in."""
        User = get_user_model()
        note = settings.VAR_DIR / "admin_password"
        if not User.objects.filter(is_superuser=True).exists():
            note.touch(mode=0o600)
            note.chmod(0o600)  # A note of an older database may be open to others.
            note.write_text(secrets.token_urlsafe(12))
            User.objects.create_superuser("admin", full_name="Quản trị", password=note.read_text())
        admin = User.objects.filter(username="admin", is_superuser=True).first()
        if admin and note.exists() and admin.check_password(note.read_text()):
            return _("Login: admin, password: %s") % note.read_text()
        return _("Login: as set by the administrator.")

    def _serve(self, bind: str) -> None:
        """Becomes the server, which has a `tick` beside it (deploy/gunicorn.conf.py): no other service is needed."""
        options = ["--config", str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py")]
        options += ["--chdir", str(settings.BASE_DIR), "--workers", str(WORKERS), "--bind", bind]
        command = [sys.executable, "-m", "gunicorn", *options]
        os.execve(sys.executable, command, os.environ | {"TICK_EVERY": str(TICK_PAUSE)})  # noqa: S606 (our own interpreter)


def _fingerprint(paths) -> str:
    """Changes whenever a file below the paths is added, removed, or written."""
    digest = hashlib.sha256()
    for root in paths:
        for path in sorted([root, *root.rglob("*")] if root.is_dir() else [root]):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
