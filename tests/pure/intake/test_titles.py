"""No check shows its inner name to planners."""

import ast
from pathlib import Path

import indicators.intake
from indicators.intake.titles import TITLES, title_of

TOLD_BY = {"Finding", "Remark"}
ONLY_WHEN_RECOGNISING = {"sign_meaning"}  # shown as sentences, without a heading


def codes_of(path):
    """Codes of the findings that a module makes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_finding = isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD_BY and len(node.args) > 1
        if is_finding and isinstance(node.args[1], ast.Constant) and node.args[1].value:
            yield node.args[1].value


def test_every_check_has_a_german_title():
    folder = Path(indicators.intake.__file__).parent
    codes = {code for path in folder.rglob("*.py") for code in codes_of(path)} - ONLY_WHEN_RECOGNISING
    assert len(codes) > 30
    assert codes - set(TITLES) == set()


def test_what_ends_the_reading_has_one_too():
    assert title_of("zip_bomb") == "Datei nicht lesbar"
