"""What funds hold on a day, and what is still free in them, with the parts that they contain."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from actionplan.budget import NOTHING, Money
from actionplan.models import CarryOver, Fund, FundChange, MoneyEntry

Given = Mapping[int, Sequence[tuple[int, Money]]]


@dataclass(frozen=True)
class FundLine:
    """One fund on a day, all in euros. `volume` and `free` are None where its amount is not known or not decided yet.

    What is carried into or out of a part enters or leaves the whole as well. `used` is what projects got from the fund
    itself, `used_inside` what they got from its parts; `free` is what can still be approved, from the fund and from
    all that it is contained in.
    """

    fund: Fund
    volume: Decimal | None
    carried_in: Decimal
    carried_out: Decimal
    used: Money
    used_inside: Money
    parts: Decimal
    projects: int
    free: Decimal | None = None
    is_undecided: bool = False


def funds_on(on: datetime.date) -> QuerySet[Fund]:
    """Funds with the amounts `put_in`, `came` and `went` of themselves alone, up to and including a day."""
    changes, carried = FundChange.objects.filter(day__lte=on), CarryOver.objects.filter(day__lte=on)
    return (
        Fund.objects.select_related("funder", "source", "paper", "part_of", "action_area__area")
        .defer("action_area__geometry", "action_area__area__geometry")
        .annotate(put_in=_summed(changes, "fund"), came=_summed(carried, "into"), went=_summed(carried, "out_of"))
        .annotate(is_decided=Exists(changes.filter(fund=OuterRef("pk"))))
        .order_by("kind", "name", "action_area__area__code")
    )


def _summed(rows: QuerySet[FundChange | CarryOver], to_fund: str) -> Coalesce:
    found = rows.filter(**{to_fund: OuterRef("pk")}).order_by().values(to_fund).annotate(total=Sum("amount"))
    return Coalesce(Subquery(found.values("total")), NOTHING)


class _Tree:
    """Funds with those that contain them; all funds of their years have to be there."""

    def __init__(self, funds: Iterable[Fund]):
        self.funds = {fund.pk: fund for fund in funds}

    def up(self, fund: Fund) -> Iterable[Fund]:
        """The fund and all that it is contained in, outwards."""
        found: Fund | None = fund
        while found is not None:
            yield found
            found = self.funds.get(found.part_of_id)

    def whole_of(self, fund: Fund) -> Fund | None:
        """The next fund with a known amount that contains it."""
        return next((one for one in list(self.up(fund))[1:] if one.volume_is_known), None)


def fund_lines(funds: Iterable[Fund], given: Given) -> list[FundLine]:
    """A line for each fund of `funds_on`, in their order. `given`: by fund, projects and what they got from it."""
    tree = _Tree(funds)
    came, went, parts = (dict.fromkeys(tree.funds, NOTHING) for _n in range(3))
    used = {pk: sum((money for _project, money in given.get(pk, ())), Money()) for pk in tree.funds}
    inside = dict.fromkeys(tree.funds, Money())
    for fund in tree.funds.values():
        for above in tree.up(fund):
            came[above.pk] += fund.came
            went[above.pk] += fund.went
            if above is not fund:
                inside[above.pk] += used[fund.pk]
    volume = {
        pk: f.put_in + came[pk] - went[pk]
        for pk, f in tree.funds.items()
        if f.volume_is_known and (f.is_decided or came[pk] or went[pk])
    }
    for fund in tree.funds.values():
        whole = tree.whole_of(fund)
        if whole is not None:
            parts[whole.pk] += volume.get(fund.pk, NOTHING)
    rest = {pk: held - used[pk].granted - inside[pk].granted for pk, held in volume.items()}
    return [
        FundLine(
            fund=fund,
            volume=volume.get(pk),
            carried_in=came[pk],
            carried_out=went[pk],
            used=used[pk],
            used_inside=inside[pk],
            parts=parts[pk],
            projects=len(given.get(pk, ())),
            free=min(rest[a.pk] for a in tree.up(fund) if a.pk in rest) if pk in rest else None,
            is_undecided=fund.volume_is_known and pk not in volume,
        )
        for pk, fund in tree.funds.items()
    ]


def with_standing(funds: QuerySet[Fund], on: datetime.date) -> QuerySet[Fund]:
    """Funds with `volume_now` (euros in them, carry-overs counted) and `granted_now` (approved from them by a day).

    `free`: see `with_free`. `is_decided`: whether anything was put into it at all; a fund that is only foreseen has no
    amount.
    """
    changes, carried = FundChange.objects.filter(day__lte=on), CarryOver.objects.filter(day__lte=on)
    steps = MoneyEntry.objects.filter(
        allocation__fund=OuterRef("pk"), day__lte=on, kind__in=[MoneyEntry.Kind.APPROVED, MoneyEntry.Kind.REVISED]
    )
    granted = steps.order_by().values("allocation__fund").annotate(total=Sum("amount")).values("total")
    return with_free(funds).annotate(
        volume_now=_summed(changes, "fund") + RawSQL(_CARRIED, [on, on], _EUROS),  # noqa: S611
        granted_now=Coalesce(Subquery(granted), NOTHING),
        is_decided=Exists(changes.filter(fund=OuterRef("pk")))
        | Exists(carried.filter(Q(into=OuterRef("pk")) | Q(out_of=OuterRef("pk")))),
    )


_EUROS = DecimalField(max_digits=14, decimal_places=2)
# Carried into the fund and its parts, less what was carried out of them.
_CARRIED = """
    (WITH RECURSIVE below AS (
        SELECT w.id FROM actionplan_fund w WHERE w.id = "actionplan_fund"."id"
        UNION SELECT p.id FROM actionplan_fund p JOIN below ON p.part_of_id = below.id
    )
    SELECT COALESCE((SELECT sum(c.amount) FROM actionplan_carryover c JOIN below b ON b.id = c.into_id
                      WHERE c.day <= %s), 0.00)
         - COALESCE((SELECT sum(c.amount) FROM actionplan_carryover c JOIN below b ON b.id = c.out_of_id
                      WHERE c.day <= %s), 0.00))
