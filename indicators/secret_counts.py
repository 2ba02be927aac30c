"""The counts behind figures, and the sums between them that everybody can see. Pure calculation, no Django.

A figure tells a count when it is one, when its numerator is known, or when value and denominator give it. Counts of
areas, of the parts of a breakdown and of several indicators hang together; a table of one period holds them all.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.secrecy.tables import Knowledge, Number, Relation
from indicators.statistics.upwards import Delivered, Division, Key

CountId = Hashable  # what is counted, whatever indicators tell it
Address = tuple[CountId, Key]  # one count of one period; of areas that share a value the code names them all


@dataclass(frozen=True)
class Count:
    """The count behind a figure, in persons, cases or units; None where the figure does not tell any.

    `denominator`: of what it is a share, if known. `is_exact` is False for estimates, which betray nobody. `is_secret`:
    it was delivered as secret. `shared`: codes of the areas that have it together ("" for one area).
    """

    value: Number | None
    denominator: Number | None = None
    is_exact: bool = True
    is_secret: bool = False
    shared: str = ""


@dataclass(frozen=True)
class Whole:
    """An area and the areas of a finer level that it is exactly made of; `over`: levels between that say the same."""

    key: Key
    level: str
    parts: tuple[Key, ...]
    over: tuple[str, ...]


@dataclass(frozen=True)
class Breakdown:
    """A count and those that are its parts everywhere, such as age groups."""

    total: CountId
    parts: tuple[CountId, ...]


@dataclass(frozen=True)
class Sums:
    """What the public knows of sums in one period."""

    relations: Sequence[Relation] = field(default_factory=tuple)
    knowledge: Sequence[Knowledge] = field(default_factory=tuple)


def count_behind(cell: Delivered, *, is_sum: bool, factor: int) -> Count:
    """The count that a cell tells: its value where it is a sum, else its numerator, else value x denominator / factor.

    >>> count_behind(Delivered(Decimal("2.5"), "reported", denominator=Decimal(80)), is_sum=False, factor=100).value
    2
    >>> count_behind(Delivered(Decimal("2.5"), "reported"), is_sum=False, factor=100).value is None
    True
    """
    value = cell.value if is_sum else cell.numerator
    if value is None and not is_sum and None not in (cell.value, cell.denominator):
        value = (cell.value * cell.denominator / factor).to_integral_value()
    if cell.value is None:
        value = None
    return Count(
        plain(value),
        denominator=plain(None if is_sum else cell.denominator),
        is_exact=cell.status != "estimated",
        is_secret=cell.status.startswith("suppressed"),
        shared=cell.joint_with,
    )


def plain(number: Decimal | None) -> Number | None:
    """A whole number as int, so that sums stay exact and short.

    >>> plain(Decimal("3.000000"))
    3
    """
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else number


def wholes_of(division: Division) -> list[Whole]:
    """Every area with its parts on every finer level that divides it."""
    found = {
        (key, level): tuple(parts)
        for key in division.parts
        for level in division.finer_than(key[0])
        if (parts := division.dividing(key, level))
    }
    wholes = []
    for (key, level), parts in found.items():
        between = division.levels[division.levels.index(key[0]) + 1 : division.levels.index(level)]
        over = [
            m for m in between if (key, m) in found and all((part, level) in found for part in found[key, m])
        ]  # fmt: skip
        wholes.append(Whole(key, level, parts, tuple(over)))
    return wholes


def address(count_id: CountId, key: Key, count: Count) -> Address:
    """Where a count stands in the table: areas that share one value have one place.

    >>> address("a", ("unterbezirk", "001"), Count(5, shared="001+002"))
    ('a', ('unterbezirk', '001+002'))
    """
    return count_id, (key[0], count.shared or key[1])


def sums_between(
    counts: Mapping[CountId, Mapping[Key, Count]], *, wholes: Iterable[Whole], breakdowns: Iterable[Breakdown]
) -> Sums:
    """All sums of areas and breakdowns in one period.

    Where parts are not known, the public knows only that the others are together not more than the whole.
    """
    relations: list[Relation] = []
    knowledge: list[Knowledge] = []
    wholes = list(wholes)
    for count_id, of_areas in counts.items():
        complete = set()
        for whole in wholes:
            if whole.key in of_areas and all(of_areas.get(k, _UNKNOWN).value is not None for k in whole.parts):
                complete.add((whole.key, whole.level))
        for whole in wholes:
            if whole.key in of_areas and not any((whole.key, level) in complete for level in whole.over):
                _add(relations, knowledge, [(count_id, whole.key)], [(count_id, key) for key in whole.parts], counts)
    for breakdown in breakdowns:
        for key in counts.get(breakdown.total, {}):
            parts = [(part, key) for part in breakdown.parts]
            _add(relations, knowledge, [(breakdown.total, key)], parts, counts)
    return Sums(tuple(dict.fromkeys(relations)), tuple(dict.fromkeys(knowledge)))


_UNKNOWN = Count(None)


def _add(relations: list, knowledge: list, total: list, parts: list, counts: Mapping) -> None:
    """One more relation; an inequality where parts are missing. What does not quite add up keeps its gap."""
    (of_total,) = _known(total, counts)[0] or [None]
    known, is_complete = _known(parts, counts)
    if of_total is None or not known:
        return
    whole = _value(of_total, total[0], counts)
    told = sum(_value(a, p, counts) for a, p in known.items())
    if not is_complete:
        if told <= whole:
            terms = ((of_total, 1), *((a, -1) for a in known))
            knowledge.append(Knowledge(terms, low=0))
        return
    relations.append(Relation(of_total, tuple(known), tolerance=abs(whole - told)))


def _known(places: Sequence[tuple[CountId, Key]], counts: Mapping) -> tuple[dict[Address, tuple[CountId, Key]], bool]:
    """Addresses of the known ones, each once, with one of their places; and whether these are all of them."""
    found: dict[Address, tuple[CountId, Key]] = {}
    members: dict[Address, set[str]] = defaultdict(set)
    is_complete = True
    for count_id, key in places:
        count = counts.get(count_id, {}).get(key, _UNKNOWN)
        if count.value is None:
            is_complete = False
            continue
        where = address(count_id, key, count)
        found[where] = (count_id, key)
        members[where].add(key[1])
    for where in [w for w, codes in members.items() if "+" in w[1][1] and codes != set(w[1][1].split("+"))]:
        del found[where]  # shared with areas outside
        is_complete = False
    return found, is_complete


def _value(where: Address, place: tuple[CountId, Key], counts: Mapping) -> Number:
    count_id, key = place
    return counts[count_id][key].value


def deduced(
    counts: Mapping[CountId, Mapping[Key, Count]], *, wholes: Iterable[Whole], breakdowns: Iterable[Breakdown]
) -> dict[tuple[CountId, Key], Number]:
    """Counts delivered as secret, without a number, that anybody can compute because all others of a sum are told."""
    found: dict[tuple[CountId, Key], Number] = {}
    lines = [((i, w.key), [(i, k) for k in w.parts]) for i in counts for w in wholes if w.key in counts[i]]
    lines += [((b.total, key), [(p, key) for p in b.parts]) for b in breakdowns for key in counts.get(b.total, {})]
    for total, parts in lines:
        line = [counts.get(i, {}).get(k, _UNKNOWN) for i, k in (total, *parts)]
        unknown = [n for n, count in enumerate(line) if count.value is None]
        if len(unknown) != 1 or not line[unknown[0]].is_secret:
            continue
        sum_of_parts = sum(c.value for c in line[1:] if c.value is not None)
        value = sum_of_parts if unknown[0] == 0 else line[0].value - sum_of_parts
        if value >= 0:
            found[(total, *parts)[unknown[0]]] = value
    return found
