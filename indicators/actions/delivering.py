"""Checking the values of a city's folder: every row becomes an unsaved value or a finding."""

from decimal import Decimal
from pathlib import Path

from areas.actions.findings import Findings
from areas.citytables import CityFilesError
from areas.models import Area, Source
from indicators.cityfiles import ValueRow, read_values
from indicators.intake.checks.ranges import bounds_of, impossible
from indicators.models import CompositeIndex, Indicator, Period, Value
from indicators.statuses import WITH_VALUE, Status

from .naming_periods import period_called

LARGEST = 10**14
_STORED = Decimal("0.000001")  # what the database keeps of a number


def read_delivered(*, folder: Path, findings: Findings) -> list[Value]:
    """All values of the folder, not saved and without a release."""
    rows, wrong = read_values(folder)
    findings.messages += wrong
    book = _Book()
    seen: dict[tuple, str] = {}
    values = []
    for row in rows:
        key = (row.indicator, row.level, row.area, row.period)
        if key in seen:
            findings.add(f"{row.origin}: Dieser Wert steht schon in {seen[key]}.")
            continue
        seen[key] = row.origin
        try:
            if value := book.value(row, findings):
                values.append(value)
        except CityFilesError as error:
            findings.messages += error.findings
    return values


class _Book:
    """What rows can name, looked up once."""

    def __init__(self):
        self.indicators = {i.slug: i for i in Indicator.objects.all()}
        self.indices = set(CompositeIndex.objects.values_list("pk", flat=True))
        self.sources = {s.slug: s for s in Source.objects.all()}
        self.areas = {(a.level.slug, a.code): a for a in Area.objects.in_force().select_related("level")}
        self.periods: dict[str, Period] = {}

    def value(self, row: ValueRow, findings: Findings) -> Value | None:
        """The row as a value; None with findings, or `CityFilesError`, when it cannot be one."""
        place = f"{row.level} {row.area}"
        found = [
            self.indicators.get(row.indicator)
            or _unknown(f"Der Indikator „{row.indicator}“", "indicators", row, findings),
            self.areas.get((row.level, row.area)) or _unknown(f"Das Gebiet „{place}“", "areas", row, findings),
            self.sources.get(row.source) or _unknown(f"Die Quelle „{row.source}“", "sources", row, findings),
        ]
        if row.period not in self.periods:
            self.periods[row.period] = period_called(row.period, row.origin)
        if None in found:
            return None
        indicator, area, source = found
        if indicator.is_computed or indicator.pk in self.indices:
            raise CityFilesError(
                f"{row.origin}: „{indicator.name}“ wird aus anderen Indikatoren berechnet; dafür werden keine Werte "
                "geliefert."
            )
        self._check_partners(row, findings)
        rate = _rate(row, indicator)
        _check_range(row, indicator, rate)
        return Value(
            indicator=indicator,
            area=area,
            period=self.periods[row.period],
            value=stored(rate),
            status=row.status,
            numerator=stored(row.numerator),
            denominator=stored(row.denominator),
            joint_with=row.joint_with,
            source=source,
            origin=_short(row.origin),
        )

    def _check_partners(self, row: ValueRow, findings: Findings) -> None:
        for code in row.partners:
            if (row.level, code) not in self.areas:
                text = f"{row.origin}, Spalte gemeinsam_mit: Das Gebiet „{row.level} {code}“ ist nicht bekannt."
                findings.add(text, because_of="areas")
        if row.partners and row.area not in row.partners:
            findings.add(f"{row.origin}, Spalte gemeinsam_mit: Das eigene Gebiet {row.area} fehlt.")


def _unknown(what: str, kind: str, row: ValueRow, findings: Findings) -> None:
    findings.add(f"{row.origin}: {what} ist nicht bekannt.", because_of=kind)


def stored(number: Decimal | None) -> Decimal | None:
    """A number as it comes back from the database."""
    return None if number is None else number.quantize(_STORED)


def _short(origin: str) -> str:
    """File and row without the folder."""
    return origin.rsplit("/", 1)[-1]


def _rate(row: ValueRow, indicator: Indicator) -> Decimal | None:
    """The delivered value, or the rate from numerator and denominator where only those were delivered."""
    if row.value is not None or row.status not in WITH_VALUE:
        return row.value
    if row.numerator is None or not row.denominator:
        raise CityFilesError(f"{row.origin}: Es steht weder ein Wert noch Zähler und Nenner (Status {row.status}).")
    if row.status == Status.ZERO and row.numerator != 0:
        raise CityFilesError(f"{row.origin}: Status „genau null“, aber der Zähler ist {row.numerator}.")
    rate = row.numerator / row.denominator * indicator.factor
    if abs(rate) >= LARGEST:
        raise CityFilesError(f"{row.origin}: Zähler durch Nenner ergibt eine zu große Zahl.")
    return rate


def _check_range(row: ValueRow, indicator: Indicator, rate: Decimal | None) -> None:
    """Refuse what a share, a rate or a count cannot be: the same rule that uploads are checked by."""
    bounds = bounds_of(indicator.name, indicator.unit, indicator.unit_long, indicator.is_count)
    if text := impossible(bounds, indicator.name, rate, row.numerator):
        raise CityFilesError(f"{row.origin}: {text}")
