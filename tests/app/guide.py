"""The folder of docs/another-city.md, as a reader would write it, and loading it."""

import io
import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

GUIDE = settings.BASE_DIR / "docs" / "another-city.md"
FILE = re.compile(r"^## `([\w/.-]+\.\w+)`\n.*?^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_guide(where: Path) -> Path:
    """Write the eight files of the guide below `where`; returns the folder."""
    sections = re.split(r"(?=^## )", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = [match.groups() for section in sections if (match := FILE.match(section))]
    assert len(found) == 8
    for name, content in found:
        path = where / "musterstadt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return where / "musterstadt"


def replace(path: Path, old: str, new: str, count: int = -1) -> None:
    """Change a file of the folder; `old` must stand in it."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, count), encoding="utf-8")


def load(folder: Path, **options) -> str:
    """What the command writes, warnings included."""
    out = io.StringIO()
    call_command("load_city", folder, stdout=out, stderr=out, no_color=True, **options)
    return out.getvalue()
