"""The small map of an index: classes as colours, action areas as a dashed line."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from atlas.charts.locator import GRID, coarse_path
from atlas.charts.thumbnail import thumbnail_svg
from atlas.drawings import level_drawing
from atlas.selectors.indices import IndexView
from indicators.models import IndexResult


def index_map(view: IndexView, classes: Mapping[str, int] | None = None) -> str:
    """The map as SVG, "" where no boundaries are published; `classes` by area code instead of the published ones."""
    drawing = level_drawing(view.level.slug)
    if drawing is None:
        return ""
    classes = classes or {result.area.code: result.number_class for result in view.results}
    css = {code: f"class-{number + 1}" for code, number in classes.items()}
    css |= {row.area.code: "is-suppressed" for row in view.left if row.reason == IndexResult.Reason.SECRET}
    plan = view.plan & drawing.paths.keys()
    lines = _lines(drawing.outline(plan)) if plan else ""
    return thumbnail_svg(
        {code: coarse_path(path) for code, path in drawing.paths.items()},
        size=(drawing.width / GRID, drawing.height / GRID),
        classes=css,
        text=_alternative(view),
        css=f"index-map scale-{len(view.class_labels)}",
        on_top=lines,
        with_codes=True,
    )


def _lines(borders: str) -> str:
    return f'<path class="thumbnail__lines" transform="scale({1 / GRID:.4f})" d="{borders}"/>'


def _alternative(view: IndexView) -> str:
    words = {"name": view.indicator.label, "levels": view.level.label_plural, "period": view.period.label}
    return _("Karte: %(name)s, %(levels)s, %(period)s. Die Tabelle nennt dieselben Klassen.") % words
