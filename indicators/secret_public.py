"""What the public knows of the counts of a table: from all figures that can be seen, also at old addresses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from indicators.models import Figure, IndicatorEdition, Release
from indicators.secret_counts import Address, address, count_behind
from indicators.secret_tables import COUNTS, Scene
from indicators.statistics.upwards import Delivered, Key
from indicators.statuses import SECRET

_ROW = (
    *("edition__indicator_id", "period__code", "area__level__slug", "area__code"),
    *("value", "status", "numerator", "denominator", "joint_with", "edition__rounding_base"),
)
HALF = Decimal("0.5")  # a number that is this close to another is the same, rounded


@dataclass(frozen=True)
class Told:
    """One figure as it can be seen somewhere; `base`: its count was rounded to a multiple of it (None: it was not)."""

    indicator: int
    period: str
    key: Key
    cell: Delivered
    base: int | None = None


def told_by(editions: Iterable[int], indicators: Iterable[int]) -> Iterator[Told]:
    """Every different figure of these editions that tells a number. 1 query."""
    rows = Figure.objects.filter(edition__in=editions, edition__indicator__in=indicators)
    rows = rows.filter(Q(value__isnull=False) | Q(denominator__isnull=False)).order_by().values_list(*_ROW).distinct()
    for pk, period, level, code, value, status, numerator, denominator, joint, base in rows.iterator(chunk_size=5000):
        yield Told(pk, period, (level, code), Delivered(value, status, numerator, denominator, joint), base)


def public_editions(*, of: Iterable[int], but: Release | None = None) -> list[int]:
    """Editions of indicators that were published and not withdrawn, also those that later ones replaced. 1 query."""
    found = IndicatorEdition.objects.filter(release__in=Release.objects.published(), indicator__in=list(of))
    return list((found.exclude(release=but) if but else found).values_list("pk", flat=True))


def known_addresses(scene: Scene, told: Iterable[Told]) -> dict[tuple[str, str], set[Address]]:
    """By kind and period of a table the addresses whose count is told; figures of other numbers tell nothing of it.

    Rounded figures do not tell it either, see `secret_rounding.told_rounded`.
    """
    asked: dict[tuple[str, str], set[Address]] = defaultdict(set)
    for table in scene.tables:
        asked[table.kind, table.period].update(table.values)
    known: dict[tuple[str, str], set[Address]] = defaultdict(set)
    for figure in told:
        for kind in _told_kinds(scene, figure):
            where = _address(scene, kind, figure)
            if where in asked.get((kind, figure.period), ()):
                known[kind, figure.period].add(where)
    return known


def _told_kinds(scene: Scene, figure: Told) -> list[str]:
    """Of which kinds the figure tells what is counted now."""
    now = scene.cells.get(figure.indicator, {}).get(figure.period, {}).get(figure.key)
    if now is None:
        return []
    kinds = []
    if figure.base is None and None not in (figure.cell.value, now.value) and _same(scene, figure, now):
        kinds.append(COUNTS)
    if figure.cell.denominator is not None and figure.cell.denominator == now.denominator:
        kinds.append("denominators")
    return kinds


def _same(scene: Scene, figure: Told, now: Delivered) -> bool:
    indicator = scene.book.indicators[figure.indicator]
    then, here = (count_behind(c, is_sum=indicator.is_count, factor=indicator.factor) for c in (figure.cell, now))
    if None in (then.value, here.value):
        return abs(figure.cell.value - now.value) <= HALF
    return abs(then.value - here.value) <= HALF


def _address(scene: Scene, kind: str, figure: Told) -> Address:
    indicator = scene.book.indicators[figure.indicator]
    count = count_behind(
        scene.cells[figure.indicator][figure.period][figure.key], is_sum=indicator.is_count, factor=indicator.factor
    )
    return address(scene.book.count_of[figure.indicator] if kind == COUNTS else figure.indicator, figure.key, count)


def rounded_address(scene: Scene, figure: Told) -> Address | None:
    """Where the count stands that a figure tells rounded; None for other figures."""
    if figure.base is None or figure.cell.value is None:
        return None
    now = scene.cells.get(figure.indicator, {}).get(figure.period, {}).get(figure.key)
    return None if now is None or now.value is None else _address(scene, COUNTS, figure)


def hidden_now(indicators: Sequence[int]) -> set[tuple[int, str, Key]]:
    """The figures of these indicators that are secret today. 1 query."""
    rows = Figure.objects.current().filter(edition__indicator__in=indicators, status__in=sorted(SECRET))
    columns = ("edition__indicator_id", "period__code", "area__level__slug", "area__code")
    return {(pk, period, (level, code)) for pk, period, level, code in rows.values_list(*columns)}
