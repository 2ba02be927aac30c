"""The tables of a profile: every figure of the area, and the same indicators for its parts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from areas.models import Area
from atlas.profile import AreaGroup, AreaProfile
from atlas.profile_rows import ProfileRow
from atlas.reports.document import Block, Cell, Column, Heading, Number, Row, RowGroup, Table, Text, runs
from atlas.reports.figures import change_cell, figure_cell, shaky_word, strip_of
from indicators.models import Figure
from indicators.standing import editions_at

MOST_PARTS = 62  # rows of the table of parts
PART_COLUMNS = 5  # indicators in it
STRIP_COLUMN = 40  # mm of the 178 of a page, as all widths of the table of figures: the drawing and what is left free


def figures_table(profile: AreaProfile) -> Table:
    """Value, city, rank, position and change of every indicator, by dimension."""
    since = profile.figures.since
    change = _("Veränderung seit %(period)s") % {"period": since} if since else _("Veränderung")
    compared = [] if profile.is_city else [Column(_("Stadt"), "number", 15), Column(_("Rang"), "number", 16)]
    own = _("Stadt") if profile.is_city else _("Hier")
    return Table(
        name=_("Kennwerte"),
        caption=_("Kennwerte für %(name)s") % {"name": profile.area.name},
        columns=(
            Column(_("Indikator"), "text", 60 if compared else 91),
            Column(own, "number", 26),
            *compared,
            Column(_("Lage unter allen Gebieten"), "drawing", STRIP_COLUMN),
            Column(change, "number", 21),
        ),
        groups=tuple(
            RowGroup(group.dimension.label, tuple(_row(profile, row) for row in group.rows))
            for group in profile.figures.groups
        ),
        notes=(_legend(profile),),
        dense=True,
    )


def _row(profile: AreaProfile, row: ProfileRow) -> Row:
    figure, indicator = row.figure, row.indicator
    label = f"{indicator.label} ({row.period.code})" if row.period_differs else indicator.label
    own = figure_cell(figure, indicator)
    shaky = shaky_word(bool(figure and figure.is_shaky))
    own = Cell(own.text, own.number, " ".join(part for part in (own.note, shaky) if part))
    compared = []
    if not profile.is_city:
        of_city = Cell() if indicator.is_count else figure_cell(row.city, indicator, with_unit=False)
        compared = [of_city, rank_cell(figure)]
    return Row((Cell(label), own, *compared, Cell(drawing=strip_of(row)), _change(profile, row)))


def rank_cell(figure: Figure | None) -> Cell:
    """The rank among how many."""
    if figure is None or not figure.rank:
        return Cell()
    text = _("%(rank)s. von %(count)s") % {"rank": figure.rank, "count": figure.rank_of}
    return Cell(text, Number(figure.rank, 0, after=text.removeprefix(str(figure.rank))))


def _change(profile: AreaProfile, row: ProfileRow) -> Cell:
    if row.since is None:
        broken = row.series_break or row.other_extent or (profile.recut and row.figure)
        return Cell(note=_("nicht vergleichbar")) if broken else Cell()
    note = shaky_word(row.change_is_shaky)
    if row.since.code != profile.figures.since:
        note = " ".join(part for part in (_("seit %(period)s") % {"period": row.since.code}, note) if part)
    return change_cell(row.change, row.indicator.decimals, note=note)


def _legend(profile: AreaProfile) -> tuple[Text, ...]:
    words = {"level": profile.compared.label}
    parts = [] if profile.is_city else [_("Punkt: %(name)s. ") % {"name": profile.area.name}]
    parts.append(
        _("Lage: je %(level)s ein Strich, links niedrige, rechts hohe Werte; Balken: die mittlere Hälfte; ") % words
    )
    parts.append(_("hohe Linie: die Stadt."))
    if not profile.is_city:
        parts.append(" " + _("Rang 1 ist der höchste Wert."))
    return runs("".join(parts))


def parts_blocks(profile: AreaProfile) -> tuple[Block, ...]:
    """The parts with the figures that tell most; a list of names where there are too many of them."""
    if not profile.parts:
        return ()
    group = next((g for g in reversed(profile.parts) if len(g.areas) <= MOST_PARTS), profile.parts[0])
    if len(group.areas) > MOST_PARTS:
        return ()
    table = telling_table(profile, group)
    return (Heading(1, group.level.label_plural), table) if table else ()


def telling_table(profile: AreaProfile, group: AreaGroup) -> Table | None:
    """Areas inside that of a profile with the figures that tell most; None where nothing is known of them."""
    rows = telling_rows(profile, PART_COLUMNS)
    figures = _figures_of(group.areas, rows, profile)
    rows = [row for row in rows if any((area.pk, row.indicator.pk) in figures for area in group.areas)]
    words = {"areas": group.level.label_plural, "name": profile.area.name}
    return _parts_table(profile, group, rows, figures, words) if rows else None


def telling_rows(profile: AreaProfile, most: int) -> list[ProfileRow]:
    """The rows that say most about an area, by the priority that the catalogue gives them."""
    ranked = [row for row in profile.figures.rows if "priority" in row.indicator.headline and row.figure]
    return sorted(ranked, key=lambda row: row.indicator.headline["priority"])[:most]


def _figures_of(areas: Sequence[Area], rows: Sequence[ProfileRow], profile: AreaProfile) -> dict:
    """Figures of the parts in the periods of the rows, by area and indicator. 2 queries."""
    editions = editions_at(profile.stand.moment)
    wanted = {row.indicator.pk: row.period.code for row in rows}
    found = Figure.objects.filter(
        edition__in=[editions[pk] for pk in wanted if pk in editions], area__in=areas
    ).select_related("period", "edition")
    return {
        (f.area_id, f.edition.indicator_id): f
        for f in found.defer("classes", "edition__breaks")
        if f.period.code == wanted[f.edition.indicator_id]
    }


def _parts_table(profile, group: AreaGroup, rows, figures, words) -> Table:
    heads = [Column(_head(row), "number", 14) for row in rows]
    body = [
        Row((
            Cell(area.name, note=area.code),
            *(figure_cell(figures.get((area.pk, row.indicator.pk)), row.indicator) for row in rows),
        ))
        for area in group.areas
    ]  # fmt: skip
    total = Row((Cell(profile.area.name), *(figure_cell(row.figure, row.indicator) for row in rows)), is_total=True)
    return Table(
        name=group.level.label_plural,
        caption=_("%(areas)s in %(name)s") % words,
        columns=(Column(group.level.label, "text", 30), *heads),
        groups=(RowGroup("", (*body, total)),),
        dense=True,
    )


def _head(row: ProfileRow) -> str:
    return f"{row.indicator.label} ({row.period.code})"
