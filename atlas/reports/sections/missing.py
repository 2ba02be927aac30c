"""Indicators of the catalogue that have no values: one table instead of empty pages."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Row, RowGroup, Table
from atlas.reports.sections.maps import known_level, shown_indicators
from atlas.reports.sections.reading import LEVEL
from atlas.reports.sections.section import Making, Section
from indicators.models import Indicator

LABEL = gettext_lazy("Indikatoren ohne Karte")


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    level = known_level(LABEL, part.options)
    shown = set(shown_indicators(making, level.slug).values_list("pk", flat=True))
    groups: dict[str, list[Row]] = {}
    for indicator in Indicator.objects.for_lists().order_by("dimension__order", "order", "name"):
        if indicator.pk not in shown:
            known = indicator.current_edition_id is not None
            why = _("nur auf anderen Ebenen") if known else _("noch nichts veröffentlicht")
            groups.setdefault(indicator.dimension.label, []).append(Row((Cell(indicator.label), Cell(why))))
    if not groups:
        return ()
    return (
        Table(
            name=str(LABEL),
            caption=_("Was im Katalog steht und für %(areas)s keine Werte hat") % {"areas": level.label_plural},
            columns=(Column(_("Indikator"), "text", 3), Column(_("Warum"), "text", 2)),
            groups=tuple(RowGroup(title, tuple(rows)) for title, rows in groups.items()),
            dense=True,
        ),
    )


SECTION = Section(
    "missing",
    LABEL,
    gettext_lazy("Indikatoren des Katalogs, die auf der Ebene keine Werte haben."),
    _build,
    (LEVEL,),
)
