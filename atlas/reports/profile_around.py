"""What stands around the figures of a profile: action plan, index, neighbours, places."""

from datetime import date

from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from actionplan.selectors.areas import area_in_plan
from atlas.profile import AreaProfile
from atlas.profile_page import SIMILAR_SHOWN, plan_summary
from atlas.reports.document import Block, Heading, Items, Note, Paragraph, Small, Terms, Text, runs
from atlas.selectors.similar import similar_from_rows

MOST_PLACES = 60  # named one by one; above that only their numbers
MOST_NAMES = 45


def plan_blocks(profile: AreaProfile, day: date) -> tuple[Block, ...]:
    """How the area stands to the action plan on the day of the release, with the decisions behind it."""
    entries = [entry for entry in profile.plan if entry.membership.valid.lower <= day]
    if not entries:
        return ()
    lines: list[Block] = []
    if len(entries) > 3:
        lines.append(Paragraph(runs(plan_summary(profile))))
        lines.append(Items(tuple(runs(entry.words) for entry in entries), "columns"))
    else:
        for entry in entries:
            lines.append(Paragraph(runs(Text(entry.words, strong=True), ". ", Text(entry.decision, language="de"))))
    lines += _projects(profile, day)
    return (Heading(1, _("Aktionsplan Soziale Stadt")), Note("", tuple(lines), "plan"))


def _projects(profile: AreaProfile, day: date) -> list[Block]:
    """Projects in the area, where it belongs to the plan itself."""
    if not any(entry.membership.area_id == profile.area.pk for entry in profile.plan):
        return []
    try:
        found = area_in_plan(profile.area.code, on=day)
    except ActionArea.DoesNotExist:
        return []
    if not found.projects:
        return [Paragraph(runs(_("Von keinem Projekt ist bekannt, dass es hier arbeitet.")))]
    names = tuple(runs(here.project.title) for here in found.projects)
    return [Paragraph(runs(Text(_("Projekte hier"), strong=True))), Items(names)]


def around_blocks(profile: AreaProfile) -> tuple[Block, ...]:
    """Index classes, areas around and alike; names only, as their figures stand in their own profiles."""
    entries = []
    for entry in profile.indices:
        said = entry.class_label or _("kein Indexwert") + f": {entry.reason}"
        entries.append((entry.label, runs(f"{said} ({entry.period})")))
    if profile.wholes:
        names = ", ".join(f"{area.name} ({area.level.label})" for area in profile.wholes)
        entries.append((_("Liegt in"), runs(names)))
    if profile.neighbours:
        entries.append((_("Nachbarn"), runs(", ".join(name for _code, name in profile.neighbours[:MOST_NAMES]))))
    similar = similar_from_rows(profile.area, profile.figures.rows, profile.stand, shown=SIMILAR_SHOWN).rows
    if similar:
        entries.append((_("Gebiete wie dieses"), runs(", ".join(row.name for row in similar))))
    return (Heading(1, _("Einordnung")), Small((Terms(tuple(entries), "glossary"),))) if entries else ()


def facility_blocks(profile: AreaProfile) -> tuple[Block, ...]:
    """Places of every kind, by name where they are few."""
    if not profile.facilities:
        return ()
    if profile.facility_count > MOST_PLACES:
        counts = tuple(runs(f"{_(kind.kind)}: {len(kind.places)}") for kind in profile.facilities)
        return (Heading(1, _("Einrichtungen")), Items(counts, "columns"))
    kinds = [
        (f"{_(kind.kind)} ({len(kind.places)})", runs("; ".join(_place(place) for place in kind.places)))
        for kind in profile.facilities
    ]
    return (Heading(1, _("Einrichtungen")), Small((Terms(tuple(kinds), "glossary"),)))


def _place(place) -> str:
    return f"{place.name}, {place.address}" if place.address else place.name
