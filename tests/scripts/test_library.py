"""The shell library: addresses, processes, throw-away databases."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .shell import gone, library


@pytest.mark.parametrize(
    ("path", "quoted"),
    [("/a/b-c_d.e~f", "%2Fa%2Fb-c_d.e~f"), ("/a b/ü", "%2Fa%20b%2F%C3%BC"), ("/50%@x:1?", "%2F50%25%40x%3A1%3F")],
)
def test_url_quoting(project, path, quoted):
    answer = library(project, 'url_quoted "$1"', path)
    assert (answer.stdout, answer.stderr) == (quoted, "")


def test_start_ticks_names_a_process_with_odd_name(project, tmp_path):
    program = tmp_path / "a) b (c"
    shutil.copy("/bin/sleep", program)
    child = subprocess.Popen([str(program), "60"])
    try:
        expected = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[19]
        assert library(project, 'start_ticks "$1"', child.pid).stdout.strip() == expected
    finally:
        child.kill()
        child.wait()


def test_the_browser_that_is_there_is_found_and_a_wrong_name_is_told(project):
    snippet = """
        source "$PROJECT/scripts/lib/throwaway.sh"
        BROWSERS=(/nowhere /bin/sh)
        find_browser && echo found
        CHROMIUM=/nowhere
        find_browser || echo missing
        unset CHROMIUM
        BROWSERS=(/nowhere)
        find_browser || echo missing
    """
    assert library(project, snippet).stdout.split() == ["found", "missing", "missing"]


def test_script_and_tests_look_for_the_same_browsers(project):
    answer = library(project, 'source "$PROJECT/scripts/lib/throwaway.sh"; printf "%s\\n" "${BROWSERS[@]}"')
    conftest = (Path(__file__).parent.parent / "browser" / "conftest.py").read_text(encoding="utf-8")
    (named,) = re.findall(r"^BROWSERS = \((.*)\)$", conftest, re.MULTILINE)
    assert answer.stdout.split() == re.findall(r'"(.*?)"', named)


def test_throwaway_database_leaves_nothing(project):
    snippet = """
        source "$PROJECT/scripts/lib/throwaway.sh"
        clean_environment
        use_throwaway_database
        printf '%s\\n' "$CLUSTER_HOME" "$(<"$CLUSTER_HOME/data/postmaster.pid")"
        run_sql "$DATABASE" 'SELECT postgis_lib_version()'
        run_sql "$DATABASE" "SELECT current_setting('fsync') || '|' || current_setting('listen_addresses')"
    """
    answer = library(project, snippet)
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert lines[-2][0].isdigit()
    assert lines[-1] == "off|"
    assert not Path(lines[0]).exists()
    assert gone(int(lines[1]), seconds=5)


def test_long_path_gets_a_short_socket(project):
    snippet = """
        choose_database_user
        CLUSTER_HOME=/tmp/$(printf 'x%.0s' {1..120})
        choose_socket_folder
        printf '%s' "$SOCKET_FOLDER"
        as_database_user rmdir "$SOCKET_FOLDER"
    """
    answer = library(project, snippet)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("/tmp/sozialportal-")  # noqa: S108
    assert len(answer.stdout) < 60
