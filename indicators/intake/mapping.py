"""What the planner decides once about a kind of spreadsheet: where the table is and what its columns mean."""

import json
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import get_args, get_type_hints

from django.utils.translation import gettext as _

from .findings import Refusal, refuse
from .numbers import NumberRules
from .signs import STATUSES

FORMAT = 1  # version of the written form

LONG, WIDE_BY_INDICATOR, WIDE_BY_YEAR = "long", "wide_by_indicator", "wide_by_year"
SHEET_PER_INDICATOR, SHEET_PER_YEAR = "sheet_per_indicator", "sheet_per_year"
LAYOUTS = (LONG, WIDE_BY_INDICATOR, WIDE_BY_YEAR, SHEET_PER_INDICATOR, SHEET_PER_YEAR)

AREA_CODE, AREA_NAME, AREA_LEVEL, INDICATOR, PERIOD = "area_code", "area_name", "area_level", "indicator", "period"
AREA_BOTH = "area_both"  # code and name in one cell, such as "011 City"
VALUE, NUMERATOR, DENOMINATOR, STATUS = "value", "numerator", "denominator", "status"
COMMENT, JOINT_WITH, UNIT, IGNORE = "comment", "joint_with", "unit", "ignore"
ROLES = (
    AREA_CODE,
    AREA_NAME,
    AREA_BOTH,
    AREA_LEVEL,
    INDICATOR,
    PERIOD,
    VALUE,
    NUMERATOR,
    DENOMINATOR,
    STATUS,
    COMMENT,
    JOINT_WITH,
    UNIT,
    IGNORE,
)
TOTAL_WORDS = ("summe", "gesamt", "insgesamt", "total", "zusammen", "gesamtstadt", "gesamtergebnis", "mittelwert")
NUMBERS = (VALUE, NUMERATOR, DENOMINATOR)


@dataclass(frozen=True)
class Column:
    """What one column means. Number columns may say which indicator and period they are about."""

    index: int  # from 1
    role: str = IGNORE
    title: str = ""  # as it stood in the file, to find the column again next year
    indicator: str = ""  # slug; for NUMBERS when the rows do not say it
    period: str = ""  # code; for NUMBERS when the rows do not say it


@dataclass(frozen=True)
class Table:
    """Where the table of one sheet lies and what it is about."""

    columns: tuple[Column, ...] = ()
    sheet: str = ""  # "" is the first visible sheet
    header_first: int = 1  # header rows from … to; both 0 when there is none
    header_last: int = 1
    first_row: int = 2
    last_row: int | None = None  # None: until the table ends
    level: str = ""  # slug; overrides that of the mapping
    indicator: str = ""
    period: str = ""
    is_read: bool = True  # a sheet that the planner leaves out keeps its place, so that she can take it in again


@dataclass(frozen=True)
class Mapping:
    """Everything needed to turn a book into entries. `entries.read_entries` is the only reader of it."""

    layout: str = LONG
    tables: tuple[Table, ...] = ()
    level: str = ""  # slug of the level of all areas, "" when the rows say it
    indicator: str = ""  # slug, when the file is about one
    period: str = ""  # code, when the file is about one
    source: str = ""  # slug of the source
    numbers: NumberRules = field(default_factory=NumberRules)
    level_words: dict[str, str] = field(default_factory=dict)  # word in the file -> slug
    area_words: dict[str, str] = field(default_factory=dict)  # code or name in the file -> "level:code"
    indicator_words: dict[str, str] = field(default_factory=dict)
    period_words: dict[str, str] = field(default_factory=dict)  # word in the file -> code
    fill_down: bool = False  # an empty area, indicator or period repeats the one above
    skip_totals: bool = True  # rows named by one of `total_words` that have no area code
    total_words: tuple[str, ...] = TOTAL_WORDS

    @property
    def read_tables(self) -> tuple[Table, ...]:
        """The tables whose figures are wanted."""
        return tuple(table for table in self.tables if table.is_read)

    def to_json(self) -> dict:
        """As plain data for a JSON field."""
        return {"format": FORMAT, **json.loads(json.dumps(asdict(self)))}

    @classmethod
    def from_json(cls, data: object) -> "Mapping":
        """The mapping written by `to_json`. Raises `Refusal` with the place of the mistake."""
        if isinstance(data, str | bytes):
            data = _parsed(data)
        if not isinstance(data, dict):
            raise _broken(_("kein Objekt"))
        if data.get("format") != FORMAT:
            raise refuse(
                "mapping_version",
                _("Die Vorlage hat die Fassung »%(found)s«.") % {"found": data.get("format")},
                _("Fassung %(expected)s; legen Sie die Vorlage neu an") % {"expected": FORMAT},
            )
        mapping = _built(cls, {k: v for k, v in data.items() if k != "format"}, "")
        _check_words(mapping)
        return mapping


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise _broken(str(error)) from error


def _broken(where: str) -> Refusal:
    return refuse(
        "mapping_broken",
        _("Die Vorlage ist beschädigt: %(where)s.") % {"where": where},
        _("eine Vorlage, wie das Portal sie speichert"),
        _("Legen Sie die Vorlage neu an."),
    )


def _built(kind: type, data: object, path: str) -> object:
    """`data` as the dataclass `kind`, every field checked."""
    if not isinstance(data, dict):
        raise _broken(_("%(path)s ist kein Objekt") % {"path": path or _("die Vorlage")})
    hints = get_type_hints(kind)
    unknown = sorted(set(data) - {f.name for f in fields(kind)})
    if unknown:
        raise _broken(_("unbekannte Angabe »%(name)s«") % {"name": f"{path}{unknown[0]}"})
    try:
        return kind(**{name: _value(hints[name], value, f"{path}{name}") for name, value in data.items()})
    except (TypeError, ValueError) as error:
        raise _broken(f"{path}{error}") from error


def _value(hint: type, value: object, path: str) -> object:
    parts = get_args(hint)
    if is_dataclass(hint):
        return _built(hint, value, f"{path}.")
    if getattr(hint, "__origin__", None) is tuple:
        if not isinstance(value, list | tuple):
            raise _broken(_("%(path)s ist keine Liste") % {"path": path})
        return tuple(_value(parts[0], v, f"{path}[{i}]") for i, v in enumerate(value))
    if getattr(hint, "__origin__", None) is dict:
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise _broken(_("%(path)s ist keine Liste von Wörtern") % {"path": path})
        return dict(value)
    wanted = parts or (hint,)
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise _broken(_("%(path)s hat den Wert %(value)r") % {"path": path, "value": value})
    return value


def _check_words(mapping: Mapping) -> None:
    for sign, status in mapping.numbers.signs.items():
        if status not in STATUSES:
            raise _broken(_("Zeichen »%(sign)s« mit der Deutung »%(name)s«") % {"sign": sign, "name": status})
    rules = mapping.numbers
    if rules.decimal not in ("", ",", ".") or rules.zero not in ("zero", "reported"):
        raise _broken(_("Schreibweise der Zahlen"))
    if rules.brackets not in ("estimated", "negative", "refuse") or rules.round_to not in (None, *range(7)):
        raise _broken(_("Schreibweise der Zahlen"))
    if mapping.layout not in LAYOUTS:
        raise _broken(_("unbekannte Anordnung »%(name)s«") % {"name": mapping.layout})
    for number, table in enumerate(mapping.tables):
        for column in table.columns:
            if column.role not in ROLES:
                raise _broken(_("unbekannte Rolle »%(name)s«") % {"name": column.role})
            if column.index < 1:
                raise _broken(_("Spalte %(index)s in tables[%(number)s]") % {"index": column.index, "number": number})
