"""Versions of action programmes: publishing one, and beginning the next."""

import datetime

from django.db import transaction
from django.db.models import Max

from actionplan.models import ActionProgramme, ProgrammeVersion

from .booking import told_in_words

_PARTS = ("goals", "measures", "milestones")


class ProgrammeError(Exception):
    """What cannot be done with a programme; the text is for the person who tried."""


def publish_version(*, version: ProgrammeVersion, day: datetime.date) -> ProgrammeVersion:
    """Show a version to the public from a day on, for ever. Raises `ProgrammeError` with the database's sentence."""
    version.published_on = day
    try:
        with told_in_words(ProgrammeError):
            version.save(update_fields=["published_on"])
    except ProgrammeError:
        version.published_on = None
        raise
    return version


@transaction.atomic
def begin_version(*, programme: ActionProgramme, like: ProgrammeVersion | None = None) -> ProgrammeVersion:
    """A further draft version; with everything that stands in `like`, the note on what is new left empty."""
    programme = ActionProgramme.objects.select_for_update().get(pk=programme.pk)
    newest = programme.versions.aggregate(newest=Max("number"))["newest"] or 0
    texts = {name: getattr(like, name) for name in ("needs", "strengths", "review")} if like else {}
    made = ProgrammeVersion.objects.create(programme=programme, number=newest + 1, **texts)
    for name in _PARTS if like else ():
        for row in getattr(like, name).all():
            row.pk, row._state.adding, row.version = None, True, made
            row.save()
    return made
