"""Which counts must be kept secret: the rules of the sources, and which indicators tell the same or parts of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from indicators.models import Indicator, SecrecyRule
from indicators.secrecy.rules import Rule
from indicators.secret_counts import Breakdown

NOTHING_SECRET = Rule(min_count=0, complement=False)


@dataclass(frozen=True)
class RuleBook:
    """The catalogue as secrecy sees it: of every indicator involved what it counts, by which rule, with what others.

    `count_of`: by primary key of the indicator that of the one that stands for the count. `rules`: of every count, the
    strictest of its indicators' sources.
    """

    indicators: Mapping[int, Indicator]
    count_of: Mapping[int, int]
    rules: Mapping[int, Rule]
    breakdowns: tuple[Breakdown, ...]

    def tell(self, count: int) -> list[Indicator]:
        """The indicators that tell a count, that which stands for it first."""
        told = [pk for pk, of in self.count_of.items() if of == count]
        return [self.indicators[pk] for pk in sorted(told, key=lambda pk: (pk != count, pk))]


def related(pks: Iterable[int]) -> set[int]:
    """These indicators and all that tell the same count or parts of it, over however many steps. 1 query."""
    links: dict[int, set[int]] = {}
    for pk, reveals, part_of in Indicator.objects.order_by().values_list("pk", "reveals_id", "part_of_id"):
        for other in (reveals, part_of):
            if other is not None:
                links.setdefault(pk, set()).add(other)
                links.setdefault(other, set()).add(pk)
    found, open_ones = set(), list(pks)
    while open_ones:
        pk = open_ones.pop()
        if pk not in found:
            found.add(pk)
            open_ones += links.get(pk, ())
    return found


def witnesses(pks: Collection[int]) -> set[int]:
    """Indicators that say how many cases or how large units stand behind these. 1 query."""
    rows = Indicator.objects.filter(pk__in=pks).order_by().values_list("cases_id", "concentration_id")
    return {pk for row in rows for pk in row if pk is not None}


def rule_book(pks: Iterable[int]) -> RuleBook:
    """The rules for these indicators and all that hang together with them. 3 queries."""
    found = Indicator.objects.prefetch_related("levels").in_bulk(related(pks))
    count_of = {pk: _count_of(pk, found) for pk in sorted(found)}
    own = {rule.source_id: rule for rule in SecrecyRule.objects.all()}
    rules: dict[int, Rule] = {}
    for pk, count in count_of.items():
        rule = _rule(found[pk], own.get(found[pk].source_id))
        rules[count] = _stricter(rules[count], rule) if count in rules else rule
    return RuleBook(found, count_of, rules, _breakdowns(found, count_of))


def _count_of(pk: int, found: Mapping[int, Indicator]) -> int:
    """The last indicator on the way of `reveals`; of a circle the one with the smallest key."""
    way = [pk]
    while (after := found[way[-1]].reveals_id) is not None:
        if after in way:
            return min(way[way.index(after) :])
        way.append(after)
    return way[-1]


def _rule(indicator: Indicator, own: SecrecyRule | None) -> Rule:
    if indicator.counts == Indicator.Counts.NOTHING:
        return NOTHING_SECRET
    usual = own or SecrecyRule()
    dominance = None
    if usual.dominance_units and usual.dominance_percent and indicator.counts == Indicator.Counts.UNITS:
        dominance = (usual.dominance_units, usual.dominance_percent)
    return Rule(
        min_count=max(usual.min_count, indicator.min_cases),
        base=usual.rounding_base,
        dominance=dominance,
        min_population=usual.min_population,
        zero_is_secret=usual.zero_is_secret,
        complement=usual.complement_is_secret and usual.min_count > 0,
    )


def _stricter(one: Rule, other: Rule) -> Rule:
    return replace(
        one,
        min_count=max(one.min_count, other.min_count),
        base=max(one.base or 0, other.base or 0) or None,
        dominance=one.dominance or other.dominance,
        min_population=max(one.min_population or 0, other.min_population or 0) or None,
        zero_is_secret=one.zero_is_secret or other.zero_is_secret,
        complement=one.complement or other.complement,
    )


def _breakdowns(found: Mapping[int, Indicator], count_of: Mapping[int, int]) -> tuple[Breakdown, ...]:
    parts: dict[tuple[int, str], list[int]] = {}
    for pk, indicator in sorted(found.items()):
        if indicator.part_of_id is not None:
            key = (count_of[indicator.part_of_id], indicator.breakdown)
            parts.setdefault(key, [])
            if count_of[pk] not in parts[key]:
                parts[key].append(count_of[pk])
    return tuple(Breakdown(total, tuple(of)) for (total, _name), of in sorted(parts.items()))
