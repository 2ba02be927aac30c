"""The typology: groups of areas that are alike, what marks them, and who changed the group."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.asked import AskedWrongly
from atlas.reports.amounts import count_cell
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    RowGroup,
    Table,
    Text,
    runs,
)
from atlas.reports.sections.reading import text_in
from atlas.reports.sections.section import Making, Option, Section, wrong
from atlas.reports.sections.shown import show
from atlas.reports.sections.small_maps import classed_map, members_said, shades_of, swatch_cell
from atlas.selectors.results import NothingStored
from atlas.selectors.typology import TypologyPage, typology_page

LABEL = gettext_lazy("Gebiete, die sich ähneln")
TYPOLOGY = Option("typology", gettext_lazy("Typologie"), "text", hint=gettext_lazy("Leer: die erste"))


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    asked = text_in(part.options, "typology")
    try:
        page = typology_page({"stand": making.stand.asked, **({"typologie": asked} if asked else {})})
    except NothingStored:
        return ()
    except AskedWrongly as error:
        raise wrong(LABEL, TYPOLOGY.label, asked, ", ".join(error.expected)) from error
    for indicator in page.indicators:
        show(making, indicator)
    shades = shades_of(len(page.clusters))
    label = _("Cluster %(number)s")
    said = members_said([(label % {"number": c.label}, [a.name for a in c.areas]) for c in page.clusters])
    picture = classed_map(
        page.map,
        {f"class-{number + 1}": shade for number, shade in enumerate(shades)},
        alternative=f"{_('Karte: %(name)s.') % {'name': page.name}} {said}",
        name="typologie",
        caption=f"{page.name}, {page.chosen.period}",
    )
    main = (Paragraph(runs(page.lead), "lead"), Paragraph(runs(page.description)), Paragraph(runs(_quality(page))))
    top = (Beside(main, (picture,), 0.5),) if picture else main
    return (*top, _clusters(page, shades), _means(page), *_moves(page), *_left_out(page))


def _quality(page: TypologyPage) -> str:
    words = {"method": page.method, "explained": page.explained, "quality": page.quality}
    said = _("Gebildet nach %(method)s; die Gruppen erklären %(explained)s %% der Unterschiede. Trennung: %(quality)s.")
    return said % words


def _clusters(page: TypologyPage, shades: Sequence[str]) -> Table:
    """The most unfavourable group first."""
    rows = tuple(
        Row(
            (
                swatch_cell(_("Cluster %(number)s") % {"number": cluster.label}, shade),
                Cell(cluster.severity),
                count_cell(cluster.count),
                Cell(cluster.sentence),
                Cell(", ".join(area.name for area in cluster.areas)),
            )
        )
        for cluster, shade in reversed(list(zip(page.clusters, shades, strict=True)))
    )
    return Table(
        name=_("Cluster"),
        caption=page.name,
        columns=(
            Column(_("Cluster"), "text", 14),
            Column(_("Lage"), "text", 14),
            Column(_("Gebiete"), "number", 8),
            Column(_("Was auffällt"), "text", 32),
            Column(page.level.label_plural, "text", 32),
        ),
        groups=(RowGroup("", rows),),
        dense=True,
    )


def _means(page: TypologyPage) -> Table:
    heads = (Column(_("Cluster %(number)s") % {"number": cluster.label}, "text", 14) for cluster in page.clusters)
    rows = tuple(
        Row(
            (
                Cell(indicator.label),
                *(Cell(cluster.cells[place].mean, note=cluster.cells[place].words) for cluster in page.clusters),
            )
        )
        for place, indicator in enumerate(page.indicators)
    )
    return Table(
        name=_("Mittelwerte"),
        caption=_("Mittelwerte der Cluster, %(period)s") % {"period": page.chosen.period},
        columns=(Column(_("Indikator"), "text", 30), *heads),
        groups=(RowGroup("", rows),),
        dense=True,
    )


def _moves(page: TypologyPage) -> tuple[Block, ...]:
    """Areas that stand in another group than in the earlier period."""
    if not page.moves:
        return ()
    said = _("%(name)s: von Cluster %(before)s zu %(now)s (%(words)s)")
    moves = "; ".join(
        said % {"name": move.name, "before": move.before, "now": move.now, "words": move.words} for move in page.moves
    )
    title = _("Gewechselt seit %(period)s") % {"period": page.earlier}
    return (Paragraph(runs(Text(f"{title}: ", strong=True), moves, ".")),)


def _left_out(page: TypologyPage) -> tuple[Block, ...]:
    if not page.left_out:
        return ()
    names = "; ".join(f"{one.name} ({one.missing})" for one in page.left_out)
    return (Paragraph(runs(_("Ohne Cluster: %(names)s.") % {"names": names}), "caption"),)


SECTION = Section(
    "typology",
    LABEL,
    gettext_lazy("Gruppen ähnlicher Gebiete, was sie kennzeichnet und wer gewechselt hat."),
    _build,
    (TYPOLOGY,),
    own_page=False,
)
