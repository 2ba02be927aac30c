"""The mapping of a spreadsheet as a form: what the planner sees, and what she sends back.

The form holds no state of its own: it is drawn from a `Mapping` and read back into one. Names of fields are
`t<table>-c<column>-role` and so on; everything the form does not show stays as it was.
"""

from collections.abc import Mapping as Words
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.intake import mapping as parts
from indicators.intake.findings import column_letters
from indicators.intake.grid import Book
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.numbers import DEFAULT_SIGNS, NumberRules
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
_LONGEST_HEAD = 60  # columns of a table that the form offers; wider tables keep the proposal for the rest


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


def table_fields(book: Book, mapping: Mapping, *, skipped: Words[tuple[str, int], str], rows: int) -> list[TableField]:
    """The tables of a mapping with the first `rows` rows of their sheets; tables of missing sheets are left out."""
    fields = []
    for number, table in enumerate(mapping.tables):
        sheet = book.sheet(table.sheet)
        if sheet is None:
            continue
        known = {column.index: column for column in table.columns}
        width = min(max(sheet.column_count, *known, 1), _LONGEST_HEAD)
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


def read_mapping(posted: Words[str, str], base: Mapping) -> Mapping:
    """The mapping that the planner sent, over the one that she saw. Raises `Refusal` for impossible entries."""
    tables = [
        _read_table(posted, number, table)
        for number, table in enumerate(base.tables)
        if posted.get(f"t{number}-used", "1") == "1"
    ]
    read = replace(
        base,
        layout=posted.get("layout", base.layout),
        tables=tuple(tables),
        level=posted.get("level", base.level),
        indicator=posted.get("indicator", base.indicator),
        period=posted.get("period", base.period).strip(),
        numbers=_read_numbers(posted, base.numbers),
        level_words=base.level_words | _read_words(posted, "level_word"),
        area_words=base.area_words | _read_words(posted, "area_word"),
        indicator_words=base.indicator_words | _read_words(posted, "indicator_word"),
        period_words=base.period_words | _read_words(posted, "period_word"),
        fill_down=_read_flag(posted, "fill_down", base.fill_down),
        skip_totals=_read_flag(posted, "skip_totals", base.skip_totals),
    )
    return Mapping.from_json(read.to_json())


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


def _read_table(posted: Words[str, str], number: int, table: Table) -> Table:
    name = f"t{number}"
    columns = {column.index: column for column in table.columns}
    for index in range(1, _LONGEST_HEAD + 1):
        role = posted.get(f"{name}-c{index}-role")
        if role is not None:
            columns[index] = replace(
                columns.get(index, Column(index)),
                role=role,
                indicator=posted.get(f"{name}-c{index}-indicator", ""),
                period=posted.get(f"{name}-c{index}-period", "").strip(),
            )
    return replace(
        table,
        columns=tuple(columns[index] for index in sorted(columns)),
        header_first=_number(posted, f"{name}-header_first", table.header_first) or 0,
        header_last=_number(posted, f"{name}-header_last", table.header_last) or 0,
        first_row=_number(posted, f"{name}-first_row", table.first_row) or 1,
        last_row=_number(posted, f"{name}-last_row", table.last_row),
        level=posted.get(f"{name}-level", table.level),
        indicator=posted.get(f"{name}-indicator", table.indicator),
        period=posted.get(f"{name}-period", table.period).strip(),
    )


def _read_numbers(posted: Words[str, str], rules: NumberRules) -> NumberRules:
    signs = dict(rules.signs)
    for sign in {**DEFAULT_SIGNS, **rules.signs}:
        signs[sign] = posted.get(f"sign-{sign}", signs.get(sign, DEFAULT_SIGNS.get(sign, "missing")))
    return replace(
        rules,
        decimal=posted.get("decimal", rules.decimal),
        signs=signs,
        zero=posted.get("zero", rules.zero),
        brackets=posted.get("brackets", rules.brackets),
    )


def _read_words(posted: Words[str, str], prefix: str) -> dict[str, str]:
    """Answers to questions such as "Which indicator is meant by »SGB II«?": pairs of hidden word and chosen slug."""
    found = {}
    number = 0
    while (word := posted.get(f"{prefix}-{number}-word")) is not None:
        if meant := posted.get(f"{prefix}-{number}-meant", ""):
            found[word] = meant
        number += 1
    return found


def _read_flag(posted: Words[str, str], name: str, usual: bool) -> bool:
    """A check box: unticked boxes are not sent, so a hidden field tells that the box was there."""
    return name in posted if f"{name}-shown" in posted else usual


def _number(posted: Words[str, str], name: str, usual: int | None) -> int | None:
    text = posted.get(name)
    if text is None:
        return usual
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() else None
