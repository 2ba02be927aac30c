"""The rows of an index page: score, class and what each indicator contributes, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.links import area_path
from atlas.selectors.indices import IndexView, contributions_of
from indicators.models import IndexResult
from indicators.statistics.composite import shares_of
from indicators.statuses import Status


@dataclass(frozen=True)
class Piece:
    """One contribution: its number for the colour, text, share, and place in the bar in per cent."""

    number: int
    label: str
    text: str
    share: str
    start: str
    width: str


@dataclass(frozen=True)
class IndexRow:
    """One area with a score."""

    code: str
    name: str
    url: str
    cell: str
    number_class: int
    class_label: str
    is_plan: bool
    pieces: Sequence[Piece]
    stability: str
    is_stable: bool
    changes: Sequence[str]


@dataclass(frozen=True)
class LeftRow:
    """One area without a score, and why."""

    name: str
    url: str
    is_plan: bool
    reason: str


@dataclass(frozen=True)
class ShownClass:
    """One class: number from 0, name, its scores in words, its areas."""

    number: int
    label: str
    limits: str
    rows: Sequence[IndexRow]


@dataclass(frozen=True)
class Bars:
    """The scale of all bars: from the largest sum of negative contributions to that of positive ones."""

    low: Decimal
    high: Decimal

    def place(self, value: Decimal) -> Decimal:
        """Where a sum of contributions lies, in per cent of the bar's length."""
        return (value - self.low) / (self.high - self.low) * 100

    @property
    def zero(self) -> str:
        """Where 0 lies."""
        return f"{self.place(Decimal(0)):.2f}%"


def bars_of(view: IndexView) -> Bars:
    """One scale for all areas, so that bars can be compared."""
    sums = [Decimal(0)]
    for result in view.results:
        parts = contributions_of(result)
        sums += [sum((p for p in parts if p < 0), Decimal(0)), sum((p for p in parts if p > 0), Decimal(0))]
    low, high = min(sums), max(sums)
    return Bars(low, high if high > low else low + 1)


def rows_of(view: IndexView, bars: Bars) -> list[IndexRow]:
    """Areas with a score, the least favourable first."""
    return [_row(view, result, bars) for result in view.results]


def left_rows(view: IndexView) -> list[LeftRow]:
    """Areas without a score."""
    return [LeftRow(r.area.name, _area_url(view, r), r.area.code in view.plan, reason_text(view, r)) for r in view.left]


def classes_of(view: IndexView, rows: Sequence[IndexRow]) -> list[ShownClass]:
    """Every class, the least favourable first, also those without areas."""
    limits = [Decimal(limit) for limit in view.statistics["limits"]]
    return [
        ShownClass(number, label, _limits(number, limits), [row for row in rows if row.number_class == number])
        for number, label in reversed(list(enumerate(view.class_labels)))
    ]


def reason_text(view: IndexView, result: IndexResult) -> str:
    """Why an area has no score, with the indicators that are to blame."""
    labels = {shown.component.key: shown.indicator.label for shown in view.components}
    about = ", ".join(labels.get(key, key) for key in result.about)
    if result.reason == IndexResult.Reason.EXCLUDED:
        return _exclusion(view, result)
    if result.reason == IndexResult.Reason.FEW:
        minimum = numbers.format_number(Decimal(view.definition["min_population"]), 0, get_language())
        return _("weniger als %s Einwohner") % minimum
    reason = result.get_reason_display()
    return f"{reason}: {about}" if about else str(reason)


def _exclusion(view: IndexView, result: IndexResult) -> str:
    for row in view.definition["exclusions"]:
        if (row["level"], row["code"]) == (view.level.slug, result.area.code):
            return row["reason_en"] if get_language() == "en" and row["reason_en"] else row["reason"]
    return str(result.get_reason_display())


def _row(view: IndexView, result: IndexResult, bars: Bars) -> IndexRow:
    changes = [_change(view, change) for change in result.changes]
    return IndexRow(
        code=result.area.code,
        name=result.area.name,
        url=_area_url(view, result),
        cell=_cell(view, result),
        number_class=result.number_class,
        class_label=view.class_labels[result.number_class],
        is_plan=result.area.code in view.plan,
        pieces=_pieces(view, contributions_of(result), bars),
        stability=_stability(len(changes), result.variants),
        is_stable=not changes,
        changes=changes,
    )


def _cell(view: IndexView, result: IndexResult) -> str:
    """The score with the official signs: in brackets where it is an estimate, with a J where it holds for several."""
    text, status = score_text(view, result.score), view.statuses[result.area_id]
    if status == Status.ESTIMATED:
        return f"({text})"
    return f"{text}{numbers.JOINT}" if status == Status.JOINT else text


def _area_url(view: IndexView, result: IndexResult) -> str:
    return area_path(view.level.slug, result.area.code, stand=view.stand.asked)


def score_text(view: IndexView, score: Decimal) -> str:
    """A score as published, with its sign."""
    return numbers.format_signed(score, view.rules.decimals, get_language())


def _pieces(view: IndexView, parts: Sequence[Decimal], bars: Bars) -> list[Piece]:
    """Negative contributions to the left of zero, positive to the right, each beside the one before."""
    left = right = Decimal(0)
    found = []
    for shown, part, share in zip(view.components, parts, shares_of(parts), strict=True):
        begin = left + part if part < 0 else right
        end = begin + abs(part)
        left, right = (begin, right) if part < 0 else (left, end)
        percent = numbers.with_unit(numbers.format_number(share * 100, 0, get_language()), "%")
        found.append(
            Piece(
                number=shown.number,
                label=shown.indicator.label,
                text=score_text(view, part),
                share=percent,
                start=f"{bars.place(begin):.2f}%",
                width=f"{bars.place(end) - bars.place(begin):.2f}%",
            )
        )
    return found


def _stability(changed: int, of: int) -> str:
    if not changed:
        return _("bleibt in allen Varianten")
    return _("wechselt in %(count)s von %(of)s") % {"count": changed, "of": of}


def _change(view: IndexView, change: Sequence) -> str:
    """One variant in which the class is another one."""
    kind, key, number = change
    label = next((s.indicator.label for s in view.components if s.component.key == key), key)
    texts = {
        "without": _("ohne %(name)s: %(label)s"),
        "less": _("%(name)s mit einem Viertel weniger Gewicht: %(label)s"),
        "more": _("%(name)s mit einem Viertel mehr Gewicht: %(label)s"),
    }
    return texts[kind] % {"name": label, "label": view.class_labels[number]}


def _limits(number: int, limits: Sequence[Decimal]) -> str:
    def text(limit: Decimal) -> str:
        plain = limit.quantize(Decimal("0.01"))
        return numbers.format_number(plain, 1 if plain == plain.quantize(Decimal("0.1")) else 2, get_language())

    if not limits:
        return _("alle Indexwerte")
    if number == 0:
        return _("unter %s") % text(limits[0])
    if number == len(limits):
        return _("%s und mehr") % text(limits[-1])
    return _("%(low)s bis unter %(high)s") % {"low": text(limits[number - 1]), "high": text(limits[number])}


def stability_sentence(rows: Sequence[IndexRow]) -> str:
    """How many areas keep their class whatever is tried."""
    stable = sum(row.is_stable for row in rows)
    return ngettext(
        "%(stable)s von %(count)s Gebiet bleibt in allen Varianten in seiner Klasse.",
        "%(stable)s von %(count)s Gebieten bleiben in allen Varianten in ihrer Klasse.",
        len(rows),
    ) % {"stable": stable, "count": len(rows)}
