"""Starting what is measured: gunicorn with two workers, and nginx with the same bytes as files."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PORT, NGINX_PORT, FRONT_PORT = 8791, 8792, 8793


@contextlib.contextmanager
def portal() -> Iterator[str]:
    """The portal under gunicorn with 2 workers; yields its address."""
    command = [
        sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "2",
        "--bind", f"127.0.0.1:{PORT}", "--log-level", "error", "dortmund_sozial.wsgi",
    ]  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    process = subprocess.Popen(command, env=environment)
    try:
        yield _wait(f"http://127.0.0.1:{PORT}", "/baseline/bare/", process)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextlib.contextmanager
def nginx(files: dict[str, bytes]) -> Iterator[str]:
    """nginx with 2 workers serving `files` as ready gzip; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, packed in files.items():
            (root / f"{name}.gz").write_bytes(packed)
            (root / name).write_bytes(b"")
        root.chmod(0o755)
        (root / "nginx.conf").write_text(_nginx_conf(root))
        process = subprocess.Popen(
            [shutil.which("nginx") or "nginx", "-c", str(root / "nginx.conf"), "-g", "daemon off;"]
        )
        try:
            yield _wait(f"http://127.0.0.1:{NGINX_PORT}", f"/{next(iter(files))}", process)
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextlib.contextmanager
def front() -> Iterator[str]:
    """The portal's own nginx (deploy/nginx.conf) in front of a running `portal()`; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        conf = Path(folder) / "nginx.conf"
        conf.write_text(_own_conf(Path(folder)), encoding="utf-8")
        process = subprocess.Popen([shutil.which("nginx") or "nginx", "-c", str(conf), "-g", "daemon off;"])
        try:
            yield _wait(f"http://127.0.0.1:{FRONT_PORT}", "/nginx-gesund", process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _own_conf(root: Path) -> str:
    text = (Path(__file__).parent.parent.parent / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for there, here in {
        "user nginx;": "user root;" if os.geteuid() == 0 else "",
        "/run/nginx.pid": f"{root}/pid",
        "/dev/stderr": f"{root}/error.log",
        "access_log /dev/stdout brief;": "access_log off;",
        "/var/cache/nginx": str(root),
        "listen 8080 default_server;": f"listen 127.0.0.1:{FRONT_PORT};",
        "http://web:8000": f"http://127.0.0.1:{PORT}",
    }.items():
        if there not in text:
            raise RuntimeError(f"deploy/nginx.conf no longer contains {there}")
        text = text.replace(there, here)
    return text


def _nginx_conf(root: Path) -> str:
    return f"""
worker_processes 2; pid {root}/nginx.pid; error_log {root}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; gzip_static always; sendfile on; types {{ application/json json; }}
  server {{ listen 127.0.0.1:{NGINX_PORT}; root {root}; }}
}}
"""


def _wait(url: str, path: str, process: subprocess.Popen) -> str:
    for _attempt in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"server ended with {process.returncode}")
        try:
            urllib.request.urlopen(url + path, timeout=5)  # noqa: S310 - our own loopback address
            return url
        except urllib.error.HTTPError:
            return url
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("server did not answer within 20 s")
