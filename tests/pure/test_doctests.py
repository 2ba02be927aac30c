"""Every example in a docstring holds."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def with_examples():
    """Modules of the four apps whose source has an example."""
    for app in ("areas", "indicators", "actionplan", "atlas"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if ">>> " in path.read_text(encoding="utf-8"):
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = list(with_examples())


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted and not result.failed


def test_there_are_examples():
    assert len(MODULES) >= 8
