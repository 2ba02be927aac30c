"""Who belongs to the plan on the day, since when and by which decision."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplan.models import ActionArea
from actionplan.selectors.project_lines import project_lines
from areas.models import AreaLevel
from atlas.reports.amounts import count_cell
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Row,
    RowGroup,
    Table,
    Text,
    runs,
)
from atlas.reports.drawings import styled
from atlas.reports.sections.section import Making, Section
from atlas.reports.sections.shown import show_boundaries, show_sources_of
from atlas.selectors.actionplan import first_day, plan_on

LABEL = gettext_lazy("Der Aktionsplan am Stichtag")
MAP_WIDTH = 66  # mm
MAP_STYLE = (
    "path{fill:#e1e9e7;stroke:#ffffff;stroke-width:.9;stroke-linejoin:round}.is-plan{fill:#f0c9a0}"
    ".thumbnail__lines{fill:none;stroke:#c2410c;stroke-width:4.5;stroke-linejoin:round}"
    ".is-quarter{fill:#c2410c;stroke:#ffffff;stroke-width:.6}"
)
Kind = ActionArea.Kind


def since_words(member: ActionArea) -> str:
    """Since when a membership holds, as exactly as it is known."""
    first = member.valid.lower
    return date_format(first, "SHORT_DATE_FORMAT") if member.start_is_exact else str(first.year)


def _build(_part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    members = list(
        ActionArea.objects.in_force(making.day)
        .select_related("area__level", "area__parent", "paper")
        .defer("geometry", "area__geometry", "area__parent__geometry")
        .order_by("area__code", "pk")
    )
    if not members:
        return ()
    show_sources_of(making, members)
    areas = [member for member in members if member.kind == Kind.ACTION_AREA]
    quarters = [member for member in members if member.kind == Kind.ACTION_QUARTER]
    plan = plan_on(making.day, earliest=first_day())
    letters = plan.letters if plan.map else {}
    areas, quarters = _by_letter(areas, plan.letters), _by_letter(quarters, plan.letters)
    picture = _map(plan.map, letters, areas, quarters) if plan.map else None
    if picture:
        show_boundaries(making, AreaLevel.objects.get(is_reporting=True))
    main = (Paragraph(runs(_lead(making, areas, quarters)), "lead"), *_decisions(members))
    top = (Beside(main, (picture,), 0.4),) if picture else main
    return (*top, KeyFigures(_counts(making, areas, quarters)), _table(areas, quarters, letters))


def _by_letter(members: Sequence[ActionArea], letters: Mapping[int, str]) -> list[ActionArea]:
    """In the order of the letters on the map: A, B, …, Z, AA."""
    return sorted(members, key=lambda member: (len(letters[member.pk]), letters[member.pk]))


def _lead(making: Making, areas: Sequence[ActionArea], quarters: Sequence[ActionArea]) -> str:
    said = {"day": date_format(making.day, "DATE_FORMAT"), "areas": len(areas), "quarters": len(quarters)}
    text = ngettext(
        "Am %(day)s gehört %(areas)d Aktionsraum zum Plan",
        "Am %(day)s gehören %(areas)d Aktionsräume zum Plan",
        len(areas),
    )
    if not quarters:
        return f"{text % said}."
    more = ngettext(", dazu %(quarters)d Aktionsquartier.", ", dazu %(quarters)d Aktionsquartiere.", len(quarters))
    return text % said + more % said


def _decisions(members: Sequence[ActionArea]) -> tuple[Block, ...]:
    """By which decisions they joined, the oldest first."""
    found = dict.fromkeys((since_words(m), m.decision) for m in sorted(members, key=lambda m: (m.valid.lower, m.pk)))
    return tuple(Paragraph(runs(Text(f"{since} ", strong=True), Text(said, language="de"))) for since, said in found)


def _counts(making: Making, areas: Sequence[ActionArea], quarters: Sequence[ActionArea]) -> tuple[KeyFigure, ...]:
    lines = project_lines(on=making.day)
    going = [line for line in lines if not line.is_over(making.day)]
    figures = [KeyFigure(_("Aktionsräume"), count_cell(len(areas)).text, _("ganze Sozialräume"))]
    if quarters:
        figures.append(KeyFigure(_("Aktionsquartiere"), count_cell(len(quarters)).text, _("Teile von Sozialräumen")))
    if lines:
        note = _("eingetragen, bis zum Stichtag begonnen")
        figures.append(KeyFigure(_("Projekte"), count_cell(len(lines)).text, note))
        note = _("von keinem ist bekannt, dass es beendet ist")
        figures.append(KeyFigure(_("davon offen"), count_cell(len(going)).text, note))
    return tuple(figures)


def _table(areas: Sequence[ActionArea], quarters: Sequence[ActionArea], letters: Mapping[int, str]) -> Table:
    """All members; those of a map with the `letters` that stand on it."""
    groups = ((_("Aktionsräume"), areas), (_("Aktionsquartiere"), quarters))
    return Table(
        name=_("Gebiete im Plan"),
        caption=_("Gebiete im Aktionsplan"),
        columns=(
            Column(_("Gebiet"), "text", 30),
            *([Column(_("Karte"), "text", 7)] if letters else []),
            Column(_("Liegt in"), "text", 24),
            Column(_("Im Plan seit"), "text", 14),
            Column(_("Drucksache"), "text", 32),
        ),
        groups=tuple(RowGroup(title, tuple(_row(m, letters) for m in members)) for title, members in groups if members),
        dense=True,
    )


def _row(member: ActionArea, letters: Mapping[int, str]) -> Row:
    area = member.area
    is_quarter = member.kind == Kind.ACTION_QUARTER
    inside = area.name if is_quarter else area.parent.name if area.parent else ""
    code = "" if is_quarter else area.code
    on_map = [Cell(letters[member.pk])] if letters else []
    paper = Cell(paper_words(member.paper))
    return Row((Cell(member.name, note=code), *on_map, Cell(inside), Cell(since_words(member)), paper))


def paper_words(paper) -> str:
    """Number and day of a paper; its title where it has no number; "" for None."""
    if paper is None:
        return ""
    words = {"number": paper.number or paper.title, "day": date_format(paper.day, "SHORT_DATE_FORMAT")}
    return _("%(number)s vom %(day)s") % words


def _map(svg: str, letters: Mapping[int, str], areas: Sequence[ActionArea], quarters: Sequence[ActionArea]) -> Picture:
    """The map of the plan's first page."""

    def named(members: Sequence[ActionArea]) -> str:
        return ", ".join(f"{letters[member.pk]} {member.name}" for member in members)

    said = _("Karte der Stadt. Aktionsräume: %(areas)s.") % {"areas": named(areas) or "–"}
    if quarters:
        said += " " + _("Aktionsquartiere: %(names)s.") % {"names": named(quarters)}
    caption = _("Hell: Aktionsräume, dunkel: Aktionsquartiere") if quarters else _("Aktionsräume")
    caption += ". " + _("Welcher Buchstabe welches Gebiet ist, steht in der Tabelle.")
    return styled(svg, MAP_STYLE, width=MAP_WIDTH, alternative=said, name="aktionsplan", caption=caption)


SECTION = Section(
    "plan_state",
    LABEL,
    gettext_lazy("Welche Aktionsräume und Aktionsquartiere dazu gehören, seit wann und durch welchen Beschluss."),
    _build,
    own_page=False,
)
