"""Helpers: run the scripts and pieces of their library apart from the real portal."""

import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*command, **options):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= options.pop("env", {})
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env=environment,
        check=False,
        **options,
    )


def library(project, snippet, *arguments, **options):
    prelude = f'PROJECT="{project}"; set -uo pipefail; source "$PROJECT/scripts/lib.sh"\n'
    return run("bash", "-c", prelude + snippet, "bash", *map(str, arguments), **options)


def gone(pid, *, seconds):
    """True as soon as the process has ended."""
    until = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    return not Path(f"/proc/{pid}").exists()
