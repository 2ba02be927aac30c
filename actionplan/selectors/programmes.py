"""Action programmes as the public sees them: published versions of programmes that are no drafts."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from actionplan.models import (
    ActionArea,
    ActionProgramme,
    FieldName,
    Participation,
    ProgrammeGoal,
    ProgrammeMeasure,
    ProgrammeMilestone,
    ProgrammeVersion,
)
from areas.models import Area

from .projects import field_names


@dataclass(frozen=True)
class FieldPart:
    """What a version wants in one field of action; `name` is None for goals without a field."""

    name: FieldName | None
    goals: tuple[ProgrammeGoal, ...]
    measures: tuple[ProgrammeMeasure, ...]


@dataclass(frozen=True)
class ProgrammeDetail:
    """One programme in one of its published versions; `versions` newest first."""

    programme: ActionProgramme
    version: ProgrammeVersion
    versions: tuple[ProgrammeVersion, ...]
    parts: tuple[FieldPart, ...]
    milestones: tuple[ProgrammeMilestone, ...]
    participations: tuple[Participation, ...]

    @property
    def is_newest(self) -> bool:
        """Whether no later version is published."""
        return self.version.pk == self.versions[0].pk


def public_programmes(*, on: datetime.date) -> list[ActionProgramme]:
    """Programmes with a version published by a day, newest duration first. 1 query."""
    return list(_public(on).order_by("-valid", "title"))


def programmes_running(*, on: datetime.date) -> list[ActionProgramme]:
    """Programmes whose duration holds a day, with `number` of the version that was the newest then. 1 query."""
    newest = ProgrammeVersion.objects.filter(programme=OuterRef("pk"), published_on__lte=on).order_by("-number")
    found = _public(on).filter(valid__contains=on).annotate(number=Subquery(newest.values("number")[:1]))
    return list(found.order_by("action_area__area__code", "title"))


def programmes_of(area: Area, *, on: datetime.date) -> list[ActionProgramme]:
    """Those of a Sozialraum and of quarters in it. 1 query."""
    here = _public(on).filter(action_area__area__code=area.code, action_area__area__level=area.level)
    return list(here.order_by("-valid", "title"))


def members_without_programme(*, on: datetime.date) -> list[ActionArea]:
    """Areas and quarters that are in the plan on a day and have no public programme in force. 1 query.

    Of a day that has passed a programme that has ended since counts too: when it ended early is not recorded.
    """
    has_one = _public(on).filter(action_area=OuterRef("pk"), valid__contains=on)
    if on >= timezone.localdate():
        has_one = has_one.filter(state=ActionProgramme.State.IN_FORCE)
    found = ActionArea.objects.in_force(on).filter(~Exists(has_one)).select_related("area")
    return list(found.defer("geometry", "area__geometry").order_by("kind", "area__code"))


def programme_detail(slug: str, number: int | None, *, on: datetime.date) -> ProgrammeDetail:
    """One version (None: the newest) of a programme. 7 queries.

    Raises `ActionProgramme.DoesNotExist` or `ProgrammeVersion.DoesNotExist` for what is not public.
    """
    programme = _public(on).get(slug=slug)
    versions = tuple(programme.versions.filter(published_on__lte=on).order_by("-number"))
    version = versions[0] if number is None else next((v for v in versions if v.number == number), None)
    if version is None:
        raise ProgrammeVersion.DoesNotExist(number)
    return ProgrammeDetail(
        programme=programme,
        version=version,
        versions=versions,
        parts=_parts(version),
        milestones=tuple(version.milestones.all()),
        participations=tuple(programme.participations.order_by("begins", "slug")),
    )


def _public(on: datetime.date) -> QuerySet[ActionProgramme]:
    published = ProgrammeVersion.objects.filter(published_on__lte=on).order_by("-number")
    found = ActionProgramme.objects.exclude(state=ActionProgramme.State.DRAFT)
    found = found.filter(Exists(published.filter(programme=OuterRef("pk"))))
    found = found.select_related("action_area__area__level", "paper", "source")
    return found.defer("action_area__geometry", "action_area__area__geometry")


def _parts(version: ProgrammeVersion) -> tuple[FieldPart, ...]:
    """By field of action, named as on the day of publication; goals without a field come first. 3 queries."""
    goals = list(version.goals.all())
    measures = list(version.measures.select_related("project"))
    names: list[FieldName | None] = [None, *field_names(version.published_on)]
    parts = []
    for name in names:
        field = name.field_id if name else None
        mine = tuple(goal for goal in goals if goal.field_id == field)
        done = tuple(measure for measure in measures if measure.field_id == field)
        parts += [FieldPart(name, mine, done)] if mine or done else []
    return tuple(parts)
