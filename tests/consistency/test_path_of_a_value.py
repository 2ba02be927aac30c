"""The example of docs/path-of-a-value.md is true: its lines run against the loaded city, its rows stand in the files."""

import doctest
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db

GUIDE = settings.BASE_DIR / "docs" / "path-of-a-value.md"


def test_every_line_of_the_example_gives_what_the_page_says(dortmund):
    result = doctest.testfile(
        str(GUIDE), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.REPORT_NDIFF, encoding="utf-8"
    )
    assert result.attempted >= 15
    assert result.failed == 0


def test_the_rows_stand_where_the_page_says():
    quoted = re.findall(r"^([\w-]+\.csv), Zeile (\d+) {2,}(\S+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(quoted) == 4
    for name, number, row in quoted:
        lines = (settings.BASE_DIR / "fixtures" / "values" / name).read_text(encoding="utf-8").splitlines()
        assert lines[int(number) - 1] == row


def test_every_file_and_function_it_names_exists():
    text = GUIDE.read_text(encoding="utf-8")
    named = re.findall(r"`((?:atlas|indicators|areas)/[\w/]+\.py)(?:: (\w+))?`(?:, `(\w+)`)?", text)
    assert len(named) > 10
    for path, *functions in named:
        source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        for function in filter(None, functions):
            assert re.search(rf"^(?:def|class) {function}\b", source, re.MULTILINE), f"{path}: {function}"


QUERY = "indikator=transferleistungsquote&ebene=sozialraum&zeit=2024"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"/karte/?{QUERY}&gebiet=023", "(34,6)"),
        ("/gebiete/sozialraum/023/", "34,6"),
        ("/rangliste/transferleistungsquote/", "34,6"),
        (f"/karte/kennwerte.csv?{QUERY}", "sozialraum;023;Borsigplatz;transferleistungsquote;2024;34,6;estimated;"),
        (f"/karte/karte.geojson?{QUERY}", '"wert": 34.6'),
        ("/api/v1/figures/?indicator=transferleistungsquote&level=sozialraum&period=2024", "34.6"),
    ],
)
def test_every_address_it_names_shows_the_figure(dortmund, client, address, shown):
    assert address.split("?")[0] in GUIDE.read_text(encoding="utf-8")
    assert shown in client.get(address).content.decode()
