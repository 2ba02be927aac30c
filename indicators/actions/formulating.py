"""Saving formulas: how indicators are computed from others. Circles and nonsense are refused before storing."""

from collections.abc import Mapping
from graphlib import CycleError

from django.db import transaction
from django.utils.translation import gettext as _

from indicators.dependencies import computed_from, in_order
from indicators.formulas import Written, faults
from indicators.models import CompositeIndex, Formula, FormulaTerm, Indicator, Period
from indicators.statistics.formulas import Kind

_COUNTS_ONLY = frozenset({Kind.SHARE, Kind.PER_1000, Kind.DENSITY})


class FormulaRefused(Exception):
    """A formula that cannot be; `faults` are keys and German sentences."""

    def __init__(self, found: list[tuple[str, str]]):
        super().__init__(" ".join(text for _key, text in found))
        self.faults = found


@transaction.atomic
def save_formula(*, indicator: Indicator, written: Written) -> Formula:
    """Store how a computed indicator is computed; what stays the same is not written again.

    Raises `FormulaRefused` for everything that `formula_faults` finds, and for a circle.
    """
    return save_formulas(formulas={indicator: written})[0]


@transaction.atomic
def save_formulas(*, formulas: Mapping[Indicator, Written]) -> list[Formula]:
    """The same for several at once, which may use each other; circles are looked for in what comes out of it."""
    for indicator, written in formulas.items():
        if found := formula_faults(indicator, written):
            raise FormulaRefused(found)
    wanted = {indicator: _inputs(written) for indicator, written in formulas.items()}
    if found := circle(wanted):
        raise FormulaRefused(found)
    for indicator, terms in wanted.items():  # old uses go first: on the way from one state to the other is no circle
        gone = FormulaTerm.objects.filter(formula__indicator=indicator)
        for role, inputs in terms.items():
            gone = gone.exclude(role=role, input__in=inputs)
        gone.delete()
    return [_store(indicator, written, wanted[indicator]) for indicator, written in formulas.items()]


def delete_formula(*, indicator: Indicator) -> None:
    """The indicator is no longer computed from others."""
    Formula.objects.filter(indicator=indicator).delete()


def formula_faults(indicator: Indicator, written: Written) -> list[tuple[str, str]]:
    """Key and German sentence for everything that is wrong with a formula, circles apart."""
    found = faults(written, factor=indicator.factor)
    known = {i.slug: i for i in Indicator.objects.filter(slug__in=[*written.of, *written.by])}
    for key, slugs in (("of", written.of), ("by", written.by)):
        text = _("Den Indikator „%s“ gibt es nicht.")
        found += [(key, text % slug) for slug in slugs if slug not in known]
    found += _about_indices(indicator, written)
    if written.base_period and not Period.objects.filter(code=written.base_period).exists():
        found.append(("base_period", _("Den Zeitraum „%s“ gibt es nicht.") % written.base_period))
    return found or _wrong_units(written, known)


def _about_indices(indicator: Indicator, written: Written) -> list[tuple[str, str]]:
    """An index is computed by its own rule, after every formula: it neither has one nor is used in one."""
    indices = {i.indicator.slug: i.indicator.name for i in CompositeIndex.objects.select_related("indicator")}
    found = []
    if indicator.pk and indicator.slug in indices:
        found.append(
            ("kind", _("„%s“ ist ein Index; er hat eine eigene Rechenregel und keine Formel.") % indicator.name)
        )
    for key, slugs in (("of", written.of), ("by", written.by)):
        found += [(key, index_in_formula(indices[slug])) for slug in slugs if slug in indices]
    return found


def index_in_formula(name: str) -> str:
    """Why no formula is made of an index."""
    return _("„%s“ ist ein Index; eine Formel rechnet nur mit Indikatoren, die kein Index sind.") % name


def _wrong_units(written: Written, known: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """Shares are of counts, and only what has one unit is added or subtracted."""
    used = [known[slug] for slug in (*written.of, *written.by)]
    if written.kind in _COUNTS_ONLY:
        text = _("„%s“ ist keine Anzahl; Anteile, Raten und Dichten werden aus Anzahlen berechnet.")
        return [("of", text % i.name) for i in used if not i.is_count]
    if written.kind in (Kind.SUM, Kind.DIFFERENCE) and len({(i.unit, i.unit and i.unit_long) for i in used}) > 1:
        units = ", ".join(f"{i.name}: {i.unit_long}" for i in used)
        return [("of", _("Nur Zahlen derselben Einheit lassen sich zusammenzählen oder abziehen (%s).") % units)]
    return []


def circle_of(indicator: Indicator, written: Written) -> list[tuple[str, str]]:
    """The sentence about a circle that this formula would close; [] where there is none, or the indicator is new."""
    return circle({indicator: _inputs(written)}) if indicator.pk else []


def circle(wanted: Mapping[Indicator, Mapping[str, list[Indicator]]]) -> list[tuple[str, str]]:
    """The sentence about a circle that these formulas would close; [] where there is none."""
    edges = dict(computed_from())
    for indicator, terms in wanted.items():
        edges[indicator.pk] = frozenset(used.pk for inputs in terms.values() for used in inputs)
    try:
        in_order({*edges, *(pk for used in edges.values() for pk in used)}, edges)
    except CycleError as error:
        names = dict(Indicator.objects.filter(pk__in=error.args[1]).values_list("pk", "name"))
        way = " → ".join(f"„{names[pk]}“" for pk in reversed(error.args[1]))
        return [("of", _("Ein Indikator kann nicht aus sich selbst berechnet werden: %s.") % way)]
    return []


def _inputs(written: Written) -> dict[str, list[Indicator]]:
    known = {i.slug: i for i in Indicator.objects.filter(slug__in=[*written.of, *written.by])}
    return {
        FormulaTerm.Role.OF.value: [known[slug] for slug in written.of],
        FormulaTerm.Role.BY.value: [known[slug] for slug in written.by],
    }


def _store(indicator: Indicator, written: Written, terms: Mapping[str, list[Indicator]]) -> Formula:
    base = Period.objects.filter(code=written.base_period).first() if written.base_period else None
    said = {"kind": written.kind, "periods_back": written.periods_back, "base_period": base, "years": written.years}
    formula = Formula.objects.update_or_create(indicator=indicator, defaults=said)[0]
    for role, inputs in terms.items():
        for order, used in enumerate(inputs):
            FormulaTerm.objects.update_or_create(formula=formula, role=role, input=used, defaults={"order": order})
    return formula
