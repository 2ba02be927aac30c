"""./start, ./test and .ci/run: arguments, refusals, and whom they stop."""

import fcntl
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from .shell import ROOT, library, run

SCRIPTS = [
    ROOT / "start",
    ROOT / "test",
    ROOT / ".ci" / "run",
    ROOT / "scripts" / "lib.sh",
    *sorted((ROOT / "scripts" / "lib").glob("*.sh")),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_syntax(script):
    assert run("bash", "-n", str(script)).stderr == ""


@pytest.mark.parametrize("script", [ROOT / "start", ROOT / "test", ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_executable(script):
    assert os.access(script, os.X_OK)


def test_help(project):
    answer = run(str(project / "start"), "--help", cwd="/")
    assert answer.returncode == 0
    for option in ("--port", "--stop", "--reset", "DATABASE_URL"):
        assert option in answer.stdout


@pytest.mark.parametrize("arguments", [["--colour"], ["start"]])
def test_unknown_argument(project, arguments):
    answer = run(str(project / "start"), *arguments)
    assert answer.returncode == 2
    assert arguments[0] in answer.stderr


@pytest.mark.parametrize("port", ["", "0", "65536", "abc", "80;id"])
def test_bad_port(project, port):
    answer = run(str(project / "start"), "--port", port)
    assert answer.returncode == 1
    assert "1 bis 65535" in answer.stderr
    assert not (project / ".local").exists()


def test_taken_port_names_another(project):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = run(str(project / "start"), "--port", str(port))
    assert answer.returncode == 1
    assert f"Port {port}" in answer.stderr
    assert "./start --port " in answer.stderr


def test_stop_without_portal(project):
    answer = run(str(project / "start"), "--stop")
    assert (answer.returncode, answer.stdout) == (0, "Das Portal läuft nicht.\n")


def test_stop_spares_a_stranger_with_the_recorded_number(project):
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        folder = project / ".local" / "run"
        folder.mkdir(parents=True)
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        for name in ("portal", "web", "worker", "schedule"):
            (folder / name).write_text(f"{stranger.pid} 1 {boot}\n")
        assert run(str(project / "start"), "--stop").returncode == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_stop_ends_what_a_killed_start_left(project):
    left = subprocess.Popen(["sleep", "60"])
    try:
        answer = library(project, 'mkdir -p "$RUN"; record_process web "$1"', left.pid)
        assert answer.returncode == 0, answer.stderr
        answer = run(str(project / "start"), "--stop")
        assert "Reste" in answer.stdout
        assert left.wait(timeout=10) == -signal.SIGTERM
    finally:
        left.kill()
        left.wait()


def test_second_start_names_the_address(project):
    folder = project / ".local" / "run"
    folder.mkdir(parents=True)
    (folder / "url").write_text("http://127.0.0.1:8999/\n")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = run(str(project / "start"))
    assert answer.returncode == 1
    assert "läuft schon: http://127.0.0.1:8999/" in answer.stderr


def test_reset_asks_first(project):
    keep = project / ".local" / "postgres" / "data"
    keep.mkdir(parents=True)
    answer = run(str(project / "start"), "--reset")
    assert answer.returncode == 1
    assert "--yes" in answer.stderr
    assert keep.exists()


def test_reset_never_touches_a_foreign_database(project):
    answer = run(str(project / "start"), "--reset", "--yes", env={"DATABASE_URL": "postgis://db.example.de/x"})
    assert answer.returncode == 1
    assert "DATABASE_URL" in answer.stderr


def test_reset_deletes_data_and_key(project):
    (project / ".local" / "postgres" / "data").mkdir(parents=True)
    (project / ".local" / "secret-key").write_text("x")
    answer = run(str(project / "start"), "--reset", "--yes")
    assert answer.returncode == 0, answer.stderr
    assert not (project / ".local" / "postgres").exists()
    assert not (project / ".local" / "secret-key").exists()


def test_the_office_is_an_option_of_the_tests(project):
    assert "--with-office" in run(str(ROOT / "test"), "--help").stdout


def test_who_may_not_install_the_office_is_told_what_to_install(project):
    snippet = 'source "$PROJECT/scripts/lib/throwaway.sh"; can_install() { false; }; command() { false; }; need_office'
    answer = library(project, snippet)
    assert answer.returncode == 1
    assert "libreoffice-writer-nogui libreoffice-calc-nogui" in answer.stderr
