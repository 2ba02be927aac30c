"""Compile locale/*/LC_MESSAGES/*.po to .mo with polib, so that no gettext package is needed.

Run as `python scripts/compile_translations.py`; ends with 1 and names file and entry if a translation is broken.
"""

import sys
from pathlib import Path

import polib

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = LOCALE_FOLDER) -> list[Path]:
    """Write a .mo beside every .po below `folder`; return the files written. OSError names a broken file."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_all()
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"Übersetzung fehlerhaft: {error}")
