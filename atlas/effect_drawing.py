"""The drawing of the page on effect: where each area of the plan stood and stands, beside the city."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import Area
from atlas import numbers
from atlas.charts.dumbbell import Axis, Pair, axis_svg, dumbbell_svg
from atlas.decimals import as_decimal
from atlas.selectors.effect import Development, EffectPage
from atlas.templatetags.figures import spoken_figure
from indicators.models import Figure, Indicator


@dataclass(frozen=True)
class Drawn:
    """One row: an area and its drawing; `is_open` where a value is not known or both may not be compared."""

    area: Area
    drawing: SafeString
    is_open: bool


@dataclass(frozen=True)
class EffectDrawing:
    """Rows from the highest value of the later period to the lowest, unknown ones last, and the axis below them."""

    rows: Sequence[Drawn]
    axis: SafeString


def effect_drawing(page: EffectPage) -> EffectDrawing | None:
    """The areas of the plan on one axis; None where none of them has a value. No queries."""
    city = Pair(_number(page.city_before), _number(page.city_after))
    pairs = {one.area.code: _pair(one) for one in page.developments}
    values = [value for pair in pairs.values() for value in (pair.before, pair.after) if value is not None]
    if not values:
        return None
    axis = Axis.of([*values, *(value for value in (city.before, city.after) if value is not None)])
    ordered = sorted(page.developments, key=lambda one: _place(pairs[one.area.code]))
    rows = []
    for one in ordered:
        svg = dumbbell_svg(pairs[one.area.code], axis, city=city, label=_label(one, page))
        rows.append(Drawn(one.area, mark_safe(svg), is_open=one.change is None))  # noqa: S308 - escaped by the chart
    return EffectDrawing(rows, mark_safe(axis_svg(axis, _tick(page.indicator, axis))))  # noqa: S308


def _pair(one: Development) -> Pair:
    return Pair(_number(one.before), _number(one.after), joined=one.change is not None)


def _place(pair: Pair) -> tuple[bool, float]:
    return pair.after is None, -(pair.after if pair.after is not None else 0)


def _number(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)


def _label(one: Development, page: EffectPage) -> str:
    words = {
        "earlier": page.earlier.code,
        "later": page.later.code,
        "before": spoken_figure(one.before, page.indicator),
        "after": spoken_figure(one.after, page.indicator),
    }
    said = _("%(earlier)s: %(before)s; %(later)s: %(after)s") % words
    return said if one.change is not None else f"{said}; {_('nicht vergleichbar')}"


def _tick(indicator: Indicator, axis: Axis):
    """Numbers of the axis with as many decimals as its steps need; the title of the drawing names the unit."""
    step = axis.ticks[1] - axis.ticks[0]
    decimals = 0 if step == int(step) else max(indicator.decimals, 1)
    return lambda tick: numbers.format_number(as_decimal(tick), decimals, get_language())
