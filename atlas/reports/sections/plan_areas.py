"""Areas of the plan one by one: figures then and now, lines, programme, projects, money, offices, decisions, dates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import ActionArea
from actionplan.selectors.areas import AreaInPlan, area_in_plan
from areas.models import Area, AreaLevel
from atlas.profile_figures import profile_figures
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Pictures,
    Row,
    RowGroup,
    Table,
    Text,
    runs,
)
from atlas.reports.figures import change_cell, figure_cell, shaky_word
from atlas.reports.profile_maps import row_trend
from atlas.reports.sections.plan_area_facts import fact_blocks
from atlas.reports.sections.plan_state import since_words
from atlas.reports.sections.reading import PLAN_AREAS, plan_areas_in
from atlas.reports.sections.section import Making, Option, Section
from atlas.reports.sections.shown import show, show_sources_of
from atlas.selectors.plan_area import ThenAndNow, since_joining

LABEL = gettext_lazy("Entwicklung in den Aktionsräumen")
WITH_PLAN = Option("with_plan", gettext_lazy("Mit Programm, Projekten, Geld und Terminen"), "flag", default=True)
MOST_TRENDS = 3


def _build(part: Part, making: Making) -> Sequence[Block]:
    blocks: list[Block] = []
    for area in plan_areas_in(LABEL, part.options, making):
        making.step(area.name)
        try:
            found = area_in_plan(area.code, on=making.day)
        except ActionArea.DoesNotExist:
            continue
        blocks += _area(found, making, with_plan=part.options.get("with_plan", True))
    return (_reading(), *blocks) if blocks else ()


def _steps(options: Mapping[str, Any]) -> int:
    """As many as areas; all that ever belonged to the plan stand for "all on the day"."""
    chosen = options.get("areas")
    return (
        len(chosen)
        if isinstance(chosen, list | tuple) and chosen
        else ActionArea.objects.order_by().values("area__code").distinct().count()
    )


def _reading() -> Paragraph:
    """How tables and drawings of all areas are to be read, once."""
    said = (
        _(
            "Der Abstand ist der Wert hier minus den Wert der Stadt. Was sich verändert hat, sagt nicht, woran es lag: "
            "Auch ohne Aktionsplan hätte sich etwas verändert."
        ),
        _("Zahlen von damals stehen hier so, wie sie zum Beschluss festgehalten sind."),
        _("* Aus der Zeit des Beitritts kennt das Portal keine Zahlen; hier steht die früheste bekannte."),
        _("Kräftige Linie: das Gebiet.") + " " + _("Gestrichelt: die Stadt."),
        _("Jede Zeichnung hat ihren eigenen Maßstab, der nicht bei null beginnt."),
    )
    return Paragraph(runs(" ".join(said)), "caption")


def _area(found: AreaInPlan, making: Making, *, with_plan: bool) -> list[Block]:
    rows = since_joining(found.area, found.memberships, moment=making.stand.moment)
    blocks: list[Block] = [Heading(2, found.area.name), _membership(found, making)]
    if rows:
        blocks += [_then_and_now(found.area, rows, making), *_trends(found.area, rows, making)]
    else:
        said = _("Für dieses Gebiet sind die Zahlen, nach denen sich die Regeln richten, noch nicht veröffentlicht.")
        blocks.append(Paragraph(runs(said)))
    if with_plan:
        show_sources_of(making, (*found.memberships, *(fund for year in found.years for fund, _amount in year.funds)))
        blocks += fact_blocks(found, making)
    return blocks


def _membership(found: AreaInPlan, making: Making) -> Paragraph:
    """What the area is in the plan, and since when."""
    holding = found.holding(making.day)
    parts: list[Text] = []
    for member in holding or found.memberships[-1:]:
        words = {"kind": member.get_kind_display(), "name": member.name, "since": since_words(member)}
        if not holding:
            words["until"] = date_format(member.valid.upper, "SHORT_DATE_FORMAT")
            said = _("War %(kind)s von %(since)s bis %(until)s.") % words
        elif member.kind == ActionArea.Kind.ACTION_QUARTER:
            said = _("%(kind)s %(name)s seit %(since)s.") % words
        else:
            said = _("%(kind)s seit %(since)s.") % words
        parts.append(Text(f"{' ' if parts else ''}{said}", strong=True))
    return Paragraph(runs(*parts), "line")


def _then_and_now(area: Area, rows: Sequence[ThenAndNow], making: Making) -> Table:
    for row in rows:
        sides = [side for side in (row.then, row.now) if side]
        show(making, row.indicator, [figure for side in sides for figure in (side.here, side.city)])
    then = _common({f"{row.then.period.code}{'*' if row.is_earliest else ''}" for row in rows if row.then})
    now = _common({row.now.period.code for row in rows})
    return Table(
        name=area.name,
        caption=_("%(name)s und die Stadt, damals und heute") % {"name": area.name},
        columns=(
            Column(_("Indikator"), "text", 30),
            Column(f"{_('damals hier')} {then}".strip(), "number", 14),
            Column(_("damals Stadt"), "number", 10),
            Column(f"{_('heute hier')} {now}".strip(), "number", 14),
            Column(_("heute Stadt"), "number", 10),
            Column(_("Abstand damals"), "number", 11),
            Column(_("Abstand heute"), "number", 11),
        ),
        groups=(RowGroup("", tuple(_row(row, tells_then=not then, tells_now=not now) for row in rows)),),
        dense=True,
    )


def _common(periods: set[str]) -> str:
    """The one period of all rows, for the head of the column; "" where rows have to name theirs."""
    return next(iter(periods)) if len(periods) == 1 else ""


def _row(row: ThenAndNow, *, tells_then: bool, tells_now: bool) -> Row:
    indicator, then, now = row.indicator, row.then, row.now
    before = [Cell(_("nicht bekannt")), Cell(), Cell()]
    if then:
        period = f"{then.period.code}{'*' if row.is_earliest else ''}" if tells_then else ""
        corrected = _("inzwischen berichtigt")
        note = ", ".join(part for part in (period, corrected if row.here_corrected else "") if part)
        before = [
            figure_cell(then.here, indicator, note=note),
            _of_city(then.city, indicator, note=corrected if row.city_corrected else ""),
            Cell(note=_("nicht vergleichbar")) if row.is_broken else change_cell(then.distance, indicator.decimals),
        ]
    here = figure_cell(now.here, indicator, note=now.period.code if tells_now else "")
    distance = change_cell(now.distance, indicator.decimals, note=shaky_word(bool(now.here.is_shaky)))
    return Row((Cell(indicator.label), *before[:2], here, _of_city(now.city, indicator), before[2], distance))


def _of_city(figure, indicator, *, note: str = "") -> Cell:
    cell = figure_cell(figure, indicator, with_unit=False)
    return Cell(cell.text, cell.number, note=note)


def _trends(area: Area, rows: Sequence[ThenAndNow], making: Making) -> tuple[Block, ...]:
    """Lines of the indicators in the table that can be compared through time."""
    wanted = [row.indicator.pk for row in rows]
    city = Area.objects.in_force(making.day).filter(level__rank=0).defer("geometry").first()
    level = AreaLevel.objects.get(pk=area.level_id)
    figures = profile_figures(area, city=city, compared=level, moment=making.stand.moment)
    found = {row.indicator.pk: row for row in figures.rows if row.since is not None}
    chosen = [found[pk] for pk in wanted if pk in found][:MOST_TRENDS]
    if not chosen:
        return ()
    pictures = tuple(row_trend(row, area.name, name=f"{area.code}-{row.indicator.slug}") for row in chosen)
    return (Pictures(pictures),)


SECTION = Section(
    "plan_areas",
    LABEL,
    gettext_lazy("Jeder Aktionsraum für sich: Zahlen damals und heute, Projekte, Geld, Beschlüsse, Termine."),
    _build,
    (PLAN_AREAS, WITH_PLAN),
    _steps,
    own_page=False,
)
