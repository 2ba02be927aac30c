"""Writes spreadsheets as planners receive them: one clean per layout, and many that carry one trouble each.

    python scripts/make_messy_spreadsheets.py FOLDER

Areas are the real ones of Dortmund, from `fixtures/areas/`. The numbers are made up by a formula and mean nothing;
every file says so where it has room. The names of the files name their layout or their trouble.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.spreadsheets import clean, hostile, messy


def write_all(folder: Path) -> dict[str, list[Path]]:
    """All files, below `clean/`, `messy/` (readable with remarks) and `hostile/` (to be refused)."""
    made = {}
    for kind, module in (("clean", clean), ("messy", messy), ("hostile", hostile)):
        target = folder / kind
        target.mkdir(parents=True, exist_ok=True)
        made[kind] = module.write(target)
    return made


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/make_messy_spreadsheets.py FOLDER")
    for kind, paths in write_all(Path(sys.argv[1])).items():
        sys.stdout.write(f"{kind}: {', '.join(p.name for p in paths)}\n")
