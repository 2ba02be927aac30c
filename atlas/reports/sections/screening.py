"""The rule "below the average of the city": who stands out, by which conditions, beside the plan of the day."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from atlas.asked import AskedWrongly
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Column,
    Heading,
    Items,
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
from atlas.reports.sections.small_maps import classed_map, members_said, shades_of
from atlas.selectors.results import NothingStored
from atlas.selectors.screening import Group, ScreenedArea, ScreeningPage, proposal_sentence, screening_page

LABEL = gettext_lazy("Unter dem städtischen Durchschnitt")
RULE = Option("rule", gettext_lazy("Regel"), "text", hint=gettext_lazy("Leer: die erste"))
QUIET = "others"


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    asked = text_in(part.options, "rule")
    try:
        page = screening_page({"stand": making.stand.asked, **({"regel": asked} if asked else {})}, making.day)
    except NothingStored:
        return ()
    except AskedWrongly as error:
        raise wrong(LABEL, RULE.label, asked, ", ".join(error.expected)) from error
    for indicator in page.indicators:
        show(making, indicator)
    loud = [group for group in page.groups if group.word != QUIET]
    main = [Paragraph(runs(page.lead), "lead")]
    main += [Paragraph(runs(text)) for text in (proposal_sentence(page), page.description) if text]
    picture = _map(page)
    top = (Beside(tuple(main), (picture,), 0.5),) if picture else tuple(main)
    return (*top, _conditions(page), *([_areas(page, loud)] if loud else []), *_quiet(page), *_below(page))


def _map(page: ScreeningPage):
    shades = shades_of(6)
    groups = [(group.title, [area.name for area in group.areas]) for group in page.groups if group.word != QUIET]
    caption = _("Dunkel: unter dem Durchschnitt nach der Regel. Umrandet: Aktionsräume")
    return classed_map(
        page.map,
        {"class-5": shades[4], "class-1": shades[0]},
        alternative=f"{_('Karte: %(name)s.') % {'name': page.name}} {members_said(groups)}",
        name="unter-dem-durchschnitt",
        caption=caption,
    )


def _conditions(page: ScreeningPage) -> Table:
    rows = tuple(Row((Cell(one.label), Cell(one.words), Cell(one.city), Cell(one.limit))) for one in page.conditions)
    said = ngettext(
        "Ein Gebiet fällt auf, wenn es %(count)d Bedingung erfüllt.",
        "Ein Gebiet fällt auf, wenn es %(count)d Bedingungen erfüllt.",
        page.needed,
    )
    return Table(
        name=_("Bedingungen"),
        caption=_("Die Regel „%(name)s“, %(period)s") % {"name": page.name, "period": page.chosen.period},
        columns=(
            Column(_("Indikator"), "text", 32),
            Column(_("Bedingung"), "text", 36),
            Column(_("Stadt"), "text", 16),
            Column(_("Grenze"), "text", 16),
        ),
        groups=(RowGroup("", rows),),
        notes=(runs(said % {"count": page.needed}),),
        dense=True,
    )


def _areas(page: ScreeningPage, groups: Sequence[Group]) -> Table:
    heads = (Column(one.label, "text", 14) for one in page.conditions)
    return Table(
        name=_("Auffällige Gebiete nach der Regel"),
        caption=_("Gebiete nach der Regel und dem Aktionsplan"),
        columns=(Column(page.level.label, "text", 30), *heads),
        groups=tuple(RowGroup(group.title, tuple(_area(area) for area in group.areas)) for group in groups),
        dense=True,
    )


def _area(area: ScreenedArea) -> Row:
    """With one condition the group says whether it is met; with several each cell does."""
    several = len(area.reasons) > 1
    cells = (Cell(one.cell, note=one.words if several else "") for one in area.reasons)
    return Row((Cell(area.name, note=area.code), *cells))


def _quiet(page: ScreeningPage) -> tuple[Block, ...]:
    names = [area.name for group in page.groups if group.word == QUIET for area in group.areas]
    if not names:
        return ()
    return (Paragraph(runs(Text(_("Unauffällig: "), strong=True), ", ".join(sorted(names)), ".")),)


def _below(page: ScreeningPage) -> tuple[Block, ...]:
    """Small areas that stand out inside areas that do not."""
    if not page.below or page.lower is None:
        return ()
    inside: dict[str, list[str]] = {}
    for area in page.below:
        quarters = f" – {area.quarters}" if area.quarters else ""
        inside.setdefault(area.inside, []).append(f"{area.name}{quarters}")
    title = _("Auffällige %(levels)s in unauffälligen Gebieten") % {"levels": page.lower.label_plural}
    entries = tuple(runs(Text(f"{name}: ", strong=True), "; ".join(areas)) for name, areas in inside.items())
    return (Heading(2, title), Items(entries))


SECTION = Section(
    "screening",
    LABEL,
    gettext_lazy("Welche Gebiete nach der Regel der Stadt unter dem Durchschnitt liegen."),
    _build,
    (RULE,),
    own_page=False,
)
