"""Profiles of areas as chapters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Heading, shifted
from atlas.reports.profile import profile_blocks
from atlas.reports.profile_notes import area_note_blocks
from atlas.reports.profile_sources import profile_sources
from atlas.reports.sections.section import Making, Option, Section, wrong
from atlas.reports.sections.shown import show, show_source

LABEL = gettext_lazy("Profile von Gebieten")
AREAS = Option("areas", gettext_lazy("Gebiete"), "areas", needed=True)


def _build(part: Part, making: Making) -> Sequence[Block]:
    blocks: list[Block] = []
    for text in part.options.get("areas", ()):
        level, _slash, code = str(text).partition("/")
        try:
            profile, own = profile_blocks(level, code, stand=making.stand, on=making.day)
        except Area.DoesNotExist as error:
            raise wrong(LABEL, AREAS.label, text, _("ein Gebiet wie „sozialraum/023“")) from error
        making.step(profile.area.name)
        blocks += [Heading(2, profile.area.name, opens=True), *shifted((*own, *area_note_blocks(profile)), 2)]
        for row in profile.figures.rows:
            show(making, row.indicator, [row.figure, row.city])
        for source in profile_sources(profile, making.day):
            show_source(making, source)
    return blocks


def _steps(options: Mapping[str, Any]) -> int:
    return len(options.get("areas", ()))


SECTION = Section(
    "profiles",
    LABEL,
    gettext_lazy("Was auf der Seite eines Gebiets steht, für jedes der gewählten."),
    _build,
    (AREAS,),
    _steps,
)
