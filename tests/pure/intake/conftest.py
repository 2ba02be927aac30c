"""The spreadsheets of scripts/make_messy_spreadsheets.py, written once per run."""

import pytest

from scripts.make_messy_spreadsheets import write_all


@pytest.fixture(scope="session")
def spreadsheets(tmp_path_factory):
    """Folder with clean/, messy/ and hostile/."""
    folder = tmp_path_factory.mktemp("spreadsheets")
    write_all(folder)
    return folder
