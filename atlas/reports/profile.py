"""The profile of one area as a document of two to four pages: the same figures as on its page."""

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.links import area_path
from atlas.profile import AreaProfile, area_profile
from atlas.profile_headline import headline
from atlas.profile_page import inhabitants
from atlas.reports.document import (
    Beside,
    Block,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    runs,
)
from atlas.reports.figures import figure_cell
from atlas.reports.origin import NothingToReport, licence_words, origin_of, stand_of, writers_words
from atlas.reports.parts_map import parts_picture
from atlas.reports.profile_around import around_blocks, facility_blocks, plan_blocks
from atlas.reports.profile_maps import locator_picture, theme_picture, trend_blocks
from atlas.reports.profile_notes import note_blocks
from atlas.reports.profile_sources import profile_sources
from atlas.reports.profile_tables import figures_table, parts_blocks
from atlas.stand import Stand
from indicators.statuses import Status

SIDE, THEME_SIDE = 0.36, 0.54  # of the width, for the small map, and for a thematic one with its legend
PARTS_SIDE = 0.467  # for the map of the parts beside that of the city


def profile_document(level: str, code: str, *, release: str = "") -> Document:
    """The profile of an area in the state of a release, the newest for "", in the language of the request.

    About 55 queries, half of them for its two maps; the first one of a process some more.
    Raises `Area.DoesNotExist` and `NothingToReport`.
    """
    stand = stand_of(release)
    day = timezone.localdate(stand.release.published_at)
    profile, blocks = profile_blocks(level, code, stand=stand, on=day)
    area, sources = profile.area, profile_sources(profile, day)
    where = "" if profile.is_city else f"{area.level.label} {area.code}"
    return Document(
        title=area.name,
        kind=_("Profil"),
        subtitle=" · ".join(part for part in (where, _above(profile), _time(profile)) if part),
        language=get_language(),
        name=f"profil-{area.level.slug}-{area.code}",
        origin=origin_of(
            stand.release,
            area_path(level, code, stand=stand.release.slug),
            licence=licence_words(sources),
        ),
        words=writers_words(),
        blocks=(*blocks, *note_blocks(profile, blocks, sources)),
    )


def profile_blocks(level: str, code: str, *, stand: Stand, on: date) -> tuple[AreaProfile, tuple[Block, ...]]:
    """The profile of an area and its blocks without the notes at the end; `on` is the day of the action plan.

    Raises `Area.DoesNotExist` and `NothingToReport`.
    """
    profile = area_profile(level, code, stand=stand, on=on)
    if not profile.figures.rows:
        raise NothingToReport(_("Für %(name)s ist noch nichts veröffentlicht.") % {"name": profile.area.name})
    return profile, (
        *_opening(profile),
        *plan_blocks(profile, on),
        *trend_blocks(profile),
        Heading(1, _("Kennwerte")),
        figures_table(profile),
        *parts_blocks(profile),
        *around_blocks(profile),
        *facility_blocks(profile),
    )


def _above(profile: AreaProfile) -> str:
    names = [area.name for area in reversed(profile.above)]
    return ", ".join(names)


def _time(profile: AreaProfile) -> str:
    period = profile.figures.period
    return _("Zahlen für %(period)s, wo nichts anderes steht") % {"period": period} if period else ""


def _opening(profile: AreaProfile) -> tuple[Block, ...]:
    """What tells most, and where the area lies."""
    lead = headline(profile)
    main = (Paragraph(runs(lead), "lead"),) if lead else ()
    parts = parts_picture(profile)
    theme = theme_picture(profile, small=bool(parts))
    if theme and parts:
        return (*main, Beside((theme,), (parts,), PARTS_SIDE), KeyFigures(_facts(profile)))
    picture = theme or locator_picture(profile)
    top = (Beside(main, (picture,), THEME_SIDE if theme else SIDE),) if picture else main
    return (*top, KeyFigures(_facts(profile)))


def _facts(profile: AreaProfile) -> tuple[KeyFigure, ...]:
    facts = []
    top = inhabitants(profile)
    if top:
        note = f"{top.period}, {_('geschätzt')}" if top.figure.status == Status.ESTIMATED else top.period
        cell = figure_cell(top.figure, top.row.indicator, with_unit=False)
        facts.append(KeyFigure(_("Einwohner"), cell.text, note))
    surface = numbers.with_unit(numbers.format_number(profile.square_km, 2, get_language()), "km²")
    facts.append(KeyFigure(_("Fläche"), surface, _("aus der Gebietsgrenze")))
    if profile.parts:
        last = profile.parts[-1]
        facts.append(KeyFigure(last.level.label_plural, str(len(last.areas)), _("gehören dazu")))
    if profile.facility_count:
        count = numbers.format_number(profile.facility_count, 0, get_language())
        facts.append(KeyFigure(_("Einrichtungen"), count, _("Kitas, Schulen, Spielplätze")))
    return tuple(facts)
