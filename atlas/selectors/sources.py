"""Where everything comes from, what is uncertain, and what can be taken away."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import ngettext

from areas.models import Area, AreaLevel, Facility, PublishedFile, Source
from areas.models.area import Certainty
from indicators.models import Indicator
from indicators.selectors import DimensionGroup, catalogue


@dataclass(frozen=True)
class UsedSource:
    """A source and, in words, what the portal takes from it."""

    source: Source
    uses: str


@dataclass(frozen=True)
class LevelFiles:
    """A level's boundaries to take away: the published, simplified file ("" if there is none)."""

    level: AreaLevel
    path: str


@dataclass(frozen=True)
class SourcesPage:
    """Everything on the page."""

    sources: list[UsedSource]
    assumed: list[Area]
    derived: list[Area]
    levels: list[LevelFiles]
    catalogue: list[DimensionGroup]


def sources_page() -> SourcesPage:
    """9 queries, whatever the number of areas and values."""
    unsure = Area.objects.in_force().exclude(certainty=Certainty.PUBLISHED)
    unsure = list(unsure.select_related("level").defer("geometry").order_by("level__rank", "code"))
    return SourcesPage(
        sources=_used_sources(),
        assumed=[area for area in unsure if area.certainty == Certainty.ASSUMED],
        derived=[area for area in unsure if area.certainty == Certainty.DERIVED],
        levels=_level_files(),
        catalogue=catalogue(with_data=True),
    )


def _used_sources() -> list[UsedSource]:
    areas = _counted(Area.objects.in_force())
    indicators = _counted(Indicator.objects.all())
    places = _counted(Facility.objects.all())

    def uses(source: Source) -> str:
        words = [
            ngettext("%d Gebiet", "%d Gebiete", areas[source.pk]) % areas[source.pk] if source.pk in areas else "",
            _indicators_text(indicators.get(source.pk, 0)),
            ngettext("%d Ort", "%d Orte", places[source.pk]) % places[source.pk] if source.pk in places else "",
        ]
        return ", ".join(word for word in words if word)

    return [UsedSource(source, uses(source)) for source in Source.objects.all()]


def _indicators_text(count: int) -> str:
    return ngettext("%d Indikator", "%d Indikatoren", count) % count if count else ""


def _counted(rows) -> dict[int, int]:
    return dict(rows.order_by().values_list("source").annotate(Count("pk")))


def _level_files() -> list[LevelFiles]:
    files = PublishedFile.objects.filter(is_current=True, name__startswith="grenzen/").defer("plain", "gzip")
    paths = {file.name: file.path for file in files}
    return [LevelFiles(level, paths.get(f"grenzen/{level.slug}.json", "")) for level in AreaLevel.objects.all()]
