"""Searching areas, indicators, places, projects and council papers at once, however somebody spells them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from actionplan.models import CouncilPaper, Project
from actionplan.selectors.finding import find_papers, find_projects
from areas.naming import fold
from areas.searching import INSIDE, NEAR, match_kind, similarity
from areas.selectors import AreaRef, FoundAreas, Place, find_areas
from atlas.links import area_path, indicator_path
from indicators.models import Indicator

LIMIT = 20
IN_DEFINITION = INSIDE + 1
NEAREST = 3  # similar names that are suggested
SHORTEST = 2  # letters from which suggestions are made while typing


@dataclass(frozen=True)
class Suggestion:
    """One line of the list while typing: what it is called, what it is, where it leads."""

    label: str
    kind: str
    url: str


@dataclass(frozen=True)
class PlaceFound:
    """A facility and the area of the reporting level that it lies in (None outside the city)."""

    place: Place
    area: AreaRef | None


@dataclass(frozen=True)
class SearchResult:
    """Everything found; similar names only where nothing was found."""

    query: str
    areas: FoundAreas
    indicators: list[Indicator]
    places: list[PlaceFound]
    similar_indicators: list[Indicator]
    projects: list[Project]
    papers: list[CouncilPaper]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.areas.areas or self.indicators or self.places or self.projects or self.papers)


def search(query: str, *, reporting: str, limit: int = LIMIT) -> SearchResult:
    """Areas on all levels, indicators by name and definition, places by name and address, what the plan has. 6 queries.

    `reporting` is the slug of the level whose areas places are assigned to.
    """
    query = query.strip()[:100]
    found = find_areas(query, limit=limit)
    indicators = Indicator.objects.for_lists() if fold(query) else []
    hits = _indicators(query, indicators)
    places = [PlaceFound(p, next((a for a in p.areas if a.level == reporting), None)) for p in found.places]
    projects, papers = find_projects(query, limit=limit), find_papers(query, limit=limit)
    similar = [] if found.areas or hits or places or projects or papers else _similar(query, indicators)
    return SearchResult(query, found, hits[:limit], places, similar, projects, papers)


def suggestions(query: str, *, reporting: str, limit: int = 8) -> list[Suggestion]:
    """What somebody may mean while typing: areas, then indicators, then places; addresses lead to the area."""
    if len(fold(query)) < SHORTEST:
        return []
    found = search(query, reporting=reporting, limit=limit)
    areas = [Suggestion(a.name, a.level_name, area_path(a.level, a.code)) for a in found.areas.areas]
    indicators = [Suggestion(i.label, i.dimension.label, indicator_path(i.slug)) for i in found.indicators]
    places = [
        Suggestion(p.place.name, f"{_(p.place.kind)}, {p.area.name}", area_path(p.area.level, p.area.code))
        for p in found.places
        if p.area
    ]
    similar = [Suggestion(a.name, a.level_name, area_path(a.level, a.code)) for a in found.areas.suggestions]
    plan = [Suggestion(p.title, _("Projekt"), reverse("atlas:plan_project", args=[p.slug])) for p in found.projects[:2]]
    plan += [Suggestion(str(p), _("Drucksache"), reverse("atlas:plan_paper", args=[p.slug])) for p in found.papers[:2]]
    room = max(limit - min(len(indicators), 3) - min(len(places), 2) - len(plan), 3)
    return ((areas[:room] + indicators[:3] + places)[: limit - len(plan)] + plan or similar)[:limit]


def _indicators(query: str, indicators) -> list[Indicator]:
    """Matches by name first, then by definition; those with values before those without."""
    words = fold(query)
    rated = [(kind, i.current_edition_id is None, i) for i in indicators if (kind := _kind(words, i)) is not None]
    return [indicator for _kind, _without, indicator in sorted(rated, key=lambda row: row[:2])]


def _kind(words: str, indicator: Indicator) -> int | None:
    by_name = match_kind(words, fold(indicator.label))
    if by_name is not None:
        return by_name
    text = fold(f"{indicator.label} {indicator.explanation} {indicator.dimension.label}")
    return IN_DEFINITION if len(words) > SHORTEST and all(word in text for word in words.split()) else None


def _similar(query: str, indicators) -> list[Indicator]:
    rated = [(similarity(fold(query), fold(indicator.label)), indicator) for indicator in indicators]
    near = sorted((row for row in rated if row[0] >= NEAR), key=lambda row: -row[0])
    return [indicator for _likeness, indicator in near[:NEAREST]]
