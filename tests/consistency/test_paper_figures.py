"""Every figure in the council paper and in the social report is one of the release, every change one of two of them."""

from decimal import Decimal

import pytest

from atlas.reports.compiling import compiled
from atlas.reports.document import tables
from atlas.reports.templates import TEMPLATES
from indicators.models import Figure, Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def values_of(label, *, level, code=None):
    """Public values of an indicator by code and period, and in which status they are."""
    found = Figure.objects.current().filter(edition__indicator__slug=by_label()[label])
    found = found.filter(area__level__slug=level)
    if code:
        found = found.filter(area__code=code)
    return {(f.area.code, f.period.code): f for f in found.select_related("area", "period")}


def by_label():
    return {indicator.label: indicator.slug for indicator in Indicator.objects.all()}


@pytest.fixture(scope="module")
def report(dortmund, django_db_blocker):
    with django_db_blocker.unblock():
        return compiled(TEMPLATES["soziale-lage"].fill({}))


@pytest.fixture(scope="module")
def paper(dortmund, django_db_blocker):
    with django_db_blocker.unblock():
        return compiled(TEMPLATES["sachstand"].fill({}))


def column_of(label):
    """Indicator and period of the head of a column such as `Altenquotient 2024, je 100`."""
    for name in sorted(by_label(), key=len, reverse=True):
        if label.startswith(f"{name} "):
            return name, label.removeprefix(f"{name} ").split(",")[0]
    raise AssertionError(label)


def test_every_area_in_the_chapters_has_the_figure_of_the_release(report):
    checked = 0
    for table in (table for table in tables(report) if table.caption == "Sozialräume im Einzelnen"):
        for place, column in enumerate(table.columns[1:], 1):
            name, period = column_of(column.label)
            figures = values_of(name, level="sozialraum")
            city = values_of(name, level="stadt")
            for row in table.groups[0].rows:
                cell = row.cells[place]
                key = (row.cells[0].note, period)
                figure = next(iter(city.values()), None) if row.is_total else figures.get(key)
                if row.is_total:
                    figure = next((f for (_code, p), f in city.items() if p == period), None)
                assert (cell.number.value if cell.number else None) == (figure.value if figure else None), (name, key)
                checked += 1
    assert checked > 1500


def test_the_city_table_has_the_figures_and_changes_of_the_city(report):
    checked = 0
    for table in (table for table in tables(report) if table.caption == "Die Stadt insgesamt"):
        for row in table.groups[0].rows:
            name, periods = row.cells[0].text, row.cells[0].note.split(" · ")
            city = {period: figure.value for (_code, period), figure in values_of(name, level="stadt").items()}
            before, after, change = (cell.number.value if cell.number else None for cell in row.cells[1:])
            assert after == city.get(periods[-1])
            if len(periods) == 2:
                assert before == city[periods[0]]
            if change is not None:
                assert change == after - before
            checked += 1
    assert checked > 25


def test_then_and_now_of_every_action_area_are_figures_of_the_release(paper, report):
    for document in (paper, report):
        found = [table for table in tables(document) if table.caption.endswith("damals und heute")]
        assert len(found) == 15
        for table in found:
            name = table.name
            then, now = (column.label.split()[-1].rstrip("*") for column in (table.columns[1], table.columns[3]))
            for row in table.groups[0].rows:
                label = row.cells[0].text
                code = Figure.objects.filter(area__name=name, area__level__slug="sozialraum").first().area.code
                here = values_of(label, level="sozialraum", code=code)
                city = values_of(label, level="stadt")
                old, old_city, new, new_city, apart, apart_now = (
                    c.number.value if c.number else None for c in row.cells[1:]
                )
                assert old == here[code, then].value and new == here[code, now].value
                assert old_city == next(f.value for (_c, period), f in city.items() if period == then)
                assert new_city == next(f.value for (_c, period), f in city.items() if period == now)
                assert apart in (None, here[code, then].city_difference)
                assert apart_now == here[code, now].city_difference


def test_changes_beside_the_city_are_differences_of_figures(paper):
    table = next(table for table in tables(paper) if table.caption.startswith("Veränderungen in den Aktionsräumen"))
    for place, column in enumerate(table.columns[1:], 1):
        name, periods = column.label.rsplit(", ", 1)
        earlier, later = periods.split(" bis ")
        here = values_of(name, level="sozialraum")
        for row in table.groups[0].rows[:-1]:
            number, code = row.cells[place].number, row.cells[0].note
            if number is not None:
                assert number.value == here[code, later].value - here[code, earlier].value
    assert len(table.groups[0].rows) == 14


def test_numbers_and_texts_of_cells_agree(paper, report):
    """What the eye reads and what a spreadsheet computes with are the same number."""
    for document in (paper, report):
        for table in tables(document):
            for row in (row for group in table.groups for row in group.rows):
                for cell in row.cells:
                    if cell.number is None or cell.number.sign:
                        continue
                    digits = "".join(c for c in cell.text.split("±")[-1] if c.isdigit() or c == ",")
                    unit_digits = "".join(c for c in cell.number.after if c.isdigit())
                    digits = digits.removesuffix(unit_digits) if unit_digits else digits
                    value = abs(cell.number.value).quantize(Decimal(1).scaleb(-cell.number.decimals), "ROUND_HALF_UP")
                    assert Decimal(digits.replace(",", ".") or "0") == value, (table.name, cell)
