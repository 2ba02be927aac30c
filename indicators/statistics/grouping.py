"""The value of areas that somebody put together, from their published figures. Pure calculation.

Only what is public goes in, so nothing comes out that readers could not compute themselves. Rules, limits and an
example: docs/methods.md, "Eigene Gebietsgruppen".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .aggregation import Combined, Part, combine_ratio, combine_sum, combine_weighted_mean

SECRET, MISSING, WEIGHT, JOINT, NEVER = "secret", "missing", "weight", "joint", "never"  # why there is no value
HIDDEN = frozenset({"suppressed", "suppressed_secondary"})


@dataclass(frozen=True)
class Member:
    """One area of the group as it is published; counts and weight None where they are not public."""

    code: str
    value: Decimal | None
    status: str
    weight: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    joint_with: str = ""

    @property
    def has_counts(self) -> bool:
        """Whether numerator and denominator are public."""
        return self.value is not None and self.numerator is not None and self.denominator is not None


@dataclass(frozen=True)
class Grouped:
    """The unrounded value in the unit of its members, or `reason` why there is none and the codes that are to blame."""

    value: Decimal | None
    status: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Decimal | None = None
    reason: str = ""
    lacking: tuple[str, ...] = ()


def group_value(members: Sequence[Member], *, rule: str, factor: int) -> Grouped:
    """Sum, ratio of sums (where all counts are public), or weighted mean; `rule` and `factor` are the indicator's.

    A secret member leaves the group without a value. So does a missing one, except in a weighted mean of which at least
    90 % of the weight is known. One area alone keeps its figure as it is.

    >>> halves = [Member("1", Decimal(100), "reported", None, Decimal(1), Decimal(10)),
    ...           Member("2", Decimal(300), "reported", None, Decimal(9), Decimal(30))]
    >>> found = group_value(halves, rule="ratio", factor=1000)
    >>> found.value, found.status
    (Decimal('250.00'), 'reported')
    >>> group_value([*halves, Member("3", None, "suppressed")], rule="ratio", factor=1000).reason
    'secret'
    """
    if len(members) == 1:
        return _alone(members[0])
    hidden = tuple(member.code for member in members if member.status in HIDDEN)
    if hidden:
        return _nothing(SECRET, hidden)
    if rule == "none":
        return _nothing(NEVER)
    if rule != "sum" and not all(member.has_counts for member in members):
        return _without_counts(members, rule)
    missing = tuple(member.code for member in members if member.value is None)
    torn = tuple(member.code for member in members if not _partners(member) <= {m.code for m in members})
    if missing or torn:
        return _nothing(MISSING, missing) if missing else _nothing(JOINT, torn)
    parts = [_part(member) for member in members if member.code == min(_partners(member))]
    return _told(combine_sum(parts) if rule == "sum" else combine_ratio(parts, factor=factor))


def _alone(member: Member) -> Grouped:
    if member.value is None:
        return _nothing(SECRET if member.status in HIDDEN else MISSING, (member.code,), status=member.status)
    return Grouped(member.value, member.status, member.numerator, member.denominator)


def _without_counts(members: Sequence[Member], rule: str) -> Grouped:
    """A rate of which not all counts are public: what is left is a mean with weights, where the rule has them."""
    if rule == "weighted_mean":
        return _mean(members)
    blank = tuple(member.code for member in members if member.value is None)
    if rule == "computed" and not blank:  # by a formula that leaves no counts, such as an index
        return _nothing(NEVER)
    return _nothing(MISSING, blank or tuple(member.code for member in members if not member.has_counts))


def _mean(members: Sequence[Member]) -> Grouped:
    unweighed = tuple(member.code for member in members if member.weight is None)
    if unweighed:
        return _nothing(WEIGHT, unweighed)
    found = combine_weighted_mean([_part(member) for member in members])
    missing = tuple(member.code for member in members if member.value is None)
    return _nothing(MISSING, missing) if found.value is None else _told(found, lacking=missing)


def _partners(member: Member) -> set[str]:
    """Areas that the value stands for together; the area alone for its own value."""
    return set(member.joint_with.split("+")) if member.joint_with else {member.code}


def _part(member: Member) -> Part:
    is_estimate = member.status == "estimated"
    return Part(member.value, member.weight, member.numerator, member.denominator, is_estimate)


def _told(found: Combined, lacking: tuple[str, ...] = ()) -> Grouped:
    if found.value is None:
        return _nothing(MISSING)
    plain = "zero" if found.value == 0 else "reported"
    status = "estimated" if found.is_estimate else plain
    return Grouped(found.value, status, found.numerator, found.denominator, found.coverage, lacking=lacking)


def _nothing(reason: str, codes: tuple[str, ...] = (), *, status: str = "") -> Grouped:
    usual = "suppressed" if reason == SECRET else "not_applicable" if reason == NEVER else "missing"
    return Grouped(None, status or usual, reason=reason, lacking=codes)
