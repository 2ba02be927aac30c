"""Who may edit what of the plan: everything, or only what lies wholly in the areas that an account is in charge of."""

from collections.abc import Iterable
from functools import singledispatch

from django.db.models import Model

from actionplan.models import ActionProgramme, AreaCharge, Participation, ProgrammeVersion, Project
from areas.models import Area

EVERY_AREA = "actionplan.edit_every_area"


def is_limited(user) -> bool:
    """Whether the account edits only its own areas. No query for the roles of a request that were read already."""
    return not user.has_perm(EVERY_AREA)


def own_areas(user) -> frozenset[int]:
    """Keys of the areas that an account is in charge of. 1 query."""
    return frozenset(AreaCharge.objects.filter(user=user).values_list("area_id", flat=True))


def areas_in_charge(user) -> list[Area]:
    """The areas that an account is in charge of, by name. 1 query."""
    found = AreaCharge.objects.filter(user=user).select_related("area__level").defer("area__geometry")
    return [charge.area for charge in found.order_by("area__name")]


def may_edit(user, record: Model | None) -> bool:
    """Whether the account may change this record: every record, or one that lies wholly in its own areas.

    What is city-wide or of unknown place lies in no area: only who edits every area may change it.
    """
    if record is None or not is_limited(user):
        return True
    touched = set(areas_of(record))
    return bool(touched) and touched <= own_areas(user)


@singledispatch
def areas_of(record: Model) -> Iterable[int]:
    """Keys of the areas in which a record lies; none for kinds that belong to no area."""
    return ()


@areas_of.register(Project)
@areas_of.register(Participation)
def _of_places(record) -> Iterable[int]:
    rows = record.places.values_list("area_id", "action_area__area_id")
    return [area or of_member for area, of_member in rows]


@areas_of.register
def _of_programme(record: ActionProgramme) -> Iterable[int]:
    return [record.action_area.area_id]


@areas_of.register
def _of_version(record: ProgrammeVersion) -> Iterable[int]:
    return [record.programme.action_area.area_id]
