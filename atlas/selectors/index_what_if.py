"""The index with other weights, computed for one answer and stored nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from atlas.asked import AskedWrongly
from atlas.index_rows import score_text
from atlas.links import area_path
from atlas.selectors.indices import IndexView, comparable_of
from indicators.statistics.composite import NoWeight, combined_index

MOST_WEIGHTS = 30
LARGEST = Decimal(100)


@dataclass(frozen=True)
class AskedWeight:
    """One weight: its field's name (`g1` …), what is written in it, and the number."""

    name: str
    label: str
    usual: str
    text: str
    value: Decimal


@dataclass(frozen=True)
class WhatIfRow:
    """One area with the published class and the one with the weights asked for."""

    code: str
    name: str
    url: str
    is_plan: bool
    published_class: int
    published_label: str
    cell: str
    number_class: int
    label: str

    @property
    def moves(self) -> bool:
        """Whether the class is another one."""
        return self.number_class != self.published_class


def weight_names() -> list[str]:
    """Names of the parameters of all weights."""
    return [f"g{number}" for number in range(1, MOST_WEIGHTS + 1)]


def asked_weights(view: IndexView, query: Mapping[str, str]) -> tuple[list[AskedWeight], list[AskedWrongly]]:
    """The weights that an address asks for, the index's own where it names none, and what could not be read."""
    found, wrong = [], []
    for shown in view.components:
        name, usual = f"g{shown.number}", _plain(shown.component.weight)
        text = query.get(name, "").strip()
        value = shown.component.weight
        try:
            value = _number(name, text) if text else value
        except AskedWrongly as error:
            wrong.append(error)
            text = ""
        found.append(AskedWeight(name, shown.indicator.label, usual, text or usual, value))
    return found, wrong


def what_if(view: IndexView, weights: Sequence[AskedWeight]) -> list[WhatIfRow]:
    """Every area with a score, by the new score. Raises `NoWeight` when all weights are zero."""
    comparable = {result.area.code: comparable_of(result) for result in view.results}
    scores = combined_index(comparable, [weight.value for weight in weights], view.rules)
    rows = [
        WhatIfRow(
            code=result.area.code,
            name=result.area.name,
            url=area_path(view.level.slug, result.area.code, stand=view.stand.asked),
            is_plan=result.area.code in view.plan,
            published_class=result.number_class,
            published_label=view.class_labels[result.number_class],
            cell=score_text(view, scores[result.area.code].score),
            number_class=scores[result.area.code].number_class,
            label=view.class_labels[scores[result.area.code].number_class],
        )
        for result in view.results
    ]
    return sorted(rows, key=lambda row: (-scores[row.code].score, row.code))


def script_numbers(view: IndexView) -> dict:
    """What a script needs to compute the same: values made comparable, rule, classes as published."""
    return {
        "areas": [r.area.code for r in view.results],
        "published": [r.number_class for r in view.results],
        "comparable": [[float(z) for z in comparable_of(r)] for r in view.results],
        "usual": [float(s.component.weight) for s in view.components],
        "combining": view.rules.combining,
        "again": view.rules.again,
        "decimals": view.rules.decimals,
        "limits": [float(limit) for limit in view.rules.classes.limits],
        "own": view.rules.classes.own,
    }


def _plain(weight: Decimal) -> str:
    return f"{weight.normalize():f}"


def _number(name: str, text: str) -> Decimal:
    expected = [_("eine Zahl von 0 bis 100")]
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise AskedWrongly(name, text, expected) from error
    if not value.is_finite() or not 0 <= value <= LARGEST or value.as_tuple().exponent < -6:
        raise AskedWrongly(name, text, expected)
    return value


__all__ = ["AskedWeight", "NoWeight", "WhatIfRow", "asked_weights", "script_numbers", "weight_names", "what_if"]
