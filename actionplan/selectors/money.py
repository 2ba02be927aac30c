"""The money of a year: which funds there were, what was approved from them, for what and where."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch

from actionplan.budget import NOTHING, Line, Money, Reconciliation, money_of, reconcile, split_exactly
from actionplan.models import Allocation, AllocationShare, BudgetYear, CarryOver, Fund, FundChange


@dataclass(frozen=True)
class FundLine:
    """One fund on a day. `volume` (euros) is None where its amount is not known."""

    fund: Fund
    volume: Decimal | None
    carried_in: Decimal
    carried_out: Decimal
    used: Money
    projects: int

    @property
    def free(self) -> Decimal | None:
        """What is not approved yet; None where the amount is not known."""
        return None if self.volume is None else self.volume - self.used.granted


@dataclass
class FundGroup:
    """Funds of the same name, such as the area funds of all action areas."""

    name: str
    kind: str
    lines: list[FundLine] = field(default_factory=list)

    @property
    def volume(self) -> Decimal | None:
        """Sum of the funds' amounts; None where one is not known."""
        amounts = [line.volume for line in self.lines]
        return None if None in amounts else sum(amounts, NOTHING)


@dataclass(frozen=True)
class YearMoney:
    """All funds of one year. `total` leaves out funds that are contained in another one."""

    year: int
    groups: tuple[FundGroup, ...]
    total: Decimal
    is_about: bool
    has_unknown: bool
    used: Money
    by_place: tuple[tuple[str, Decimal], ...]
    locked_on: datetime.date | None
    reconciled: Reconciliation


def years_with_money() -> list[int]:
    """Years of which funds are recorded, newest first. 1 query."""
    return list(Fund.objects.order_by("-year").values_list("year", flat=True).distinct())


def year_money(year: int, *, on: datetime.date) -> YearMoney:
    """The money of a year as it stood at the end of a day. 9 queries, whatever the number of funds and projects."""
    funds = list(_funds(year))
    lines = [_fund_line(fund, on) for fund in funds]
    groups: dict[tuple, FundGroup] = {}
    for line in lines:
        key = (line.fund.kind, line.fund.name)
        groups.setdefault(key, FundGroup(line.fund.name, line.fund.kind)).lines.append(line)
    top = [line for line in lines if line.fund.part_of_id is None]
    locked = BudgetYear.objects.filter(year=year, locked_on__lte=on).first()
    return YearMoney(
        year=year,
        groups=tuple(groups.values()),
        total=_total(top),
        is_about=any(line.fund.is_about for line in top),
        has_unknown=any(line.volume is None for line in top),
        used=sum((line.used for line in lines), Money()),
        by_place=_by_place(funds, on),
        locked_on=locked.locked_on if locked else None,
        reconciled=reconcile(_lines(funds, on)),
    )


def _total(lines: Iterable[FundLine]) -> Decimal:
    """Sum of the known amounts; where one of them is rounded, to three digits, because more would be pretended."""
    known = [line for line in lines if line.volume is not None]
    total = sum((line.volume for line in known), NOTHING)
    if any(line.fund.is_about for line in known) and total:
        return round(total, 2 - total.adjusted()).quantize(NOTHING)
    return total


def _funds(year: int):
    shares = AllocationShare.objects.select_related("place__area", "place__action_area")
    shares = shares.defer("place__area__geometry", "place__action_area__geometry")
    allocations = Allocation.objects.select_related("project").prefetch_related("entries", Prefetch("shares", shares))
    return (
        Fund.objects.filter(year=year)
        .select_related("funder", "source", "paper", "part_of", "action_area__area")
        .defer("action_area__geometry", "action_area__area__geometry")
        .prefetch_related("changes", "carried_in", "carried_out", Prefetch("allocations", allocations))
        .order_by("kind", "name", "action_area__area__code")
    )


def _until(rows: Iterable[FundChange | CarryOver], on: datetime.date) -> Decimal:
    return sum((row.amount for row in rows if row.day <= on), NOTHING)


def _fund_line(fund: Fund, on: datetime.date) -> FundLine:
    carried_in, carried_out = _until(fund.carried_in.all(), on), _until(fund.carried_out.all(), on)
    allocations = list(fund.allocations.all())
    return FundLine(
        fund=fund,
        volume=_until(fund.changes.all(), on) + carried_in - carried_out if fund.volume_is_known else None,
        carried_in=carried_in,
        carried_out=carried_out,
        used=sum((money_of(a.entries.all(), on) for a in allocations), Money()),
        projects=len(allocations),
    )


def _lines(funds: Iterable[Fund], on: datetime.date) -> list[Line]:
    return [
        Line(fund.slug, a.project.slug, money_of(a.entries.all(), on).granted)
        for fund in funds
        for a in fund.allocations.all()
    ]


def _by_place(funds: Iterable[Fund], on: datetime.date) -> tuple[tuple[str, Decimal], ...]:
    """Approved money by place, largest first; money that is not divided stands under the empty name."""
    found: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for fund in funds:
        for allocation in fund.allocations.all():
            granted = money_of(allocation.entries.all(), on).granted
            shares = {str(share.place): share.weight for share in allocation.shares.all()}
            for name, amount in (split_exactly(granted, shares) if shares else {"": granted}).items():
                found[name] += amount
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
