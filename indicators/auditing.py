"""The attack on what a release would show or shows, together with everything that is public besides.

It knows nothing of how secrets were protected: it takes the figures as they are stored and computes what anybody can.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import timezone

from indicators.grounds import grounds_seen
from indicators.models import IndicatorEdition, Release
from indicators.secrecy.attack import attack
from indicators.secrecy.rules import cell_of
from indicators.secrecy.tables import Bounds, TableError
from indicators.secret_counts import Address
from indicators.secret_hiding import SecrecyError, bounds_of
from indicators.secret_public import known_addresses, public_editions, told_by
from indicators.secret_rounding import told_rounded, too_close
from indicators.secret_rules import rule_book
from indicators.secret_tables import COUNTS, Scene, SecretTable, scene_of
from indicators.statistics.upwards import Key

EMPTY: Mapping = MappingProxyType({})


@dataclass(frozen=True, order=True)
class Exposed:
    """A figure that must be secret and is not; `by_earlier`: by what is public besides already. Never a number."""

    indicator: str
    level: str
    code: str
    period: str
    by_earlier: bool


def exposures(release: Release) -> list[Exposed]:
    """Secrets that can be computed from the figures of a release and from all others that are public; [] is safe."""
    own = list(release.editions.values_list("pk", flat=True))
    indicators = IndicatorEdition.objects.filter(pk__in=own).values_list("indicator_id", flat=True)
    moment = release.published_at
    book = rule_book(list(indicators))
    grounds = grounds_seen(release, timezone.localtime(moment).date() if moment else None)
    scene = scene_of(release, book, grounds)
    if not scene.tables:
        return []
    others = public_editions(of=scene.book.indicators, but=release)
    found = _attacked(scene, [*own, *others])
    before = _attacked(scene, others) if found else set()
    return sorted({_exposed(scene, place, by_earlier=place in before) for place in found})


def _attacked(scene: Scene, editions: Iterable[int]) -> set[tuple[str, str, Address]]:
    told_figures = list(told_by(editions, scene.book.indicators))
    known, rounded = known_addresses(scene, told_figures), told_rounded(scene, told_figures)
    found = set()
    for table in scene.tables:
        told = known.get((table.kind, table.period), set())
        bounds = rounded.get(table.period, {}) if table.kind == COUNTS else {}
        found |= {(table.kind, table.period, where) for where in exposed_in(table, told, bounds)}
    return found


def exposed_in(table: SecretTable, told: set[Address], rounded: Mapping[Address, Bounds] = EMPTY) -> list[Address]:
    """Addresses of secrets in a table that follow too closely from the counts that are told.

    `rounded`: between which bounds counts lie that are told as multiples of a base.
    """
    bounds = _narrower(bounds_of(table), rounded)
    try:
        if table.base and not rounded.keys().isdisjoint(table.values):
            return too_close(table, told, bounds)
        return _followed(table, told, bounds)
    except TableError:  # its message holds numbers
        raise SecrecyError(table.period) from None


def _narrower(one: Mapping[Address, Bounds], other: Mapping[Address, Bounds]) -> dict[Address, Bounds]:
    both = {**one, **other}
    for where in one.keys() & other.keys():
        both[where] = max(one[where][0], other[where][0]), min(one[where][1], other[where][1])
    return both


def _followed(table: SecretTable, told: set[Address], bounds: Mapping[Address, Bounds]) -> list[Address]:
    published = {where: value if where in told else None for where, value in table.values.items()}
    secrets = [cell_of(where, table.values[where], need) for where, need in table.needs.items()]
    found = attack(published, table.sums.relations, bounds, secrets=secrets, knowledge=table.sums.knowledge)
    return [exposure.key for exposure in found]


def _exposed(scene: Scene, place: tuple[str, str, Address], *, by_earlier: bool) -> Exposed:
    kind, period, (count, key) = place
    indicator = scene.book.tell(count)[0] if kind == COUNTS else scene.book.indicators[count]
    level, code = _shown_key(key)
    return Exposed(indicator.slug, level, code, period, by_earlier)


def _shown_key(key: Key) -> Key:
    return key[0], key[1].split("+")[0]
