"""The mapping of a spreadsheet as a form: what the planner sees. `mapping_post` reads what she sends back.

The form holds no state of its own: it is drawn from a `Mapping` and read back into one. Names of fields are
`t<table>-c<column>-role` and so on; everything the form does not show stays as it was. A table keeps its number also
when it is not read, and sends the name of its sheet along, so that no field can come to stand for another table.
"""

from collections.abc import Mapping as Words
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.intake import mapping as parts
from indicators.intake.findings import column_letters
from indicators.intake.grid import Book
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.numbers import MAX_DECIMALS
from indicators.statuses import WITH_VALUE, Status

ROLE_LABELS = {
    parts.IGNORE: gettext_lazy("nicht lesen"),
    parts.AREA_CODE: gettext_lazy("Gebiet: Schlüssel"),
    parts.AREA_NAME: gettext_lazy("Gebiet: Name"),
    parts.AREA_BOTH: gettext_lazy("Gebiet: Schlüssel und Name"),
    parts.AREA_LEVEL: gettext_lazy("Gebiet: Ebene"),
    parts.INDICATOR: gettext_lazy("Indikator"),
    parts.PERIOD: gettext_lazy("Jahr"),
    parts.VALUE: gettext_lazy("Wert"),
    parts.NUMERATOR: gettext_lazy("Zähler"),
    parts.DENOMINATOR: gettext_lazy("Nenner"),
    parts.STATUS: gettext_lazy("Zeichen oder Status"),
    parts.COMMENT: gettext_lazy("Bemerkung"),
    parts.JOINT_WITH: gettext_lazy("gemeinsam mit"),
    parts.UNIT: gettext_lazy("Einheit"),
}
LAYOUT_LABELS = {
    parts.LONG: gettext_lazy("lang: jede Zeile ein Wert"),
    parts.WIDE_BY_INDICATOR: gettext_lazy("breit: je Spalte ein Indikator"),
    parts.WIDE_BY_YEAR: gettext_lazy("breit: je Spalte ein Jahr"),
    parts.SHEET_PER_INDICATOR: gettext_lazy("je Blatt ein Indikator"),
    parts.SHEET_PER_YEAR: gettext_lazy("je Blatt ein Jahr"),
}
DECIMALS = {
    "": gettext_lazy("aus der Datei erkennen"),
    ",": gettext_lazy("Komma: 1.234,5"),
    ".": gettext_lazy("Punkt: 1,234.5"),
}
ZEROS = {"zero": gettext_lazy("genau nichts (–)"), "reported": gettext_lazy("weniger als die halbe Einheit (0)")}
BRACKETS = {
    "estimated": gettext_lazy("geschätzt oder eingeschränkt aussagekräftig"),
    "negative": gettext_lazy("negative Zahl, wie in der Buchhaltung"),
    "refuse": gettext_lazy("Fehler melden"),
}
SIGN_NAMES = {"": gettext_lazy("leere Zelle")}
USED = {"1": gettext_lazy("lesen"), "0": gettext_lazy("nicht lesen")}
MOST_COLUMNS = 60  # columns of a table that the form offers; wider tables keep the proposal for the rest


@dataclass(frozen=True)
class ColumnField:
    """One column with its select boxes; `is_number` columns may name an indicator and a year."""

    name: str
    letters: str
    title: str
    role: str
    indicator: str
    period: str

    @property
    def is_number(self) -> bool:
        """Whether figures stand in this column."""
        return self.role in parts.NUMBERS


@dataclass(frozen=True)
class ShownRow:
    """One row of the preview: its number, its cells as text, and what it was taken for ("head", "skipped", "")."""

    number: int
    cells: list[str]
    kind: str


@dataclass(frozen=True)
class TableField:
    """One sheet of the file with everything that can be said about it."""

    name: str
    table: Table
    sheet: str
    columns: list[ColumnField]
    rows: list[ShownRow]

    @property
    def used(self) -> str:
        """The chosen one of `USED`."""
        return "1" if self.table.is_read else "0"


def rounding_choices() -> list[tuple[str, str]]:
    """What to do with numbers that have more decimals than the portal keeps."""
    words = {0: _("auf ganze Zahlen runden"), 1: _("auf 1 Nachkommastelle runden")}
    more = _("auf %(n)s Nachkommastellen runden")
    return [("", _("Fehler melden")), *((str(n), words.get(n) or more % {"n": n}) for n in range(MAX_DECIMALS + 1))]


def table_fields(book: Book, mapping: Mapping, *, skipped: Words[tuple[str, int], str], rows: int) -> list[TableField]:
    """The tables of a mapping with the first `rows` rows of their sheets; tables of missing sheets are left out."""
    fields = []
    for number, table in enumerate(mapping.tables):
        sheet = book.sheet(table.sheet)
        if sheet is None:
            continue
        known = {column.index: column for column in table.columns}
        width = min(max(sheet.column_count, *known, 1), MOST_COLUMNS)
        columns = [_column_field(number, known.get(i, Column(i))) for i in range(1, width + 1)]
        fields.append(
            TableField(
                name=f"t{number}",
                table=table,
                sheet=sheet.name,
                columns=columns,
                rows=[_shown(table, n, cells, width, skipped.get((sheet.name, n))) for n, cells in sheet.head(rows)],
            )
        )
    return fields


def sign_choices() -> list[tuple[str, str]]:
    """What a sign in a cell can mean."""
    return [(status.value, status.label) for status in Status if status not in WITH_VALUE or status == Status.ZERO]


def sign_name(sign: str) -> str:
    """How a sign is called on the page."""
    return str(SIGN_NAMES.get(sign, f"„{sign}“"))


def _column_field(number: int, column: Column) -> ColumnField:
    name = f"t{number}-c{column.index}"
    return ColumnField(name, column_letters(column.index), column.title, column.role, column.indicator, column.period)


def _shown(table: Table, number: int, cells: list, width: int, reason: str | None) -> ShownRow:
    texts = [_text(cell) for cell in cells[:width]]
    texts += [""] * (width - len(texts))
    is_head = table.header_first <= number <= table.header_last
    is_outside = number < table.first_row or (table.last_row is not None and number > table.last_row)
    return ShownRow(number, texts, "head" if is_head else "skipped" if is_outside or reason else "")


def _text(cell: object) -> str:
    """A cell as the planner sees it in her own program."""
    if isinstance(cell, bool):
        return _("WAHR") if cell else _("FALSCH")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, int | float):
        return f"{cell:.12g}".replace(".", ",")
    return str(cell)
