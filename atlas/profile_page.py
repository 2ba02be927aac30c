"""What the profile page says beyond its figures: facts, notes, the small map, addresses."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from areas.models import Area, Source
from areas.models.area import Certainty
from atlas import numbers
from atlas.charts.locator import locator_svg
from atlas.document_links import profile_documents
from atlas.links import area_path, map_path, plan_path, similar_path, subscribe_path
from atlas.locators import coarse_drawing
from atlas.map_texts import rounding_sentence
from atlas.profile import AreaProfile
from atlas.profile_headline import headline
from atlas.profile_rows import ProfileRow
from atlas.recut import recut_sentence, recut_words
from atlas.selectors.similar import similar_from_rows
from atlas.sentences.certainty import shaky_sign
from atlas.stand import PARAMETER
from indicators.models import Figure, Release
from indicators.periods import period_label
from indicators.statuses import SECRET, SIGN_MEANINGS, SIGNS, Status

MOST_LISTED_PLACES = 250  # more names than that hide the rest of the page; the profiles of the parts list them
SIMILAR_SHOWN = 3  # areas like this one; their page has more
COUNTED_YEARS = 3  # a counted number of inhabitants may be this much older than an estimate and is still preferred


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb; the page itself has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Inhabitants:
    """The number of inhabitants that stands at the top, and what day it is about."""

    figure: Figure
    row: ProfileRow
    period: str


def profile_context(profile: AreaProfile) -> dict:
    """Context of `atlas/profile.html`."""
    groups = profile.figures.groups
    return {
        "profile": profile,
        "area": profile.area,
        "crumbs": crumbs(profile),
        "headline": headline(profile),
        "inhabitants": inhabitants(profile),
        "groups": [(group.dimension, [_shown(profile, row) for row in group.rows]) for group in groups],
        "locator": locator(profile),
        "neighbours": [(name, area_path(profile.area.level.slug, code)) for code, name in profile.neighbours],
        "similar": similar_from_rows(profile.area, profile.figures.rows, profile.stand, shown=SIMILAR_SHOWN).rows,
        "similar_url": similar_path(profile.area.level.slug, profile.area.code, stand=profile.stand.asked),
        "plan_summary": plan_summary(profile),
        "plan_url": _plan_url(profile),
        "notes": notes(profile),
        "composition": composition(profile.area),
        "recut": recut_words(profile.recut),
        "recut_sentence": recut_sentence(profile.recut) if profile.recut else "",
        "signs": used_signs(profile.figures.rows),
        "secret": [row.indicator.label for row in profile.figures.rows if row.status in SECRET],
        "has_intervals": any(row.figure and row.figure.lower is not None for row in profile.figures.rows),
        "sources": sources(profile),
        "lists_places": profile.facility_count <= MOST_LISTED_PLACES,
        "csv_url": _csv_url(profile),
        "documents": profile_documents(profile.area.level.slug, profile.area.code, stand=profile.stand.asked),
        "subscribe_url": subscribe_path(level=profile.area.level.slug, area=profile.area.code),
    }


def _shown(profile: AreaProfile, row: ProfileRow) -> tuple[ProfileRow, str, Release | None]:
    """A row with the address of its map and the release that lately corrected its figure."""
    return row, map_url(profile, row), profile.corrected.get((row.indicator.pk, row.period.code))


def _csv_url(profile: AreaProfile) -> str:
    url = reverse("atlas:profile_csv", args=[profile.area.level.slug, profile.area.code])
    return f"{url}?{urlencode({PARAMETER: profile.stand.asked})}" if profile.stand.asked else url


def crumbs(profile: AreaProfile) -> list[Crumb]:
    """From the city down to this area, which is named by its level and code; there is but one city."""
    above = [Crumb(area.name, area_path(area.level.slug, area.code)) for area in profile.above]
    level = profile.area.level
    return [*above, Crumb(level.label if profile.is_city else f"{level.label} {profile.area.code}")]


def inhabitants(profile: AreaProfile) -> Inhabitants | None:
    """The number at the top: the newest counted one, unless an estimate is more than COUNTED_YEARS younger."""
    row = profile.population
    if row is None or row.figure is None:
        return None
    figure, counted = row.figure, row.counted
    if counted and figure.period.start.year - counted.period.start.year <= COUNTED_YEARS:
        figure = counted
    return Inhabitants(figure, row, period_label(figure.period.code, row.indicator.reference))


def map_url(profile: AreaProfile, row: ProfileRow) -> str:
    """The map of a row's indicator and period with this area selected; for the city the reporting level."""
    names = {"level": profile.compared.slug, "period": row.period.code, "stand": profile.stand.asked}
    url = map_path(row.indicator.slug, **names)
    return url if profile.is_city else f"{url}&gebiet={profile.area.code}"


