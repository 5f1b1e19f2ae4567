"""nginx with the very files of deploy/nginx, but for names of folders and ports."""

import os
import shutil
import subprocess
from pathlib import Path

from .deployment import ROOT, House
from .servers import Server, free_port, program

HOST = "bao.example"


def written(folder: Path, house: House, webs: list[Server]) -> Server:
    """The configuration with this test's paths put in, and the server that reads it; not started yet.

    `port` speaks TLS, `plain_port` does not. What stands in the files and is to be replaced has to stand there.
    """
    etc = folder / "etc"
    shutil.copytree(ROOT / "deploy" / "nginx", etc)
    port, plain_port = free_port(), free_port()
    for old, new in _own(folder, house, webs, port, plain_port).items():
        _replace(etc, old, new)
    _certify(folder)
    if not Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").exists():
        (etc / "newsroom" / "brotli.conf").unlink()
    command = [program("nginx"), "-c", str(etc / "nginx.conf"), "-g", "daemon off;"]
    server = Server(command, port, stderr=(folder / "nginx.log").open("w"))
    server.plain_port, server.etc = plain_port, etc
    return server


def check(server: Server) -> str:
    """What `nginx -t` complains of; '' for a configuration that it takes whole."""
    done = subprocess.run([*server.command, "-t", "-q"], capture_output=True, text=True)
    # Told by a machine that gives fewer files than the configuration asks for.
    return "\n".join(line for line in done.stderr.splitlines() if "RLIMIT_NOFILE" not in line)


def _own(folder: Path, house: House, webs: list[Server], port: int, plain_port: int) -> dict[str, str]:
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    machines = "\n".join(f"server 127.0.0.1:{web.port} max_fails=3 fail_timeout=5s;" for web in webs)
    return {
        # The folder of a test is its owner's alone.
        "user www-data;": "user root;" if os.geteuid() == 0 else "",
        "pid /run/nginx.pid;": f"pid {folder / 'nginx.pid'};",
        "http {\n": f"http {{\n{temporary}",
        "/var/log/nginx/": f"{folder}/",
        "/var/cache/nginx/newsroom": str(folder / "cache"),
        "/var/lib/newsroom": house.env["VAR_DIR"],
        "/etc/nginx/newsroom/": f"{folder}/etc/newsroom/",
        f"/etc/letsencrypt/live/{HOST}/": f"{folder}/",
        "server 127.0.0.1:8000 max_fails=3 fail_timeout=5s;": machines,
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80": f"listen 127.0.0.1:{plain_port}",
    }


def _replace(etc: Path, old: str, new: str) -> None:
    files = [path for path in etc.rglob("*.conf") if old in path.read_text()]
    assert files, f"{old!r} stands nowhere in deploy/nginx"
    for path in files:
        path.write_text(path.read_text().replace(old, new))


def _certify(folder: Path) -> None:
    """A certificate of its own for HOST."""
    key, chain = str(folder / "privkey.pem"), str(folder / "fullchain.pem")
    options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = [program("openssl"), "req", "-x509", *options, "-subj", f"/CN={HOST}", "-keyout", key, "-out", chain]
    subprocess.run(command, check=True, capture_output=True)
