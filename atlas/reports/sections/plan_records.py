"""Participation in the plan, and what was decided and told about it, as lists."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Participation
from actionplan.selectors.papers import PaperEntry, paper_entries
from actionplan.selectors.participation import dates
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Row, RowGroup, Table
from atlas.reports.sections.reading import day_in
from atlas.reports.sections.section import Making, Option, Section
from atlas.reports.sections.shown import show_sources_of
from atlas.templatetags.plan_dates import participation_time

PARTICIPATION_LABEL = gettext_lazy("Beteiligung")
PAPERS_LABEL = gettext_lazy("Beschlüsse und Berichte")
FROM = Option("since", gettext_lazy("Seit"), "day", hint=gettext_lazy("Leer: alles, was eingetragen ist"))
MOST_PLACES = 4  # named one by one


def _participation(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(PARTICIPATION_LABEL))
    since = day_in(PARTICIPATION_LABEL, FROM.label, part.options.get("since"))
    found = dates(on=making.day)
    past = [event for event in found.past if since is None or event.last_day > since]
    groups = [
        RowGroup(title, tuple(_event(event) for event in events))
        for title, events in ((_("Nächste Termine"), found.coming), (_("Bisher"), past))
        if events
    ]
    if not groups:
        return ()
    show_sources_of(making, (*found.coming, *past))
    columns = (
        Column(_("Was"), "text", 34),
        Column(_("Wann"), "text", 22),
        Column(_("Wo"), "text", 24),
        Column(_("Stand"), "text", 20),
    )
    return (Table(str(PARTICIPATION_LABEL), _("Beteiligung im Aktionsplan"), columns, tuple(groups), dense=True),)


def _event(event: Participation) -> Row:
    return Row(
        (
            Cell(event.label, note=str(event.get_kind_display())),
            Cell(str(participation_time(event))),
            Cell(_where(event)),
            Cell(str(event.get_state_display())),
        )
    )


def _where(event: Participation) -> str:
    places = list(event.places.all())
    if event.reach != Participation.Reach.PLACES or not places:
        return str(event.get_reach_display())
    names = [place.name for place in places[:MOST_PLACES]]
    if len(places) > MOST_PLACES:
        names.append(_("%(count)s weitere") % {"count": len(places) - MOST_PLACES})
    return ", ".join(names)


def _papers(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(PAPERS_LABEL))
    since = day_in(PAPERS_LABEL, FROM.label, part.options.get("since"))
    entries = [e for e in paper_entries() if e.day <= making.day and (since is None or e.day > since)]
    if not entries:
        return ()
    show_sources_of(making, (entry.paper or entry.press for entry in entries))
    columns = (
        Column(_("Titel"), "text", 50),
        Column(_("Tag"), "text", 14),
        Column(_("Nummer"), "text", 14),
        Column(_("Art"), "text", 22),
    )
    rows = tuple(_paper(entry) for entry in entries)
    return (
        Table(str(PAPERS_LABEL), _("Drucksachen und Medieninformationen"), columns, (RowGroup("", rows),), dense=True),
    )


def _paper(entry: PaperEntry) -> Row:
    one = entry.paper or entry.press
    kind = str(entry.paper.get_kind_display()) if entry.paper else _("Medieninformation")
    outcome = entry.paper.outcome if entry.paper else ""
    day = date_format(entry.day, "SHORT_DATE_FORMAT")
    return Row((Cell(one.title), Cell(day), Cell(one.number), Cell(f"{kind}: {outcome}" if outcome else kind)))


PARTICIPATION = Section(
    "plan_participation",
    PARTICIPATION_LABEL,
    gettext_lazy("Was an Beteiligung war und kommt."),
    _participation,
    (FROM,),
    own_page=False,
)
PAPERS = Section(
    "plan_papers",
    PAPERS_LABEL,
    gettext_lazy("Drucksachen und Medieninformationen bis zum Stichtag."),
    _papers,
    (FROM,),
    own_page=False,
)
