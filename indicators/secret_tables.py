"""The tables of counts that a release tells of, as the engine of secrecy takes them: one for each period.

Who protects and who attacks both start here, from the values as they were delivered; `secret_public` asks what is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.cells import Cells, cells_of_all_levels
from indicators.grounds import Grounds
from indicators.models import Indicator, Release
from indicators.secrecy.rules import Need, Rule, primary
from indicators.secrecy.tables import Number
from indicators.secret_counts import (
    Address,
    Breakdown,
    Count,
    Sums,
    Whole,
    address,
    count_behind,
    deduced,
    plain,
    sums_between,
    wholes_of,
)
from indicators.secret_rules import RuleBook, witnesses
from indicators.statistics.upwards import Delivered, Key

COUNTS, DENOMINATORS = "counts", "denominators"
Counts = dict[int, dict[Key, Count]]  # of one period, by what is counted
Needs = dict[tuple[int, Key], Need]


class MixedDivisions(Exception):
    """Linked counts of a period belong partly to earlier areas, partly to those of today: their sums are unknown."""


@dataclass(frozen=True)
class SecretTable:
    """All counts of one kind in one period, by address: `values`, which of them are secret and why, and the sums.

    `places`: of every address the areas that have it, as they are called in figures. `base`: all counts are told as
    multiples of it instead of being hidden; None: secrets are hidden.
    """

    kind: str
    period: str
    values: Mapping[Address, Number]
    needs: Mapping[Address, Need]
    denominators: Mapping[Address, Number]
    places: Mapping[Address, Sequence[tuple[int, Key]]]
    sums: Sums
    base: int | None = None


@dataclass(frozen=True)
class Scene:
    """The cells of all indicators involved on all levels, and the tables in which something is secret."""

    book: RuleBook
    cells: Cells
    tables: Sequence[SecretTable]


def scene_of(release: Release, book: RuleBook, grounds: Grounds) -> Scene:
    """What of the indicators in `book` is secret, from the values that `release` sees. A fixed number of queries.

    Areas add up in the division that the figures of each period belong to.
    """
    counting = [i for pk, i in book.indicators.items() if _keeps_secrets(book.rules[book.count_of[pk]])]
    counting.sort(key=lambda i: (i.pk != book.count_of[i.pk], i.pk))
    cells = cells_of_all_levels(release, counting, grounds)
    behind = list(Indicator.objects.filter(pk__in=witnesses([i.pk for i in counting])))
    known = cells_of_all_levels(release, behind, grounds)
    wholes = _Wholes(book, grounds)
    tables = []
    for period in sorted({period for of in cells.values() for period in of}):
        counts, sizes, needs = _counts_of(book, counting, cells=cells, known=known, period=period)
        few = _needs_of_sizes(sizes, book)
        for pk, of_areas in sizes.items():
            tables.append(_table(DENOMINATORS, period, {pk: of_areas}, few, wholes.of({book.count_of[pk]}, period)))
        for group, breakdowns in groups_of(counts, book.breakdowns):
            inside = {count: counts[count] for count in group}
            sums = wholes.of(group, period)
            tables.append(
                _table(
                    *(COUNTS, period, inside, needs, sums),
                    breakdowns=breakdowns,
                    rules=book.rules,
                    base=_base(book, group),
                )
            )
    return Scene(book, cells, [table for table in tables if table.needs or table.base])


def _base(book: RuleBook, counts: Iterable[int]) -> int | None:
    """To multiples of what linked counts are rounded; None where one of them may not be or where it tells no count.

    The largest base of all. What units contribute is not protected by rounding, nor a minimum that is larger than the
    base.
    """
    bases = []
    for count in counts:
        rule = book.rules[count]
        if (
            not rule.base
            or rule.min_count > rule.base
            or any(i.counts != Indicator.Counts.PEOPLE or i.cases_id for i in book.tell(count))
        ):
            return None
        bases.append(rule.base)
    return max(bases, default=None)


class _Wholes:
    """Which areas add up to which, in the division of each period; found once for each division."""

    def __init__(self, book: RuleBook, grounds: Grounds):
        self.book, self.grounds = book, grounds
        self.found: dict[int, list[Whole]] = {}

    def of(self, counts: Iterable[int], period: str) -> list[Whole]:
        """For counts that breakdowns link. Raises `MixedDivisions` where they belong to different divisions."""
        linked = [pk for pk, count in self.book.count_of.items() if count in set(counts)]
        grounds = {id(ground): ground for ground in (self.grounds.of(pk, period) for pk in linked)}
        if len(grounds) > 1:
            raise MixedDivisions(period)
        for one, ground in grounds.items():
            self.found.setdefault(one, wholes_of(ground.division))
        return self.found[next(iter(grounds))]


def groups_of(counts: Iterable[int], breakdowns: Sequence[Breakdown]) -> list[tuple[set[int], list[Breakdown]]]:
    """Counts that breakdowns link, with these; the others alone. Small tables are solved much faster than one of all.

    >>> groups_of([1, 2, 3], [Breakdown(1, (3,))])
    [({1, 3}, [Breakdown(total=1, parts=(3,))]), ({2}, [])]
    """
    groups: list[set[int]] = [{count} for count in sorted(counts)]
    for breakdown in breakdowns:
        linked = {breakdown.total, *breakdown.parts}
        touched = [group for group in groups if group & linked]
        if touched:
            groups = [g for g in groups if g not in touched] + [set().union(*touched)]
    groups.sort(key=min)
    return [(group, [b for b in breakdowns if group & {b.total, *b.parts}]) for group in groups]


def _keeps_secrets(rule: Rule) -> bool:
    return rule.min_count > 0 or rule.dominance is not None or rule.min_population is not None


def _counts_of(
    book: RuleBook, indicators: Iterable[Indicator], *, cells: Cells, known: Cells, period: str
) -> tuple[Counts, Counts, Needs]:
    """The counts and the denominators of a period, and which counts are secret by themselves."""
    counts: Counts = defaultdict(dict)
    sizes: Counts = defaultdict(dict)
    needs: Needs = {}
    for indicator in indicators:
        count_id = book.count_of[indicator.pk]
        cases, shares = (_cells(known, pk, period) for pk in (indicator.cases_id, indicator.concentration_id))
        for key, cell in cells.get(indicator.pk, {}).get(period, {}).items():
            count = _count(indicator, cell, cases.get(key))
            if count.denominator is not None and cell.value is not None:
                sizes[indicator.pk].setdefault(key, replace(count, value=count.denominator, denominator=None))
            before = counts[count_id].get(key)
            if before is not None and before.value is not None:
                continue
            counts[count_id][key] = count
            rule = book.rules[count_id]
            if need := _need(count, rule, cases.get(key), shares.get(key)):
                needs[count_id, key] = need
    return counts, sizes, needs


def _cells(known: Cells, pk: int | None, period: str) -> Mapping[Key, Delivered]:
    return known.get(pk, {}).get(period, {}) if pk is not None else {}


def _count(indicator: Indicator, cell: Delivered, cases: Delivered | None) -> Count:
    count = count_behind(cell, is_sum=indicator.is_count, factor=indicator.factor)
    if count.value is None and cell.value is not None and cases is not None and cases.value is not None:
        return replace(count, value=plain((cell.value * cases.value).to_integral_value()))  # the sum behind a mean
    return count


def _need(count: Count, rule: Rule, cases: Delivered | None, share: Delivered | None) -> Need | None:
    if count.value is None or count.value < 0 or not count.is_exact:
        return None
    contributions = _contributions(count.value, rule, cases, share)
    return primary(count.value, rule, denominator=count.denominator, contributions=contributions)


def _contributions(value: Number, rule: Rule, cases: Delivered | None, share: Delivered | None) -> list | None:
    """What single units contribute, as far as it is told: the largest n together their share, the others alike."""
    units = int(cases.value) if cases is not None and cases.value is not None else None
    if units is None and (share is None or share.value is None):
        return None
    largest: list[Decimal] = []
    rest = Decimal(value)
    if rule.dominance and share is not None and share.value is not None:
        n = rule.dominance[0] if units is None else min(rule.dominance[0], units)
        together = Decimal(value) * share.value / 100
        largest = [together / n] * n if n else []
        rest -= together
    others = max((units if units is not None else rule.min_count + len(largest)) - len(largest), 0)
    return [*largest, *([rest / others] * others if others else [])]


def _needs_of_sizes(sizes: Counts, book: RuleBook) -> Needs:
    needs: Needs = {}
    for pk, of_areas in sizes.items():
        rule = replace(book.rules[book.count_of[pk]], min_population=None)
        for key, count in of_areas.items():
            if count.is_exact and count.value >= 0 and (need := primary(count.value, rule)):
                needs[pk, key] = need
    return needs


def _table(
    kind: str,
    period: str,
    counts: Counts,
    needs: Needs,
    wholes: Sequence[Whole],
    *,
    breakdowns: Sequence[Breakdown] = (),
    rules: Mapping[int, Rule] | None = None,
    base: int | None = None,
) -> SecretTable:
    """A table without sums where nothing is secret and nothing rounded: nobody needs them then."""
    needs = {place: need for place, need in needs.items() if place[0] in counts}
    for (count_id, key), value in deduced(counts, wholes=wholes, breakdowns=breakdowns).items():
        counts[count_id][key] = replace(counts[count_id][key], value=value)
        least = rules[count_id].min_count if rules else 0
        needs[count_id, key] = Need("few_cases", max(value - least, 0), value + least)
    values: dict[Address, Number] = {}
    denominators: dict[Address, Number] = {}
    places: dict[Address, list[tuple[int, Key]]] = defaultdict(list)
    secret: dict[Address, Need] = {}
    for count_id, of_areas in counts.items():
        for key, count in of_areas.items():
            if count.value is None or count.value < 0:
                continue
            where = address(count_id, key, count)
            values[where] = count.value
            places[where].append((count_id, key))
            least = rules[count_id].min_count if rules else 0  # fewer people than that are not told either
            if count.denominator is not None and count.denominator >= max(count.value, least):
                denominators[where] = count.denominator
            if (count_id, key) in needs:
                secret[where] = needs[count_id, key]
    sums = sums_between(counts, wholes=wholes, breakdowns=breakdowns) if secret or base else Sums()
    return SecretTable(kind, period, values, secret, denominators, dict(places), sums, base)
