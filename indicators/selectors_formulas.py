"""Reading formulas: as they are written, in words, and with what they use."""

from dataclasses import dataclass

from indicators.formulas import Written, sentence
from indicators.models import Formula, FormulaTerm, Indicator


@dataclass(frozen=True)
class FormulaInWords:
    """The formula of an indicator as a sentence, and the indicators it uses, each once."""

    sentence: str
    inputs: tuple[Indicator, ...]
    rule: Written


def written_of(indicator: Indicator) -> Written | None:
    """The stored formula of an indicator; None where it has none. 2 queries."""
    formula = Formula.objects.filter(indicator=indicator).select_related("base_period").first()
    if formula is None:
        return None
    by_role = {role: [] for role in FormulaTerm.Role.values}
    for term in formula.terms.select_related("input"):
        by_role[term.role].append(term.input.slug)
    return Written(
        kind=formula.kind,
        of=tuple(by_role[FormulaTerm.Role.OF]),
        by=tuple(by_role[FormulaTerm.Role.BY]),
        periods_back=formula.periods_back,
        base_period=formula.base_period.code if formula.base_period else "",
        years=formula.years,
    )


def formula_in_words(indicator: Indicator) -> FormulaInWords | None:
    """What a page tells about how an indicator is computed, in the language of the request. At most 3 queries."""
    written = written_of(indicator) if indicator.is_computed else None
    if written is None:
        return None
    known = {i.slug: i for i in Indicator.objects.filter(used_in__formula__indicator=indicator).distinct()}
    words = sentence(written, lambda slug: known[slug].label, factor=indicator.factor)
    return FormulaInWords(words, tuple(known[slug] for slug in (*written.of, *written.by)), written)
