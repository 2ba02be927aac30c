"""Saying which secrets a release would betray: by indicator, area and period, never by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from areas.models import Area
from indicators.models import Indicator, Release

TOLD = 10  # figures that are named in one sentence


@dataclass(frozen=True)
class ExposedFigure:
    """One figure that would be betrayed, as people call it."""

    indicator: Indicator | None
    area: Area | None
    period: str
    by_earlier: bool

    def __str__(self):
        name = self.indicator.label if self.indicator else "?"
        area = f"{self.area.level.label} {self.area.name} ({self.area.code})" if self.area else "?"
        return f"{name}, {area}, {self.period}"


def exposed_figures(release: Release) -> list[ExposedFigure]:
    """What the last preparation found. 2 queries, none where it found nothing."""
    return named_exposures(release.exposed)


def named_exposures(rows: Sequence[Mapping]) -> list[ExposedFigure]:
    """Indicators and areas by their slugs and codes. 2 queries."""
    if not rows:
        return []
    indicators = {i.slug: i for i in Indicator.objects.filter(slug__in={row["indicator"] for row in rows})}
    codes = {row["code"] for row in rows}
    areas = Area.objects.in_force().filter(code__in=codes).select_related("level").defer("geometry")
    by_key = {(a.level.slug, a.code): a for a in areas}
    return [
        ExposedFigure(
            indicators.get(row["indicator"]), by_key.get((row["level"], row["code"])), row["period"], row["by_earlier"]
        )
        for row in rows
    ]


def exposed_text(release: Release) -> str:
    """Why a release cannot be published, and what helps."""
    found = exposed_figures(release)
    names = "; ".join(str(figure) for figure in found[:TOLD])
    if len(found) > TOLD:
        names += _(" und %(more)s weitere") % {"more": len(found) - TOLD}
    told = {"title": release.title, "names": names}
    if all(figure.by_earlier for figure in found):
        return _(
            "„%(title)s“ kann nicht erscheinen: Frühere Veröffentlichungen verraten, was geheim bleiben muss "
            "(%(names)s). Bitte ziehen Sie diese zuerst zurück."
        ) % told  # fmt: skip
    return _(
        "„%(title)s“ kann nicht erscheinen: Aus den Zahlen ließe sich errechnen, was geheim bleiben muss "
        "(%(names)s). Bitte prüfen Sie Ebenen, Gliederungen und Regeln im Katalog."
    ) % told  # fmt: skip
