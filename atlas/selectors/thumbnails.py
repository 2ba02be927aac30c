"""Small maps for pages that are not about the map."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from areas.models import AreaLevel
from atlas.charts.locator import GRID, coarse_path
from atlas.charts.thumbnail import thumbnail_svg
from atlas.drawings import level_drawing
from indicators.models import IndicatorEdition
from indicators.periods import period_label
from indicators.statuses import SECRET


@dataclass(frozen=True)
class Thumbnail:
    """A drawn map, and what it shows."""

    svg: str
    level: AreaLevel
    period: str
    period_label: str
    class_count: int
    colours: str = "petrol"

    @property
    def swatches(self) -> list[str]:
        """CSS classes of the colours, lowest class first."""
        return [f"class-{number + 1}" for number in range(self.class_count)]


def indicator_thumbnail(edition: IndicatorEdition, levels: list[AreaLevel]) -> Thumbnail | None:
    """The newest period of an edition on the reporting level, else on the largest areas that have values.

    None where no boundaries are published. 3 queries.
    """
    divided = [level for level in levels if level.rank and edition.breaks.get(level.slug)]
    level = next((level for level in divided if level.is_reporting), divided[0] if divided else None)
    drawing = level_drawing(level.slug) if level else None
    if drawing is None:
        return None
    figures = list(edition.figures.at_level(level.slug).select_related("area", "period").defer("area__geometry"))
    newest = max(figure.period.code for figure in figures)
    method = usual_method(edition, level.slug)
    classes = {f.area.code: _css(f, method) for f in figures if f.period.code == newest}
    label = period_label(newest, edition.indicator.reference)
    text = _("Karte: %(indicator)s, %(levels)s, %(period)s") % {
        "indicator": edition.indicator.label,
        "levels": level.label_plural,
        "period": label,
    }
    count = 1 + len(usual_limits(edition, level.slug, method))
    css = f"colours-{edition.indicator.colours} scale-{count}"
    svg = thumbnail_svg(coarse(drawing.paths), size=_size(drawing), classes=classes, text=text, css=css)
    return Thumbnail(svg, level, newest, label, count, edition.indicator.colours)


def coarse(paths: Mapping[str, str]) -> dict[str, str]:
    """Outlines for a small map."""
    return {code: coarse_path(path) for code, path in paths.items()}


def _size(drawing) -> tuple[float, float]:
    return drawing.width / GRID, drawing.height / GRID


def usual_method(edition: IndicatorEdition, level: str) -> str:
    """The indicator's usual way of making classes, where it has limits for it, else the first there is."""
    known = edition.breaks[level]["methods"]
    usual = edition.indicator.default_method
    return usual if usual in known else next(iter(known))


def usual_limits(edition: IndicatorEdition, level: str, method: str) -> list[float]:
    """Inner limits between the classes: the author's own, or those of the usual number of classes."""
    sets = edition.breaks[level]["methods"][method]
    return sets.get(str(edition.indicator.default_classes)) or sets.get("own") or []


def _css(figure, method: str) -> str:
    if figure.value is None:
        return "is-suppressed" if figure.status in SECRET else "is-missing"
    return f"class-{figure.classes[method] + 1}"
