"""How an area stands to the action plan: memberships of itself, of its parts and of what it lies in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib.gis.db.models.functions import Area as SurfaceOf
from django.contrib.gis.db.models.functions import Intersection
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from areas.models import Area, AreaPart
from atlas.links import area_path

# A quarter counts as lying in an area from one hectare on: its published outline is a simplified drawing that
# laps over real borders by a few metres.
MIN_OVERLAP_SQM = 10_000


@dataclass(frozen=True)
class PlanEntry:
    """A membership in the action plan that touches an area.

    `relation`: "is" (the area itself), "contains" (lies inside it), "inside" (the area lies in it), "overlaps".
    """

    membership: ActionArea
    relation: str
    is_current: bool
    area_pk: int

    @property
    def start_text(self) -> str:
        """First day in the language of the request; only the year where the day is not known."""
        start = self.membership.valid.lower
        return _written(start) if self.membership.start_is_exact else str(start.year)

    @property
    def end_text(self) -> str:
        """Day from which it no longer held; empty while it holds."""
        end = self.membership.valid.upper
        return _written(end) if end else ""

    @property
    def words(self) -> str:
        """What the area has to do with the plan, such as "Aktionsraum seit 2008"."""
        membership = self.membership
        words = {"kind": membership.get_kind_display(), "name": membership.name}
        words |= {"start": self.start_text, "end": self.end_text}
        if self.relation == "is":
            now, then = _("%(kind)s seit %(start)s"), _("War %(kind)s von %(start)s bis %(end)s")
        elif self.relation == "inside":
            now = _("Liegt im %(kind)s %(name)s, seit %(start)s")
            then = _("Lag im %(kind)s %(name)s, von %(start)s bis %(end)s")
        elif self.relation == "contains":
            now, then = _("%(kind)s %(name)s, seit %(start)s"), _("%(kind)s %(name)s, von %(start)s bis %(end)s")
        else:
            now = _("Teilweise im %(kind)s %(name)s, seit %(start)s")
            then = _("Teilweise im %(kind)s %(name)s, von %(start)s bis %(end)s")
        return (now if self.is_current else then) % words

    @property
    def decision(self) -> str:
        """By which decision it began, or ended."""
        membership = self.membership
        return membership.decision if self.is_current else membership.end_decision or membership.decision

    @property
    def url(self) -> str:
        """Profile of the Sozialraum that this is or lies in; empty on that profile itself."""
        target = self.membership.area
        return "" if target.pk == self.area_pk else area_path(target.level.slug, target.code)


def _written(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def plan_entries(area: Area, on: date | None = None) -> tuple[PlanEntry, ...]:
    """Present and past memberships that touch the area, present ones first. 3 queries."""
    on = on or timezone.localdate()
    mine = _smallest_parts([area.pk])[area.pk] or {area.pk}
    memberships = list(_touching(area, mine))
    parts = _smallest_parts([m.area_id for m in memberships])
    entries = [
        PlanEntry(m, _relation(area, mine, m, parts[m.area_id] or {m.area_id}), m.holds_on(on), area.pk)
        for m in memberships
    ]
    return tuple(sorted(entries, key=lambda entry: not entry.is_current))


def _touching(area: Area, mine: set[int]) -> list[ActionArea]:
    whole = Q(geometry__isnull=True) & (Q(area=area) | Q(area__part_links__part__in=mine))
    inside = Q(geometry__intersects=area.geometry)
    found = ActionArea.objects.filter(whole | inside).select_related("area__level").defer("area__geometry").distinct()
    found = found.annotate(shared=SurfaceOf(Intersection("geometry", area.geometry))).order_by("area__code", "valid")
    return [m for m in found if m.shared is None or m.shared.sq_m >= MIN_OVERLAP_SQM]


def _relation(area: Area, mine: set[int], membership: ActionArea, theirs: set[int]) -> str:
    if membership.kind == ActionArea.Kind.ACTION_QUARTER:
        return "contains" if theirs <= mine else "overlaps"
    if membership.area_id == area.pk:
        return "is"
    if theirs <= mine:
        return "contains"
    return "inside" if mine <= theirs else "overlaps"


def _smallest_parts(wholes: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for whole, part in AreaPart.objects.filter(whole__in=wholes).values_list("whole_id", "part_id"):
        found[whole].add(part)
    return found
