"""What a rule "below the average" would change about the action plan."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Area as SurfaceOf
from django.contrib.gis.db.models.functions import Intersection
from django.db.models import F, Q
from django.utils import timezone

from actionplan.models import ActionArea
from areas.models import Area
from indicators.statistics.screening import Verdict

MIN_OVERLAP_SQM = 10_000  # outlines of quarters are simplified drawings that lap over real borders by a few metres


@dataclass(frozen=True)
class Proposal:
    """What a rule proposes for a day, as codes of areas in ascending order. It proposes; the council decides.

    `joins` stand out and are not in the plan, `stays` are in it, `leaves` are in it and inconspicuous; `open_members`
    are in it and cannot be judged. Areas outside the plan that cannot be judged are `open_others`.
    """

    on: datetime.date
    joins: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    open_members: tuple[str, ...] = ()
    open_others: tuple[str, ...] = ()

    @property
    def members(self) -> frozenset[str]:
        """Areas in the plan on the day."""
        return frozenset(self.stays + self.leaves + self.open_members)

    @property
    def changes_nothing(self) -> bool:
        """Whether the plan of the day is just what the rule gives."""
        return not (self.joins or self.leaves or self.open_members or self.open_others)


@dataclass(frozen=True)
class QuarterPart:
    """A quarter of the plan that lies in a small area with `share` (0 to 1) of its ground."""

    name: str
    share: float


def proposal(verdicts: Mapping[str, str], *, level: str, on: datetime.date | None = None) -> Proposal:
    """Compare what a rule says about the areas of a level with the action areas on a day (default: today). 1 query."""
    on = on or timezone.localdate()
    kind = ActionArea.Kind.ACTION_AREA
    members = ActionArea.objects.in_force(on).filter(kind=kind, area__level__slug=level)
    inside = set(members.values_list("area__code", flat=True))

    def having(verdict: Verdict, *, member: bool) -> tuple[str, ...]:
        return tuple(sorted(c for c, found in verdicts.items() if found == verdict and (c in inside) == member))

    unjudged = tuple(sorted(inside - set(verdicts)))
    return Proposal(
        on=on,
        joins=having(Verdict.STANDS_OUT, member=False),
        stays=having(Verdict.STANDS_OUT, member=True),
        leaves=having(Verdict.INCONSPICUOUS, member=True),
        open_members=tuple(sorted(having(Verdict.UNKNOWN, member=True) + unjudged)),
        open_others=having(Verdict.UNKNOWN, member=False),
    )


def quarter_parts(on: datetime.date | None = None) -> dict[str, tuple[QuarterPart, ...]]:
    """By code of a smallest area: the quarters of the plan that lie in it with at least a hectare. 1 query."""
    quarter = "whole_links__whole__action_areas"
    kind = {f"{quarter}__kind": ActionArea.Kind.ACTION_QUARTER}
    held = Q(**kind, **{f"{quarter}__valid__contains": on or timezone.localdate()})
    rows = Area.objects.in_force(on).filter(held, level__is_smallest=True).order_by("code")
    rows = rows.annotate(
        shared=SurfaceOf(Intersection("geometry", F(f"{quarter}__geometry"))),
        whole=SurfaceOf(F(f"{quarter}__geometry")),
    )
    found: dict[str, list[QuarterPart]] = defaultdict(list)
    for code, name, shared, whole in rows.values_list("code", f"{quarter}__name", "shared", "whole"):
        if shared.sq_m >= MIN_OVERLAP_SQM:
            found[code].append(QuarterPart(name, shared.sq_m / whole.sq_m))
    return {code: tuple(parts) for code, parts in found.items()}
