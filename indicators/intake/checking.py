"""Every entry of a file becomes a checked value or a finding; then all of them are checked together."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from .catalogue import COMPUTED, Catalogue, Measure, Place
from .checks.columns import Columns
from .checks.duplicates import check_duplicates
from .checks.gaps import check_gaps
from .checks.jumps import History, check_jumps
from .checks.ranges import check_ranges
from .checks.rates import check_rates
from .checks.statuses import StatusReader, judge
from .checks.sums import check_sums
from .checks.totals import KEPT, Total, check_totals, is_mean
from .checks.units import head_unit, unit_remark
from .collecting import Collected, Collection
from .entries import Entry
from .findings import ERROR, NOTE, WARNING, Finding
from .mapping import AREA_CODE, AREA_NAME, VALUE, Mapping, Table
from .matching import AreaMatcher, Remark
from .numbers import NumberReader, Reading
from .wording import IndicatorMatcher, YearReader

LARGEST = 10**14  # what the database holds
_STORED = Decimal("0.000001")  # what the database keeps of a number
_PARTNERS = re.compile(r"[\s+,;/&]+")
_NOTHING = Reading(None, "")


class Checked(NamedTuple):
    """A value that may be stored; keys of the database, numbers exact."""

    indicator: int
    area: int
    year: int
    value: Decimal | None
    status: str
    numerator: Decimal | None
    denominator: Decimal | None
    joint_with: str
    comment: str
    sheet: str
    row: int
    column: int


class Checker:
    """Takes entries one by one, hands what can be stored to `keep`, and tells at the end what was found."""

    def __init__(self, catalogue: Catalogue, mapping: Mapping, today: date, keep: Callable[[Checked], None]):
        self.catalogue, self.mapping, self.keep = catalogue, mapping, keep
        self.found = Collection()
        self.columns = Columns()
        self.taken = 0
        self._area = AreaMatcher(catalogue, mapping.area_words)
        self._indicator = IndicatorMatcher(catalogue.measures, mapping.indicator_words)
        self._year = YearReader(today, mapping.period_words)
        self._number = NumberReader(mapping.numbers)
        self._status = StatusReader(mapping.numbers.signs)
        self._level_words = mapping.level_words
        self._area_columns = {table.sheet: _area_column(table.columns) for table in mapping.read_tables}
        self._totals: list[Total] = []

    def notes(self, findings: Iterable[Finding]) -> None:
        """Findings of reading belong to the result too."""
        for finding in findings:
            self.found.add(finding)

    def take(self, entry: Entry) -> None:
        """One entry of the file."""
        self.taken += 1
        measure, remark = self._indicator(entry.indicator)
        if measure is None:
            self._tell(remark, entry)
            return
        if measure.is_index:
            text = _(
                "„%s“ ist ein Index und wird aus anderen Indikatoren berechnet; dafür werden keine Werte geliefert."
            )
            expected = _("die Werte der Indikatoren, die er zusammenfasst")
            self._tell(Remark(ERROR, "computed_indicator", text % measure.name, expected), entry)
            return
        if measure.aggregation == COMPUTED:
            text = _("„%s“ wird aus anderen Indikatoren berechnet; dafür werden keine Werte geliefert.") % measure.name
            expected = _("die Werte der Indikatoren, aus denen er berechnet wird")
            self._tell(Remark(ERROR, "computed_indicator", text, expected), entry)
            return
        year, remark = self._year(entry.period, measure.reference)
        if remark:
            self._tell(remark, entry)
            return
        level = self._level_words.get(entry.level, entry.level)
        place, remarks = self._area(level, entry.area_code, entry.area_name, year, entry.code_is_number)
        for remark in remarks:
            self._tell_area(remark, entry)
        if place is not None:
            self._take_number(entry, measure, place, year)

    def take_total(self, entry: Entry) -> None:
        """A row that the table calls a sum; what cannot be read of it is nobody's loss."""
        measure, _unknown = self._indicator(entry.indicator)
        name = entry.area_name or entry.area_code or _("Summe")
        if measure is None or len(self._totals) >= KEPT or is_mean(name):
            return
        year, remark = self._year(entry.period, measure.reference)
        if remark:
            return
        for kind in ("value", "numerator", "denominator"):
            cell = getattr(entry, kind)
            if cell is None or (kind == "value" and not measure.is_count):
                continue
            if (number := self._number(cell).value) is not None:
                at = entry.sheet, entry.row, entry.column
                self._totals.append(Total(measure, year, kind, float(number), name, *at))

    def take_title(self, table: Table, sheet: str, row: int, text: str) -> None:
        """A text above a table; its unit is only a warning, because titles speak of many things."""
        values = [column for column in table.columns if column.role == VALUE]
        unit = head_unit(text)
        if not unit or not values or any(column.indicator for column in values):
            return
        measure, _unknown = self._indicator(table.indicator or self.mapping.indicator)
        if measure and (remark := unit_remark(unit, measure, in_head=True)):
            self.found.add(Finding(*remark._replace(kind=WARNING), sheet, row, 1))

    def finish(self, history: History) -> list[Collected]:
        """The checks over all values; `history` reads earlier ones (see `checks.jumps`)."""
        if not self.taken:
            text = _("In der Tabelle steht kein einziger Wert.")
            self.found.add(Finding(ERROR, "no_values", text, _("mindestens ein Wert"), _("Prüfen Sie die Zuordnung.")))
        self._check_heads()
        if len(self.columns):
            self.columns.freeze()
            check_duplicates(self.columns, self.found)
            check_ranges(self.columns, self.found)
            check_rates(self.columns, self.found)
            check_gaps(self.columns, self.catalogue, self.found)
            check_sums(self.columns, self.catalogue, self.found)
            check_totals(self.columns, self._totals, self.found)
            check_jumps(self.columns, history, self.found)
        return self.found.result()

    def _take_number(self, entry: Entry, measure: Measure, place: Place, year: int) -> None:
        read = _NOTHING if entry.value is None else self._number(entry.value)
        above = _NOTHING if entry.numerator is None else self._number(entry.numerator)
        below = _NOTHING if entry.denominator is None else self._number(entry.denominator)
        if read.fault or above.fault or below.fault:
            fault = next(reading for reading in (read, above, below) if reading.fault)
            expected = _("eine Zahl oder ein Tabellenzeichen")
            self._tell(Remark(ERROR, "unreadable_number", fault.fault, expected, fault.advice), entry)
            return
        if read.note:
            self._tell(Remark(NOTE, "number_shortened", read.note), entry)
        unit = read.unit or (entry.unit if read.value is not None else "")
        if unit and (remark := unit_remark(unit, measure)):
            self._tell(remark, entry)
        value, status = read.value, read.status
        if value is None and above.value is not None and entry.value in (None, ""):
            value, status, remark = _rate(measure, above, below)
            if remark:
                self._tell(remark, entry)
                return
        elif entry.value is None:
            status = above.status or below.status
        told = entry.status and self._status_of(entry)
        joint = self._partners(entry, place) if entry.joint_with else ""
        if told is None or joint is None:
            return
        if told or joint or status not in _PLAIN:
            status, value, remark = judge(told, status, value, entry.value in (None, ""), joint)
            if remark:
                self._tell(remark, entry)
                return
        if below.value is not None and below.value < 0:
            self._tell(Remark(ERROR, "negative", _("Der Nenner ist negativ."), _("keine negative Zahl")), entry)
            return
        self._keep(entry, measure, place, year, value, status, above.value, below.value, joint)

    def _keep(self, entry, measure, place, year, value, status, above, below, joint) -> None:  # noqa: PLR0917
        sheet, row, column = entry.sheet, entry.row, entry.column
        self.columns.append(measure, place, year, value, above, below, sheet, row, column, status == "estimated")
        comment = entry.comment or ""
        self.keep(Checked(measure.pk, place.pk, year, value, status, above, below, joint, comment, sheet, row, column))

    def _status_of(self, entry: Entry) -> str | None:
        told = self._status(entry.status)
        if told:
            return told
        text = _("Der Status „%(word)s“ ist nicht bekannt.") % {"word": entry.status[:40]}
        self._tell(Remark(ERROR, "unknown_status", text, _("ein Tabellenzeichen oder ein Wort wie „geheim“")), entry)
        return None

    def _partners(self, entry: Entry, place: Place) -> str | None:
        """Codes of all areas that share the value, joined by "+"; None with a finding."""
        codes = [code for code in _PARTNERS.split(entry.joint_with.strip()) if code]
        known = self._area.codes_of(place.level)
        unknown = [code for code in codes if code not in known]
        if unknown or place.code not in codes or len(codes) < 2:
            text = _("Gemeinsam mit „%(codes)s“") % {"codes": entry.joint_with[:80]}
            expected = _("Schlüssel aller Gebiete der Ebene, auch %(own)s selbst, etwa 001+002") % {"own": place.code}
            self._tell(Remark(ERROR, "joint_partners", text, expected), entry)
            return None
        return "+".join(codes)

    def _check_heads(self) -> None:
        """Units in the heads of number columns."""
        for table in self.mapping.read_tables:
            for column in table.columns:
                if column.role != VALUE or not (unit := head_unit(column.title)):
                    continue
                word = column.indicator or table.indicator or self.mapping.indicator
                measure = self._indicator(word)[0] if word else None
                if measure and (remark := unit_remark(unit, measure, in_head=True)):
                    row = table.header_last or None
                    self.found.add(Finding(*remark, table.sheet, row, column.index))

    def _tell(self, remark: Remark, entry: Entry) -> None:
        if self.found.is_full(remark.kind, remark.code):
            self.found.count_more(remark.kind, remark.code)
        else:
            self.found.add(Finding(*remark, entry.sheet, entry.row, entry.column))

    def _tell_area(self, remark: Remark, entry: Entry) -> None:
        """Once per row, at the cell of the area."""
        if self.found.is_full(remark.kind, remark.code):
            self.found.count_more(remark.kind, remark.code)
            return
        column = self._area_columns.get(entry.sheet) or self._area_columns.get("")
        self.found.add_once(Finding(*remark, entry.sheet, entry.row, column))