def locator(profile: AreaProfile, *, linked: bool = True) -> str:
    """Small map: the areas of the level, or for smaller areas those of the reporting level with this one on top.

    Not `linked`: for paper, where no area leads anywhere.
    """
    level, area = profile.area.level, profile.area
    background, on_top = profile.drawing, ""
    if profile.is_city:
        parts = profile.parts[0].level if profile.parts else level
        level, background = parts, coarse_drawing(parts.slug)
    elif background and level.rank > profile.reporting.rank:
        on_top = background.paths.get(area.code, "")
        level, background = profile.reporting, coarse_drawing(profile.reporting.slug)
    if background is None:
        return ""
    links = {code: (area_path(level.slug, code), name) for code, name in background.names.items() if linked}
    here = () if on_top or profile.is_city else (area.code,)
    return locator_svg(background.paths, size=background.size, links=links, here=here, on_top=on_top)


def _plan_url(profile: AreaProfile) -> str:
    """The page of the area in the action plan; "" where it never belonged to it, as a whole or with a quarter."""
    mine = any(entry.membership.area_id == profile.area.pk for entry in profile.plan)
    return plan_path("gebiete", profile.area.code) if mine else ""


def plan_summary(profile: AreaProfile) -> str:
    """How many action areas and quarters there are today, for areas with many of them."""
    kinds = [entry.membership.kind for entry in profile.plan if entry.is_current]
    areas, quarters = kinds.count(ActionArea.Kind.ACTION_AREA), kinds.count(ActionArea.Kind.ACTION_QUARTER)
    texts = [ngettext("%(count)d Aktionsraum", "%(count)d Aktionsräume", areas) % {"count": areas}]
    if quarters:
        texts.append(
            ngettext("%(count)d Aktionsquartier", "%(count)d Aktionsquartiere", quarters) % {"count": quarters}
        )
    return _(" und ").join(texts)


def notes(profile: AreaProfile) -> list[str]:
    """What readers must know about single rows, each said once."""
    names = profile.drawing.names if profile.drawing else {}
    found: dict[str, None] = {}
    top = inhabitants(profile)
    if top and top.figure is not top.row.figure:
        words = {"counted": top.period, "estimated": top.row.period.label}
        found[
            _("Einwohner: oben die gezählten vom %(counted)s, in der Tabelle eine Schätzung für %(estimated)s.") % words
        ] = None
    for row in profile.figures.rows:
        for note in _row_notes(profile, row, names):
            found.setdefault(note)
    return list(found)


def composition(area: Area) -> str:
    """How sure it is what the area consists of."""
    if area.level.is_smallest:
        return _("Die Grenze ist veröffentlicht; größere Gebiete setzen sich aus Gebieten dieser Ebene zusammen.")
    return {
        Certainty.PUBLISHED: _("Aus welchen Teilen das Gebiet besteht, ist veröffentlicht."),
        Certainty.DERIVED: _("Aus welchen Teilen das Gebiet besteht, ist aus Veröffentlichungen abgeleitet."),
        Certainty.ASSUMED: _("Aus welchen Teilen das Gebiet besteht, ist eine Annahme."),
    }[Certainty(area.certainty)]


def used_signs(rows: Sequence[ProfileRow], more: Set[str] = frozenset()) -> list[tuple[str, str]]:
    """The table signs that stand in these rows, and `more` of them, with their meaning."""
    used = more | {SIGNS.get(row.status, "") for row in rows}
    used |= {"( )" for row in rows if row.status == Status.ESTIMATED}
    used |= {"J" for row in rows if row.status == Status.JOINT}
    shaky = any((row.figure and row.figure.is_shaky) or row.change_is_shaky for row in rows)
    found = [(sign, meaning) for sign, meaning in SIGN_MEANINGS if sign in used]
    return [*found, shaky_sign(get_language())] if shaky else found


def sources(profile: AreaProfile) -> list[Source]:
    """Sources of the rows and of the boundary, in the order of the page on sources."""
    found = {row.indicator.source.pk: row.indicator.source for row in profile.figures.rows}
    found[profile.area.source.pk] = profile.area.source
    return sorted(found.values(), key=lambda source: (source.order, source.title))


def _row_notes(profile: AreaProfile, row: ProfileRow, names: dict[str, str]):
    partners = [code for code in row.joint_codes if code != profile.area.code]
    if partners and row.value is not None:
        words = {"period": row.period.code, "names": ", ".join(f"{names.get(c, '')} {c}".strip() for c in partners)}
        yield _("J: Die Werte für %(period)s gelten gemeinsam mit %(names)s.") % words
    if row.other_extent:
        yield _("Vorher galten die Werte für andere Gebiete; deshalb steht bei ihnen keine Veränderung.")
    if row.series_break:
        yield f"{row.indicator.label}: {row.series_break.text.rstrip('.')}."
    if row.figure and row.figure.edition.rounding_base:
        yield f"{row.indicator.label}: {rounding_sentence(row.figure.edition.rounding_base)}"
    coverage = row.figure.coverage if row.figure else None
    if coverage is not None and coverage < 1 and row.value is not None:
        share = numbers.format_number((1 - coverage) * 100, 1, get_language())
        words = {"name": row.indicator.label, "share": share}
        yield _("%(name)s: berechnet ohne Teile, für die kein Wert vorliegt (%(share)s %% des Gewichts).") % words
