"""The money of a year: which funds there were, what was approved from them, for what and where."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from actionplan.budget import NOTHING, Money, Reconciliation
from actionplan.models import Allocation, BudgetYear, BudgetYearHistory, Fund, Funder
from areas.models import Area

from .funds import FundLine, fund_lines, funds_on
from .reconciling import reconciled
from .sums import SUMS, AreaPart, money_from, parts_of_year, with_sums


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

    @property
    def each(self) -> Decimal | None:
        """What every one of them holds, where all hold the same."""
        amounts = {line.volume for line in self.lines}
        return amounts.pop() if len(amounts) == 1 else None

    @property
    def carried_in(self) -> Decimal:
        """What came over from earlier years."""
        return sum((line.carried_in for line in self.lines), NOTHING)

    @property
    def carried_out(self) -> Decimal:
        """What went over into later years."""
        return sum((line.carried_out for line in self.lines), NOTHING)

    @property
    def is_undecided(self) -> bool:
        """Whether nothing is decided about the amount of any of them."""
        return all(line.is_undecided for line in self.lines)

    @property
    def used(self) -> Money:
        """What projects got from these funds."""
        return sum((line.used for line in self.lines), Money())


@dataclass(frozen=True)
class FunderKind:
    """Money of one kind of funder. `total` leaves out funds contained in another one, and those without an amount.

    `projects` is how many got something of it; with none nothing is known of its use.
    """

    label: str
    total: Decimal
    is_about: bool
    has_unknown: bool
    used: Money
    projects: int


@dataclass(frozen=True)
class AreaMoney:
    """What falls to one area of the money that is divided among areas, in euros; `spent` is None where no payment is
    recorded."""

    area: Area
    granted: Decimal
    spent: Decimal | None


@dataclass(frozen=True)
class Reopening:
    """A year that was closed since a day was opened again on another one."""

    closed_on: datetime.date
    opened_on: datetime.date


@dataclass(frozen=True)
class YearMoney:
    """All funds of one year. `total` leaves out funds that are contained in another one.

    `by_area`: largest first, areas that got nothing are not in it; `undivided`: approved for projects whose money
    nobody divided among areas.
    """

    year: int
    groups: tuple[FundGroup, ...]
    total: Decimal
    is_about: bool
    has_unknown: bool
    used: Money
    projects: int
    by_funder: tuple[FunderKind, ...]
    by_area: tuple[AreaMoney, ...]
    locked_on: datetime.date | None
    reopened: tuple["Reopening", ...]
    reconciled: Reconciliation

    @property
    def undivided(self) -> Decimal:
        """Approved money that is not divided among areas."""
        return self.used.granted - sum((part.granted for part in self.by_area), NOTHING)

    @property
    def undivided_spent(self) -> Decimal:
        """Paid money that is not divided among areas."""
        return self.used.spent - sum((part.spent or NOTHING for part in self.by_area), NOTHING)


@dataclass(frozen=True)
class YearTotal:
    """All money of a year, in euros, without funds that are contained in another one."""

    year: int
    total: Decimal
    is_about: bool
    has_unknown: bool


@dataclass(frozen=True)
class Totals:
    """Money by year, newest first, and of all these years together. Years that nobody documented are missing."""

    years: tuple[YearTotal, ...]
    total: Decimal
    is_about: bool


def money_so_far(*, on: datetime.date) -> Totals:
    """The money of the years up to a day, as it stood on that day. 1 query."""
    funds = fund_lines(funds_on(on).filter(year__lte=on.year), {})
    lines = [line for line in funds if line.fund.part_of_id is None and not line.is_undecided]
    years = []
    for year in sorted({line.fund.year for line in lines if line.volume is not None}, reverse=True):
        mine = [line for line in lines if line.fund.year == year]
        about = any(line.fund.is_about for line in mine)
        years.append(YearTotal(year, total_of(mine), about, any(line.volume is None for line in mine)))
    return Totals(tuple(years), total_of(lines), is_about=any(year.is_about for year in years))


def years_with_money() -> list[int]:
    """Years of which funds are recorded, newest first. 1 query."""
    return list(Fund.objects.order_by("-year").values_list("year", flat=True).distinct())


def year_money(year: int, *, on: datetime.date) -> YearMoney:
    """The money of a year as it stood at the end of a day. 7 queries, whatever the number of funds and bookings."""
    given = _given(year, on)
    lines = fund_lines(funds_on(on).filter(year=year), given)
    parts = parts_of_year(year, on)
    top = [line for line in lines if line.fund.part_of_id is None]
    locked = BudgetYear.objects.filter(year=year, locked_on__lte=on).first()
    return YearMoney(
        year=year,
        groups=_groups(lines),
        total=total_of(top),
        is_about=any(line.fund.is_about for line in top),
        has_unknown=any(line.volume is None for line in top),
        used=sum((line.used for line in lines), Money()),
        projects=len({project for allocations in given.values() for project, _money in allocations}),
        by_funder=_by_funder(lines),
        by_area=_by_area(parts),
        locked_on=locked.locked_on if locked else None,
        reopened=_reopened(year),
        reconciled=reconciled(year, on=on, lines=lines, parts=parts),
    )


def _reopened(year: int) -> tuple[Reopening, ...]:
    """When a closed year was opened again, the first time first. 1 query, and one more where it ever was changed."""
    before = list(BudgetYearHistory.objects.filter(year=year).order_by("pgh_created_at", "pgh_id"))
    if not before:
        return ()
    now = BudgetYear.objects.filter(year=year).values_list("locked_on", flat=True).first()
    after = [*(row.locked_on for row in before[1:]), now]
    return tuple(
        Reopening(row.locked_on, timezone.localdate(row.pgh_created_at))
        for row, then in zip(before, after, strict=True)
        if row.locked_on and not then
    )


def total_of(lines: Iterable[FundLine]) -> Decimal:
    """Sum of the known amounts; where one of them is rounded, to three digits, because more would be pretended."""
    known = [line for line in lines if line.volume is not None]
    total = sum((line.volume for line in known), NOTHING)
    if any(line.fund.is_about for line in known) and total:
        return round(total, 2 - total.adjusted()).quantize(NOTHING)
    return total


def _given(year: int, on: datetime.date) -> dict[int, list[tuple[int, Money]]]:
    """By fund: projects (keys) and what they got. 1 query."""
    found: dict[int, list[tuple[int, Money]]] = defaultdict(list)
    rows = with_sums(Allocation.objects.filter(fund__year=year), on).order_by("pk")
    for fund, project, *sums in rows.values_list("fund", "project", *SUMS):
        found[fund].append((project, money_from(sums)))
    return found


def _groups(lines: Iterable[FundLine]) -> tuple[FundGroup, ...]:
    groups: dict[tuple, FundGroup] = {}
    for line in lines:
        key = (line.fund.kind, line.fund.name)
        groups.setdefault(key, FundGroup(line.fund.name, line.fund.kind)).lines.append(line)
    return tuple(groups.values())


def _by_funder(lines: Sequence[FundLine]) -> tuple[FunderKind, ...]:
    found = []
    for kind, label in Funder.Kind.choices:
        of_kind = [line for line in lines if line.fund.funder.kind == kind]
        top = [line for line in of_kind if line.fund.part_of_id is None]
        if of_kind:
            used = sum((line.used for line in of_kind), Money())
            about, unknown = any(x.fund.is_about for x in top), any(x.volume is None for x in top)
            projects = sum(line.projects for line in of_kind)
            found.append(FunderKind(label, total_of(top), about, unknown, used, projects))
    return tuple(found)


def _by_area(parts: Sequence[AreaPart]) -> tuple[AreaMoney, ...]:
    """Versions of an area through time are one area here. 1 query."""
    known = Area.objects.select_related("level").defer("geometry").in_bulk([part.area for part in parts])
    sums: dict[tuple, list] = {}
    for part in parts:
        area = known[part.area]
        one = sums.setdefault((area.level_id, area.code), [area, NOTHING, None])
        one[1] += part.granted or NOTHING
        if part.spent is not None:
            one[2] = (one[2] or NOTHING) + part.spent
    found = [AreaMoney(*one) for one in sums.values() if one[1] or one[2]]
    return tuple(sorted(found, key=lambda one: (-one.granted, one.area.code)))
