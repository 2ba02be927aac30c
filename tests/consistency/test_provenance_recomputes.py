"""What "Woher kommt diese Zahl?" shows gives the number that is shown: recomputed here, by hand, from its parts."""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from indicators.models import Figure
from indicators.selectors_provenance import COMBINED, DELIVERED, DERIVED, MISSING, provenance

pytestmark = pytest.mark.django_db
SAMPLE = 160


def by_hand(found):
    """The unrounded result from the shown parts alone."""
    parts, rule = found.parts, found.rules.aggregation
    if rule == "sum":
        return sum(part.value for part in parts)
    if rule == "ratio":
        return sum(p.numerator for p in parts) / sum(p.denominator for p in parts) * found.rules.factor
    known = [part for part in parts if part.value is not None and part.weight]
    return sum(part.value * part.weight for part in known) / sum(part.weight for part in known)


def derived_by_hand(found):
    """The unrounded result from the shown figures alone; None where one of them has no number."""
    made = found.derivation
    first = [line.figure for line in made.lines if not line.is_by]
    second = [line.figure for line in made.lines if line.is_by]
    if not made.lines or any(figure is None or figure.value is None for figure in (*first, *second)):
        return None
    above, below = sum(f.value for f in first), sum(f.value for f in second)
    kind, earlier, later = made.rule.kind, first[0].value, first[-1].value
    if kind == "sum" and first[0].denominator:
        return sum(f.numerator for f in first) / first[0].denominator * made.rule.factor
    if kind in ("share", "per_1000", "quotient"):
        return above / below * made.rule.factor
    return {
        "sum": above,
        "difference": above - below,
        "density": above / made.size if made.size else None,
        "change": later - earlier,
        "change_percent": (later - earlier) / earlier * 100 if earlier else None,
        "index": later / earlier * 100 if earlier else None,
        "moving_average": above / len(first),
    }[kind]


def sample():
    """160 figures: one of every indicator and level, the rest drawn at random, the same in each run and each database."""
    groups = defaultdict(list)
    names = "edition__indicator__slug", "area__level__slug", "area__code", "period__code", "pk"
    for indicator, level, _code, _period, pk in Figure.objects.current().order_by(*names).values_list(*names):
        groups[indicator, level].append(pk)
    draw = random.Random(2018)  # noqa: S311 - a sample, no secret
    chosen = [draw.choice(pks) for pks in groups.values()]
    others = [pk for pks in groups.values() for pk in pks if pk not in chosen]
    return chosen + draw.sample(others, max(0, SAMPLE - len(chosen)))


def test_shown_parts_give_the_shown_figure(dortmund):
    figures = Figure.objects.filter(pk__in=sample()).select_related(
        *("edition__release", "edition__indicator__source", "area__level", "area__parent", "period", "source")
    )
    makings = defaultdict(int)
    for figure in figures:
        found = provenance(figure.edition, figure)
        makings[found.making] += 1
        if found.making == MISSING:
            assert figure.value is None
            continue
        if found.making == DERIVED:
            assert found.derivation.result.status == figure.status, figure
            if figure.value is not None:
                assert derived_by_hand(found) == found.raw, figure
        if found.making == COMBINED:
            assert by_hand(found) == found.raw, figure
            assert len({part.key for part in found.parts}) == len(found.parts)
        if found.raw is None:
            assert figure.value is None
            continue
        step = Decimal(1).scaleb(-figure.edition.indicator.decimals)
        assert found.raw.quantize(step, rounding=ROUND_HALF_UP) == figure.value, figure
    assert sum(makings.values()) >= SAMPLE
    assert makings[COMBINED] > SAMPLE // 5
    assert makings[DELIVERED] > SAMPLE // 8
    assert makings[DERIVED] > SAMPLE // 5


def test_every_kind_of_formula_in_use_recomputes(dortmund):
    """Every computed indicator on every level, in its newest period, a dozen areas each."""
    figures = (
        Figure.objects.current()
        .filter(edition__indicator__aggregation="computed")
        .select_related(
            *("edition__release", "edition__indicator__source", "area__level", "area__parent", "period", "source")
        )
    )
    groups = defaultdict(list)
    for figure in figures.order_by("-period__start", "area__code"):
        groups[figure.edition.indicator.slug, figure.area.level.slug].append(figure)
    kinds = set()
    for of_one in groups.values():
        known = [figure for figure in of_one if figure.value is not None]
        for figure in [*known[:: max(1, len(known) // 12)], *[f for f in of_one if f.value is None][:2]]:
            found = provenance(figure.edition, figure)
            assert found.making == DERIVED
            assert found.is_exact, figure
            assert found.derivation.result.status == figure.status, figure
            if figure.value is not None:
                assert derived_by_hand(found) == found.raw, figure
                kinds.add(found.derivation.rule.kind)
    assert kinds >= {"sum", "difference", "quotient", "density", "change", "change_percent", "index", "moving_average"}


def test_a_wrong_part_would_be_noticed(dortmund):
    figure = Figure.objects.current().select_related("edition__release", "edition__indicator__source").get(
        edition__indicator__slug="transferleistungsquote", area__level__slug="sozialraum", area__code="023",
        period__code="2024",
    )  # fmt: skip
    found = provenance(figure.edition, figure)
    assert found.is_exact
    figure.value += Decimal("0.1")
    assert not found.is_exact
