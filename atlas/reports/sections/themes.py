"""Chapters about a dimension or a target group: what its indicators say on a level."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import Part
from atlas.reports.document import Block, Heading
from atlas.reports.sections.level_tables import chapter_blocks, told
from atlas.reports.sections.reading import DIMENSION, INDICATORS, LEVEL, dimension_in, indicators_in, level_in
from atlas.reports.sections.section import Making, Option, Section, wrong
from indicators.models import Indicator

DIMENSION_LABEL = gettext_lazy("Dimension")
GROUP_LABEL = gettext_lazy("Zielgruppe")
_ONLY = Option("indicators", INDICATORS.label, "indicators", hint=gettext_lazy("Leer: alle der Dimension"))
_TOLD = Option("indicators", INDICATORS.label, "indicators", needed=True)


def _dimension(part: Part, making: Making) -> Sequence[Block]:
    dimension = dimension_in(DIMENSION_LABEL, part.options)
    making.step(dimension.label)
    level = level_in(DIMENSION_LABEL, part.options)
    asked = indicators_in(DIMENSION_LABEL, part.options.get("indicators"))
    for indicator in asked:
        if indicator.dimension_id != dimension.pk:
            said = _("ein Indikator der Dimension „%(name)s“") % {"name": dimension.label}
            raise wrong(DIMENSION_LABEL, INDICATORS.label, indicator.slug, said)
    indicators = asked or Indicator.objects.filter(dimension=dimension).select_related("dimension", "source")
    if level is None:
        return ()
    blocks = chapter_blocks(told(indicators, level, making), making)
    return [Heading(2, dimension.label), *blocks] if blocks and part.title != dimension.label else blocks


def _group(part: Part, making: Making) -> Sequence[Block]:
    making.step(part.title or str(GROUP_LABEL))
    level = level_in(GROUP_LABEL, part.options)
    indicators = indicators_in(GROUP_LABEL, part.options.get("indicators"))
    return chapter_blocks(told(indicators, level, making), making) if level else ()


DIMENSION_SECTION = Section(
    "theme",
    DIMENSION_LABEL,
    gettext_lazy("Die Indikatoren einer Dimension: Sätze, Stadt, Karte, auffällige Gebiete, alle Gebiete."),
    _dimension,
    (DIMENSION, LEVEL, _ONLY),
    own_page=False,
)
GROUP = Section(
    "target_group",
    GROUP_LABEL,
    gettext_lazy("Was Indikatoren aus mehreren Dimensionen über eine Gruppe von Menschen sagen."),
    _group,
    (_TOLD, LEVEL),
    own_page=False,
)
