"""A project folder for trying the scripts."""

import shutil

import pytest

from .shell import ROOT


@pytest.fixture
def project(tmp_path):
    """A copy of the scripts alone, in a folder with a space: nothing of the real portal can be touched."""
    folder = tmp_path / "my portal"
    folder.mkdir()
    shutil.copy(ROOT / "start", folder)
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    return folder
