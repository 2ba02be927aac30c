"""How unequal the city is, and whether alike areas lie beside each other: all indicators in one table, in short."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.asked import AskedWrongly
from atlas.pattern_words import SURE, strength
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Number, Paragraph, Row, RowGroup, Table, runs
from atlas.reports.sections.reading import LEVEL, level_in
from atlas.reports.sections.section import Making, Section
from atlas.reports.sections.shown import ESTIMATED_SIGN, show, shown_in
from atlas.selectors.inequality import InequalityEntry, inequality_overview
from atlas.selectors.patterns import pattern_overview
from indicators.statistics.spatial import HIGH, LOW

LABEL = gettext_lazy("Ungleichheit und Muster")


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    level = level_in(LABEL, part.options)
    if level is None:
        return ()
    try:
        query = {"ebene": level.slug}
        unequal, patterns = inequality_overview(query, making.stand), pattern_overview(query, making.stand)
    except AskedWrongly:  # nothing is computed on this level
        return ()
    blocks: list[Block] = []
    if unequal.entries:
        for entry in unequal.entries:
            show(making, entry.indicator)
        if any(entry.latest.content["estimated"] for entry in unequal.entries):
            shown_in(making).signs.add(ESTIMATED_SIGN)
        blocks += [Paragraph(runs(_inequality_words())), _unequal(unequal.entries, unequal.level.label_plural)]
    if patterns.entries:
        for entry in patterns.entries:
            show(making, entry.indicator)
        told = [entry for entry in patterns.entries if entry.p is not None and entry.p <= SURE]
        blocks.append(Paragraph(runs(_pattern_words(len(patterns.entries) - len(told)))))
        blocks += [_patterns(told, patterns.level.label_plural)] if told else []
    return blocks


def _inequality_words() -> str:
    return _(
        "Wie weit liegen die Gebiete der Stadt auseinander? Das unterste Zehntel der Menschen lebt in Gebieten mit "
        "Werten bis zur ersten Zahl, das oberste in Gebieten mit Werten ab der zweiten. Gini und Segregation: 0 heißt "
        "überall gleich, 1 größtmöglich ungleich."
    )


def _pattern_words(quiet: int) -> str:
    said = _(
        "Liegen ähnliche Werte nebeneinander? Morans I ist nahe 0, wo kein Muster zu sehen ist, und nahe 1, wo sich "
        "Nachbarn gleichen. Häufungen zählen Gebiete, die mit ihren Nachbarn auffällig hohe oder niedrige Werte haben."
    )
    if not quiet:
        return said
    more = ngettext(
        "Bei %(count)d weiteren Indikator ist das Muster vom Zufall nicht zu unterscheiden.",
        "Bei %(count)d weiteren Indikatoren ist das Muster vom Zufall nicht zu unterscheiden.",
        quiet,
    )
    return f"{said} {more % {'count': quiet}}"


def _unequal(entries: Sequence[InequalityEntry], levels: str) -> Table:
    return Table(
        name=_("Ungleichheit"),
        caption=_("Ungleichheit, %(levels)s, jeweils neueste Zahlen, ungleichste zuerst") % {"levels": levels},
        columns=(
            Column(_("Indikator"), "text", 40),
            Column(_("unterstes Zehntel bis"), "number", 17),
            Column(_("oberstes Zehntel ab"), "number", 17),
            Column(_("Gini"), "number", 12),
            Column(_("Segregation"), "number", 14),
        ),
        groups=(RowGroup("", tuple(_unequal_row(entry) for entry in entries)),),
        dense=True,
    )


def _unequal_row(entry: InequalityEntry) -> Row:
    content, indicator = entry.latest.content, entry.indicator
    decimals, estimated = indicator.decimals, content["estimated"]
    return Row(
        (
            Cell(indicator.label, note=entry.latest.period.code),
            _measure(content["p10"], decimals, estimated=estimated, unit=indicator.unit_label),
            _measure(content["p90"], decimals, estimated=estimated, unit=indicator.unit_label),
            _measure(content["gini"], 2, estimated=estimated),
            _measure(content["dissimilarity"], 2, estimated=estimated),
        )
    )


def _measure(value: float | None, decimals: int, *, estimated: bool, unit: str = "") -> Cell:
    """A stored measure; in brackets where it rests on estimates, empty where there is none."""
    if value is None:
        return Cell()
    number = Decimal(str(value))
    bare = numbers.format_number(number, decimals, get_language())
    before, after = ("(", ")") if estimated else ("", "")
    text = numbers.with_unit(f"{before}{bare}{after}", unit)
    return Cell(text, Number(number, decimals, before, text.removeprefix(before).removeprefix(bare)))


def _patterns(entries, levels: str) -> Table:
    return Table(
        name=_("Räumliche Muster"),
        caption=_("Räumliche Muster, %(levels)s, stärkste zuerst") % {"levels": levels},
        columns=(
            Column(_("Indikator"), "text", 38),
            Column(_("Morans I"), "number", 12),
            Column(_("Muster"), "text", 24),
            Column(_("Häufung hoher Werte"), "number", 13),
            Column(_("Häufung niedriger Werte"), "number", 13),
        ),
        groups=(RowGroup("", tuple(_pattern_row(entry) for entry in entries)),),
        dense=True,
    )


def _pattern_row(entry) -> Row:
    value = Cell()
    if entry.i is not None:
        number = Decimal(str(entry.i))
        value = Cell(numbers.format_number(number, 2, get_language()), Number(number, 2))
    counts = (_count(entry.counts, group) for group in (HIGH, LOW))
    said = strength(entry.i, entry.p, 0)
    return Row((Cell(entry.indicator.label, note=entry.period.code), value, Cell(said), *counts))


def _count(counts: Mapping[str, int], group: str) -> Cell:
    found = counts.get(group, 0)
    return Cell(str(found), Number(Decimal(found)))


SECTION = Section(
    "inequality",
    LABEL,
    gettext_lazy("Wie weit die Gebiete auseinanderliegen und ob sich Nachbarn ähneln."),
    _build,
    (LEVEL,),
    own_page=False,
)
