"""nginx as deploy/nginx sets it up, for one machine that measures: without TLS, and without the limits on one address.

TLS is the same work for a page and for a file. The limits are for a machine that asks as fast as it can, as ours does.
"""

import os
import re
import shutil
from pathlib import Path

from django.conf import settings

SOURCE = settings.BASE_DIR / "deploy" / "nginx"
# Where files lie that are served as they are, to compare pages with.
FILES = "/as-file/"
_LIMIT = re.compile(r"^ *limit_(?:req|conn)(?:_zone|_status|_log_level)?\b.*\n", re.MULTILINE)
_TLS = re.compile(r"^ *(?:ssl_|add_header Strict-Transport).*\n", re.MULTILINE)
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


class NotAsExpected(Exception):
    """A line of deploy/nginx that is to be replaced does not stand there any more."""


def written(root: Path, site: str, front: str, plain: str) -> Path:
    """The configuration below `root`, for a site that answers at `site`; nginx will answer at `front`.

    `plain`: where it would send browsers on to TLS; nobody asks there.
    """
    shutil.copytree(SOURCE, root, dirs_exist_ok=True)
    temporary = "".join(
        f"    {kind}_temp_path {root / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    changes = {
        # Below a folder that is its owner's alone.
        "user www-data;": "user root;" if os.geteuid() == 0 else "",
        "pid /run/nginx.pid;": f"pid {root / 'pid'};",
        "http {\n": f"http {{\n{temporary}",
        "/var/log/nginx/": f"{root}/",
        "/var/cache/nginx/newsroom": str(root / "cache"),
        "/var/lib/newsroom": str(settings.VAR_DIR),
        "/etc/nginx/newsroom/": f"{root}/newsroom/",
        "server 127.0.0.1:8000 max_fails=3 fail_timeout=5s;": f"server {site} max_fails=3 fail_timeout=5s;",
        "listen 443 ssl http2;": f"listen {front};",
        "listen 80": f"listen {plain}",
        "    # --- The desk\n": f"    location {FILES} {{ alias {settings.BENCH_FILES}/; }}\n    # --- The desk\n",
    }
    for old, new in changes.items():
        _replace(root, old, new)
    for path in root.rglob("*.conf"):
        path.write_text(_TLS.sub("", _LIMIT.sub("", path.read_text())))
    if not _BROTLI.exists():
        (root / "newsroom" / "brotli.conf").unlink()
    return root / "nginx.conf"


def _replace(root: Path, old: str, new: str) -> None:
    files = [path for path in root.rglob("*.conf") if old in path.read_text()]
    if not files:
        raise NotAsExpected(old)
    for path in files:
        path.write_text(path.read_text().replace(old, new))
