"""The container set-up fits the project: files exist, settings are read, nginx understands its file."""

import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def copied_sources():
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_every_copied_source_exists():
    assert "uv.lock" in copied_sources()
    assert [source for source in copied_sources() if not (ROOT / source).exists()] == []


def test_every_copied_source_reaches_the_build():
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = [pattern[1:].rstrip("/") for pattern in patterns if pattern.startswith("!")]
    unreached = [source for source in copied_sources() if source.split("/")[0] not in allowed and source not in allowed]
    assert unreached == []


def test_the_document_of_methods_is_in_the_image():
    assert "docs/methods.md" in copied_sources()


def test_every_app_is_in_the_image():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert "areas" in apps
    assert apps <= {source.rstrip("/") for source in copied_sources()}


def test_image_runs_without_rights():
    last_stage = DOCKERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER portal$", last_stage, re.MULTILINE)
    assert "HEALTHCHECK" in last_stage


def test_compose_services_and_their_health():
    services = COMPOSE["services"]
    assert set(services) == {"database", "prepare", "web", "worker", "schedule", "nginx"}
    for name in ("database", "worker", "schedule", "nginx"):
        assert services[name]["healthcheck"]["test"]
    assert "ports" not in services["database"]


def test_compose_mounts_exist():
    mounts = [volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])]
    files = [mount for mount in mounts if mount.startswith("./")]
    assert files
    assert [mount for mount in files if not (ROOT / mount).exists()] == []
    assert {mount for mount in mounts if "/" not in mount} == set(COMPOSE["volumes"])


def test_nginx_serves_what_the_preparation_copies():
    command = COMPOSE["services"]["prepare"]["command"][-1]
    assert fnmatch(command, "*prepare_portal*staticfiles*/srv/static/*")
    assert "root /srv;" in NGINX
    assert "http://web:8000" in NGINX


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_accepts_its_file(tmp_path):
    text = NGINX.replace("user nginx;", "").replace("/run/nginx.pid", f"{tmp_path}/pid")
    own = tmp_path / "nginx.conf"
    own.write_text(text.replace("/var/cache/nginx", str(tmp_path)), encoding="utf-8")
    answer = subprocess.run(["nginx", "-t", "-c", str(own)], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "[warn]" not in answer.stderr