"""


def with_free(funds: QuerySet[Fund]) -> QuerySet[Fund]:
    """Funds with `free`: what can still be approved (euros), from each and from all that it is contained in.

    NULL where no amount is known. It is what the journal says as a whole, whatever the day.
    """
    return funds.annotate(free=RawSQL(_FREE, [], _EUROS))  # noqa: S611


_FREE = """
    CASE WHEN "actionplan_fund"."volume_is_known" THEN (
        WITH RECURSIVE up AS (
            SELECT w.id, w.part_of_id, w.volume_is_known FROM actionplan_fund w WHERE w.id = "actionplan_fund"."id"
            UNION SELECT w.id, w.part_of_id, w.volume_is_known FROM actionplan_fund w JOIN up ON w.id = up.part_of_id
        )
        SELECT min(
            COALESCE((SELECT sum(c.amount) FROM actionplan_fundchange c WHERE c.fund_id = up.id), 0.00)
            + COALESCE((SELECT sum(c.amount) FROM actionplan_carryover c WHERE c.into_id = ANY (b.ids)), 0)
            - COALESCE((SELECT sum(c.amount) FROM actionplan_carryover c WHERE c.out_of_id = ANY (b.ids)), 0)
            - COALESCE((SELECT sum(e.amount)
                          FROM actionplan_moneyentry e JOIN actionplan_allocation a ON a.id = e.allocation_id
                         WHERE a.fund_id = ANY (b.ids) AND e.kind IN ('approved', 'revised')), 0)
        )
        FROM up CROSS JOIN LATERAL (
            WITH RECURSIVE below AS (
                SELECT up.id UNION SELECT p.id FROM actionplan_fund p JOIN below ON p.part_of_id = below.id
            ) SELECT array_agg(below.id) AS ids FROM below
        ) b WHERE up.volume_is_known
    ) END
"""
