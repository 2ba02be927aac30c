"""Reading old workbooks once in a process of its own, because a damaged one can end the process that reads it."""

import subprocess
import sys
from pathlib import Path

from .packages import damaged, protected

MEMORY = 2 * 1024**3  # bytes of address space of the trial; a full sheet needs about 500 MB
SECONDS = 60
_PASSWORD = 3
_PROGRAM = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import python_calamine
try:
    book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
    for index in range(len(book.sheet_names)):
        book.get_sheet_by_index(index)
except python_calamine.PasswordError:
    sys.exit({_PASSWORD})
"""


def try_reading(path: Path) -> None:
    """Refuses a workbook that the fast reader cannot read, or only with far too much memory or time."""
    try:
        ended = subprocess.run(  # noqa: S603 a fixed program; the path is its argument
            [sys.executable, "-I", "-c", _PROGRAM, str(path)], capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise damaged() from error
    if ended.returncode == _PASSWORD:
        raise protected()
    if ended.returncode:
        raise damaged()
