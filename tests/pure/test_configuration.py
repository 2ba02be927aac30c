"""Whatever an operator can set or call is described in docs/configuration.md, and nothing else is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = ROOT / "docs" / "configuration.md"
READERS = [*sorted((ROOT / "dortmund_sozial" / "settings").glob("*.py")), ROOT / "deploy" / "gunicorn.conf.py"]
OWN_APPS = ("dortmund_sozial", "areas", "indicators", "actionplan", "atlas")
THIRD_PARTY_COMMANDS = {"prune_db_task_results"}


def variables_read(source: str) -> set[str]:
    """Names in env.str("X"), env("X"), os.environ["X"], os.environ.get("X") and "X" in os.environ."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        candidate = None
        if isinstance(node, ast.Call) and re.match(r"(env|os\.environ|os\.getenv)\b", ast.unparse(node.func)):
            candidate = node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            candidate = node.slice
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "os.environ":
            candidate = node.left
        if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
            found.add(candidate.value)
    return found


def described(kind: str) -> set[str]:
    """Names in the first column of the guide's tables: capitals are variables, the others commands."""
    names = re.findall(r"^\| `([A-Za-z_]+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for name in names if name.isupper() == (kind == "variables")}


def used_variables() -> set[str]:
    return set().union(*(variables_read(path.read_text(encoding="utf-8")) for path in READERS))


def own_commands() -> set[str]:
    folders = (ROOT / app / "management" / "commands" for app in OWN_APPS)
    return {path.stem for folder in folders for path in folder.glob("*.py") if not path.stem.startswith("_")}


@pytest.mark.parametrize(
    "source",
    ['env.str("X", "")', 'env("X")', 'os.environ["X"]', 'os.environ.get("X")', 'os.getenv("X")', '"X" in os.environ'],
)
def test_reader_sees_every_way_of_reading(source):
    assert variables_read(source) == {"X"}


def test_every_variable_is_described():
    used = used_variables()
    assert {"DATABASE_URL", "SECRET_KEY", "BIND"} <= used
    assert used - described("variables") == set()


def test_every_described_variable_exists():
    others = "".join(
        path.read_text(encoding="utf-8")
        for path in [ROOT / "docker-compose.yml", ROOT / "manage.py", *sorted((ROOT / "scripts" / "lib").glob("*.sh"))]
    )
    unknown = {name for name in described("variables") - used_variables() if name not in others}
    assert unknown == set()


def test_example_file_names_only_described_variables():
    names = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert "SECRET_KEY" in names
    assert set(names) - described("variables") == set()


def test_every_command_is_described_and_every_described_command_exists():
    assert described("commands") == own_commands() | THIRD_PARTY_COMMANDS
