"""The legend: classes in words, how many areas they hold, and the patterns for areas without a value."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.map_rows import Row, swatch_class
from indicators.statistics.classes import ClassLimits


@dataclass(frozen=True)
class LegendEntry:
    """One class or pattern: its colour field, its words, and the number of areas."""

    swatch: str
    text: str
    count: int


def class_entries(rows: Sequence[Row], limits: ClassLimits, *, decimals: int, is_change: bool) -> list[LegendEntry]:
    """The classes from the lowest to the highest."""
    counts = Counter(row.number_class for row in rows)
    texts = range_texts(limits, decimals=decimals, signed=is_change)
    return [
        LegendEntry(swatch_class(i, None, is_change=is_change, count=limits.count), text, counts[i])
        for i, text in enumerate(texts)
    ]


def pattern_entries(rows: Sequence[Row], *, is_change: bool) -> list[LegendEntry]:
    """Patterns that occur on the map: unknown, secret, joint."""
    without = [row for row in rows if row.number_class is None]
    secret = sum(1 for row in without if row.swatch == "is-suppressed")
    joint = sum(1 for row in rows if row.number_class is not None and row.figure.joint_with)
    entries = [
        LegendEntry("is-missing", missing_text(is_change=is_change), len(without) - secret),
        LegendEntry("is-suppressed", _("geheim zu halten"), secret),
        LegendEntry("is-joint", _("gemeinsamer Wert mehrerer Gebiete"), joint),
    ]
    return [entry for entry in entries if entry.count]


def missing_text(*, is_change: bool) -> str:
    """What hatching means: no value, or on a map of change none that could be compared."""
    return _("kein vergleichbarer Wert") if is_change else _("kein Wert bekannt")


def range_texts(limits: ClassLimits, *, decimals: int, signed: bool) -> list[str]:
    """The classes in words: "unter 8,1", "8,1 bis unter 12,6", "31,7 und mehr"."""
    write = numbers.format_signed if signed else numbers.format_number
    shown = [write(Decimal(repr(limit)), _places(limit, decimals), get_language()) for limit in limits.limits]
    if not shown:
        return [_("alle Werte")]
    inner = [
        pgettext("Klasse", "%(low)s bis unter %(high)s") % {"low": low, "high": high} for low, high in pairwise(shown)
    ]
    return [pgettext("Klasse", "unter %s") % shown[0], *inner, pgettext("Klasse", "%s und mehr") % shown[-1]]


def _places(limit: float, decimals: int) -> int:
    """As many decimals as the limit needs, at least those of the indicator (authors may choose finer limits)."""
    return max(decimals, -Decimal(repr(limit)).normalize().as_tuple().exponent)
