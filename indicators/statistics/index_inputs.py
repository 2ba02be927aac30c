"""Which areas take part in an index, with which numbers, and why others do not. Pure calculation.

An area takes part when it has a number for every indicator (for a dynamics index: a change that may be told), and
enough inhabitants. Everything else is left out with its reason: nothing is filled in, and nothing of a secret
value is used.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .comparability import is_comparable
from .upwards import MISSING, Delivered, Key

EXCLUDED, FEW, UNCOUNTED = "excluded", "few", "uncounted"
SECRET, LACKING, INCOMPARABLE = "secret", "missing", "incomparable"
_SECRET = frozenset({"suppressed", "suppressed_secondary"})


@dataclass(frozen=True)
class Left:
    """Why an area has no score; `about` are the keys of the components that are to blame."""

    reason: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Size:
    """The smallest number of inhabitants an area needs, and the numbers by area; 0 asks for none."""

    minimum: int = 0
    inhabitants: Mapping[Key, Delivered] = field(default_factory=dict)


@dataclass(frozen=True)
class Inputs:
    """Numbers by area in the order of the components; `left` those left out; `estimated` and `joint` of the former:
    areas with an estimated input, and the partners of areas whose value stands for several."""

    values: Mapping[Key, tuple[Decimal, ...]]
    left: Mapping[Key, Left]
    estimated: frozenset[Key] = frozenset()
    joint: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """The cells of one component by area, for a dynamics index also those of the earlier period."""

    key: str
    cells: Mapping[Key, Delivered]
    earlier: Mapping[Key, Delivered] | None = None
    is_count: bool = False


def inputs_of(
    areas: Sequence[Key], series: Sequence[Series], *, size: Size | None = None, excluded: Collection[Key] = ()
) -> Inputs:
    """Sort areas into those that take part and those that do not.

    >>> cell = Delivered(Decimal(5), "reported")
    >>> found = inputs_of([("q", "1"), ("q", "2")], [Series("quote", {("q", "1"): cell})])
    >>> found.values[("q", "1")], found.left[("q", "2")]
    ((Decimal('5'),), Left(reason='missing', about=('quote',)))
    """
    size = size or Size()
    values, left, estimated, joint = {}, {}, set(), {}
    for area in areas:
        if why := _left_out(area, series, size, excluded):
            left[area] = why
            continue
        used = [cell for one in series for cell in _cells(one, area)]
        values[area] = tuple(_number(one, area) for one in series)
        if any(cell.status == "estimated" for cell in used):
            estimated.add(area)
        if partners := _partners(used):
            joint[area] = partners
    return Inputs(values, left, frozenset(estimated), joint)


def _left_out(area: Key, series: Sequence[Series], size: Size, excluded: Collection[Key]) -> Left | None:
    if area in excluded:
        return Left(EXCLUDED)
    if size.minimum:
        inhabitants = size.inhabitants.get(area, MISSING).value
        if inhabitants is None or inhabitants < size.minimum:
            return Left(UNCOUNTED if inhabitants is None else FEW)
    blamed = {one.key: _fault(one, area) for one in series}
    for reason in (SECRET, LACKING, INCOMPARABLE):
        if about := tuple(key for key, fault in blamed.items() if fault == reason):
            return Left(reason, about)
    return None


def _fault(one: Series, area: Key) -> str:
    cells = _cells(one, area)
    if any(cell.status in _SECRET for cell in cells):
        return SECRET
    if any(cell.value is None for cell in cells):
        return LACKING
    if one.earlier is not None and not is_comparable(cells[0], cells[1], is_count=one.is_count):
        return INCOMPARABLE
    return ""


def _cells(one: Series, area: Key) -> list[Delivered]:
    now = one.cells.get(area, MISSING)
    return [now] if one.earlier is None else [one.earlier.get(area, MISSING), now]


def _number(one: Series, area: Key) -> Decimal:
    """The value, or the change in its unit: later minus earlier."""
    cells = _cells(one, area)
    return cells[0].value if one.earlier is None else cells[1].value - cells[0].value


def _partners(cells: Sequence[Delivered]) -> str:
    """All areas that a joint value stands for, in the order of their codes; "" for values of the area alone."""
    return "+".join(sorted({code for cell in cells for code in cell.joint_with.split("+") if code}))
