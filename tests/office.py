"""LibreOffice as a reader of what the portal writes: only in ./test --with-office."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

REASON = "LibreOffice reads documents only in: ./test --with-office"
SECONDS = 180
GERMAN = {**os.environ, "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}


def is_wanted():
    return os.environ.get("WITH_OFFICE") == "1"


def converted(files, to):
    """Some files, by their names, opened and saved as another kind; what comes of them by name.

    Each call has a profile of its own: nothing that LibreOffice was told before counts. Raises `AssertionError` with
    what LibreOffice said where nothing comes.
    """
    program = shutil.which("soffice")
    assert program, "soffice is not there: ./test --with-office installs it"
    with tempfile.TemporaryDirectory(prefix="office") as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        for name, content in files.items():
            (source / name).write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
        command += ["--outdir", str(target), *(str(source / name) for name in files)]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder, env=GERMAN)
        made = {path.name: path.read_bytes() for path in sorted(target.glob("*"))} if target.is_dir() else {}
    assert made, f"LibreOffice has made nothing: {done.stderr.decode(errors='replace')[:2000]}"
    return made
