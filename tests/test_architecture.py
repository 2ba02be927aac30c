"""The house: four apps, one direction; files and functions of a size that can be read at once."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["areas", "indicators", "actionplan", "atlas"]
PURE = ["areas/geometry", "indicators/secrecy", "indicators/statistics"]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60  # the aim is 30; no function may be twice that


def sources(*folders):
    for folder in folders or ORDER:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


@pytest.mark.parametrize("app", ORDER)
def test_imports_go_down_the_list_only(app):
    forbidden = set(ORDER[ORDER.index(app) + 1 :])
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(app)
        for module in imported_modules(path)
        if module.split(".")[0] in forbidden
    ]
    assert not wrong


@pytest.mark.parametrize("folder", PURE)
def test_calculation_knows_no_django(folder):
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(folder)
        for module in imported_modules(path)
        if module.split(".")[0] in {"django", "rest_framework", *ORDER}
        and not module.startswith(folder.replace("/", "."))
    ]
    assert not wrong


def test_only_actions_and_migrations_write():
    writing = {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
    wrong = []
    for path in sources():
        if "actions" in path.parts or path.name in {"actions.py", "admin.py"} or "admin" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.func.attr}")
    assert not wrong


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\n") if name and "static/vendor" not in name]


def test_no_file_is_longer_than_can_be_read():
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("*.py", "*.js", "*.css")
        if "migrations" not in path.parts
        and "vendor" not in path.parts
        and path.exists()
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_no_assert_guards_and_no_bare_except():
    wrong = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not wrong