_PLAIN = frozenset(["reported", "zero", "estimated", "missing", "suppressed", "suppressed_secondary", "not_yet"]) | {
    "not_applicable"
}


def _rate(measure: Measure, above: Reading, below: Reading) -> tuple[Decimal | None, str, Remark | None]:
    """The rate of numerator and denominator where only those were delivered; exact, rounded to what is stored."""
    if below.value is None or not below.value:
        if below.value == 0 and above.value == 0:
            return None, "not_applicable", None
        text = _("Es steht weder ein Wert noch ein Nenner, durch den sich teilen lässt.")
        return None, "", Remark(ERROR, "rate_incomplete", text, _("Zähler und Nenner"))
    rate = (above.value / below.value * measure.factor).quantize(_STORED)
    if abs(rate) >= LARGEST:
        text = _("Zähler durch Nenner ergibt eine zu große Zahl.")
        return None, "", Remark(ERROR, "rate_incomplete", text, _("höchstens 14 Stellen vor dem Komma"))
    if not above.value:
        return Decimal(0), above.status or "zero", None
    return rate, "estimated" if "estimated" in (above.status, below.status) else "reported", None


def _area_column(columns: Iterable) -> int | None:
    by_role = {column.role: column.index for column in columns}
    return by_role.get(AREA_CODE) or by_role.get(AREA_NAME)
