"""The social index: classes with their areas, a map, and how it is made, in short."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.index_map import index_map
from atlas.index_rows import bars_of, classes_of, left_rows, rows_of
from atlas.reports.amounts import count_cell
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Number,
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
from atlas.selectors.indices import IndexView, NoIndex, index_view, plan_of_level, published_indices

LABEL = gettext_lazy("Sozialindex")
INDEX = Option("index", gettext_lazy("Index"), "text", hint=gettext_lazy("Kennung eines Index. Leer: alle"))


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    asked = text_in(part.options, "index")
    known = list(published_indices().order_by("indicator__order", "indicator__slug"))
    if asked and asked not in [index.indicator.slug for index in known]:
        raise wrong(LABEL, INDEX.label, asked, ", ".join(index.indicator.slug for index in known) or "–")
    blocks: list[Block] = []
    for index in known:
        if asked in ("", index.indicator.slug):
            blocks += _index(index.indicator, making)
    return blocks


def _index(indicator, making: Making) -> list[Block]:
    try:
        view = index_view(indicator, {"stand": making.stand.asked})
    except NoIndex:
        return []
    if view.stand.asked != making.stand.asked or not view.results:
        return []
    view = replace(view, plan=plan_of_level(view.level, making.day))
    show(making, indicator, [])
    for shown in view.components:
        show(making, shown.indicator)
    rows = rows_of(view, bars_of(view))
    classes = [(one.label, one.limits, [row.name for row in one.rows]) for one in classes_of(view, rows)]
    shades = shades_of(len(classes))[::-1]
    table = _classes(view, classes, shades)
    said = members_said([(label, names) for label, _limits, names in classes])
    picture = classed_map(
        index_map(view),
        {f"class-{number + 1}": shade for number, shade in enumerate(reversed(shades))},
        alternative=f"{_('Karte: %(name)s.') % {'name': indicator.label}} {said}",
        name=f"index-{indicator.slug}",
        caption=f"{indicator.label}, {view.period.label}",
    )
    top = (Beside(_method(view), (picture,), 0.5),) if picture else _method(view)
    return [Heading(2, indicator.label), *top, table, _scores(view, rows), *_left(view)]


def _method(view: IndexView) -> tuple[Block, ...]:
    """What goes into it and what it says, in short."""
    names = tuple(runs(shown.indicator.label) for shown in view.components)
    said = _("Der Index fasst diese Indikatoren zusammen; wie, steht auf der Seite über die Methoden.")
    blocks: list[Block] = [Paragraph(runs(view.indicator.explanation)), Paragraph(runs(said)), Items(names)]
    if view.has_estimates:
        blocks.append(Paragraph(runs(_("Werte in Klammern beruhen auf geschätzten Zahlen."))))
    return tuple(blocks)


def _classes(view: IndexView, classes: Sequence[tuple[str, str, list[str]]], shades: Sequence[str]) -> Table:
    rows = tuple(
        Row(
            (
                swatch_cell(label, shade, note=limits),
                count_cell(len(names)),
                Cell(", ".join(names) or "–"),
            )
        )
        for (label, limits, names), shade in zip(classes, shades, strict=True)
    )
    return Table(
        name=_("Klassen %(name)s") % {"name": view.indicator.label},
        caption=_("%(name)s: Klassen, die ungünstigste zuerst") % {"name": view.indicator.label},
        columns=(
            Column(_("Klasse"), "text", 26),
            Column(_("Gebiete"), "number", 9),
            Column(view.level.label_plural, "text", 65),
        ),
        groups=(RowGroup("", rows),),
        dense=True,
    )


def _scores(view: IndexView, rows) -> Table:
    """Every area with its score, the least favourable first, and whether its class is steady."""
    found = zip(rows, view.results, strict=True)
    return Table(
        name=view.indicator.label,
        caption=_("%(name)s: alle Gebiete") % {"name": view.indicator.label},
        columns=(
            Column(view.level.label, "text", 44),
            Column(_("Indexwert"), "number", 18),
            Column(_("In anderen Rechenwegen"), "text", 38),
        ),
        groups=(
            RowGroup(
                "",
                tuple(
                    Row(
                        (
                            Cell(row.name, note=row.code),
                            Cell(row.cell, Number(result.score, view.rules.decimals, signed=True)),
                            Cell(row.stability),
                        )
                    )
                    for row, result in found
                ),
            ),
        ),
        dense=True,
        across=2,
    )


def _left(view: IndexView) -> tuple[Block, ...]:
    left = [f"{row.name} ({row.reason})" for row in left_rows(view)]
    if not left:
        return ()
    count = numbers.format_number(len(left), 0, get_language())
    words = {"count": count, "names": "; ".join(left)}
    return (Paragraph(runs(Text(_("Ohne Indexwert (%(count)s): %(names)s.") % words)), "caption"),)


SECTION = Section(
    "index",
    LABEL,
    gettext_lazy("Klassen mit ihren Gebieten, Karte und alle Werte des Index."),
    _build,
    (INDEX,),
    own_page=False,
)
