"""The projects of the plan on the day, by area or by field of action."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan.budget import Money
from actionplan.models import Project
from actionplan.selectors.project_lines import ProjectLine, project_lines
from atlas.reports.amounts import euro_cell
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Paragraph, Row, RowGroup, Table, runs
from atlas.reports.sections.reading import areas_in, text_in
from atlas.reports.sections.section import Making, Option, Section, wrong
from atlas.reports.sections.shown import show_sources_of
from atlas.templatetags.plan import days_of

LABEL = gettext_lazy("Projekte")
AREAS = Option("areas", gettext_lazy("Gebiete"), "areas", hint=gettext_lazy("Leer: alle Projekte"))
ORDERS = (("area", gettext_lazy("nach Gebieten")), ("field", gettext_lazy("nach Handlungsfeldern")))
ORDER = Option("order", gettext_lazy("Gliederung"), "choice", choices=ORDERS, default="area")
OPEN = Option("open_only", gettext_lazy("Nur Projekte, die nicht beendet sind"), "flag", default=False)
MOST_TITLE = 160  # letters, as many as a title has


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    order = text_in(part.options, "order") or "area"
    if order not in dict(ORDERS):
        raise wrong(LABEL, ORDER.label, order, ", ".join(dict(ORDERS)))
    areas = areas_in(LABEL, AREAS.label, part.options.get("areas"), making.day)
    lines = project_lines(on=making.day, codes=[area.code for area in areas] or None, wide=not areas)
    if part.options.get("open_only"):
        lines = [line for line in lines if not line.is_over(making.day)]
    if not lines:
        return ()
    groups = _by_field(lines) if order == "field" else _by_area(lines, {area.code for area in areas})
    return (
        Paragraph(runs(_lead(lines, making, [area.name for area in areas])), "lead"),
        projects_table(groups, making),
    )


def _lead(lines: Sequence[ProjectLine], making: Making, chosen: Sequence[str]) -> str:
    """How many there are; `chosen` are the names of the areas that were asked for, none for the whole plan."""
    words = {"count": len(lines), "day": date_format(making.day, "DATE_FORMAT"), "areas": ", ".join(chosen)}
    if chosen:
        text = ngettext(
            "Für %(areas)s ist bis zum %(day)s %(count)d Projekt eingetragen; stadtweite zählen hier nicht mit.",
            "Für %(areas)s sind bis zum %(day)s %(count)d Projekte eingetragen; stadtweite zählen hier nicht mit.",
            len(lines),
        )
    else:
        text = ngettext(
            "%(count)d Projekt ist bis zum %(day)s eingetragen.",
            "%(count)d Projekte sind bis zum %(day)s eingetragen.",
            len(lines),
        )
    said = text % words
    unknown = sum(line.state is None for line in lines)
    if not unknown:
        return said
    more = ngettext(
        "Von %(count)d davon ist nicht bekannt, in welchem Zustand es ist.",
        "Von %(count)d davon ist nicht bekannt, in welchem Zustand sie sind.",
        unknown,
    )
    return f"{said} {more % {'count': unknown}}"


def _by_area(lines: Sequence[ProjectLine], chosen: set[str]) -> list[tuple[str, list[ProjectLine]]]:
    """Each project once: those of one area below its name, then those of several, the whole city, nobody knows."""
    found: dict[tuple, list[ProjectLine]] = defaultdict(list)
    for line in lines:
        mine = [area for area in line.areas if not chosen or area.code in chosen]
        if line.project.reach == Project.Reach.CITY:
            key = (2, "", _("Stadtweit"))
        elif not mine:
            key = (3, "", _("Gebiet nicht bekannt"))
        elif len(mine) > 1:
            key = (1, "", _("In mehreren Gebieten"))
        else:
            key = (0, mine[0].code, mine[0].name)
        found[key].append(line)
    return [(key[2], found[key]) for key in sorted(found)]


def _by_field(lines: Sequence[ProjectLine]) -> list[tuple[str, list[ProjectLine]]]:
    found: dict[tuple, list[ProjectLine]] = defaultdict(list)
    for line in lines:
        if not line.fields:
            key = (2, 0, _("Handlungsfeld nicht bekannt"))
        elif len(line.fields) > 1:
            key = (1, 0, _("In mehreren Handlungsfeldern"))
        else:
            key = (0, line.fields[0].field.order, line.fields[0].label)
        found[key].append(line)
    return [(key[2], found[key]) for key in sorted(found)]


def projects_table(groups: Sequence[tuple[str, Sequence[ProjectLine]]], making: Making, *, caption: str = "") -> Table:
    """Projects in groups, with a sum where money is booked; columns that would stay empty are left out."""
    lines = [line for _title, mine in groups for line in mine]
    show_sources_of(making, (line.project for line in lines))
    has_money = any(line.has_money for line in lines)
    columns = [
        Column(_("Projekt"), "text", 40),
        Column(_("Träger"), "text", 20),
        Column(_("Zustand"), "text", 17),
        Column(_("Zeit"), "text", 19),
    ]
    if has_money:
        columns = [
            *(Column(c.label, c.kind, width) for c, width in zip(columns, (32, 17, 14, 15), strict=True)),
            Column(_("bewilligt"), "number", 12),
            Column(_("ausgezahlt"), "number", 12),
        ]
    made = [RowGroup(title, tuple(_row(line, has_money=has_money) for line in mine)) for title, mine in groups]
    if has_money:
        total = sum((line.money for line in lines), Money())
        cells = (Cell(_("Zusammen")), Cell(), Cell(), Cell(), euro_cell(total.granted), euro_cell(total.spent))
        made.append(RowGroup("", (Row(cells, is_total=True),)))
    words = {"day": date_format(making.day, "DATE_FORMAT")}
    money = _("Geld in Euro, alle Jahre bis zum Stichtag.")
    return Table(
        name=_("Projekte"),
        caption=caption or _("Projekte des Aktionsplans, Stand %(day)s") % words,
        columns=tuple(columns),
        groups=tuple(made),
        notes=(runs(money),) if has_money else (),
        dense=True,
    )


def _row(line: ProjectLine, *, has_money: bool) -> Row:
    project, state = line.project, line.state
    several = ", ".join(area.name for area in line.areas) if len(line.areas) > 1 else ""
    since = ""
    if state is not None:
        since = date_format(state.day, "SHORT_DATE_FORMAT") if state.day_is_exact else str(state.day.year)
        since = _("seit %(day)s") % {"day": since}
    cells = [
        Cell(project.title, note=several),
        Cell(project.carrier),
        Cell(str(state.get_state_display()) if state else _("nicht bekannt"), note=since),
        Cell(project.dates_note or days_of(project)),
    ]
    if has_money:
        amounts = (line.money.granted, line.money.spent) if line.has_money else (None, None)
        cells += [euro_cell(amount) for amount in amounts]
    return Row(tuple(cells))


SECTION = Section(
    "plan_projects",
    LABEL,
    gettext_lazy("Die Projekte am Stichtag mit Zustand, Zeit, Träger und Geld."),
    _build,
    (AREAS, ORDER, OPEN),
    own_page=False,
)
