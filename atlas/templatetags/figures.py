"""How published figures stand in templates: sign for the eye, words for the ear, small drawings beside them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.charts.strip import middle_half, strip_svg
from atlas.charts.trend import trend_svg
from atlas.sentences.certainty import certainty_words, interval_sentence, interval_short, shaky_sign

register = template.Library()

MISSING = "missing"


@register.filter
def breakable(name):
    """A name that may break behind its slashes, for the long double and triple names of areas."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in name.split("/")))


@register.simple_tag
def figure_cell(figure, indicator, with_unit=True):
    """A `Figure` (or None: not known) as number with sign and short unit; screen readers hear words and the long unit.

    `{% figure_cell figure indicator with_unit=False %}` leaves the unit to the table's head for the eye.
    """
    value, status = _known(figure)
    seen = numbers.cell(value, status, indicator.decimals, get_language())
    if with_unit:
        seen = numbers.with_unit(seen, indicator.unit_label)
    heard = spoken_figure(figure, indicator)
    return format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', seen, heard)


def spoken_figure(figure, indicator):
    """A `Figure` (or None: not known) in the words that screen readers hear, with the long unit."""
    value, status = _known(figure)
    return numbers.spoken(value, status, indicator.decimals, indicator.unit_long_label, get_language())


def _known(figure):
    return (figure.value, figure.status) if figure else (None, MISSING)


@register.simple_tag
def interval(figure, indicator):
    """The 95 % interval of a `Figure` below its number, `0,6 bis 6,3`; nothing where there is none."""
    if figure is None or figure.lower is None:
        return ""
    words = certainty_words(get_language())
    limits = interval_short(figure.lower, figure.upper, indicator.decimals, get_language())
    heard = format_html('<span class="visually-hidden">, {} </span>', words["interval_before"])
    return format_html('<span class="interval">{}{}</span>', heard, limits)


@register.simple_tag
def shaky(is_shaky, of="city"):
    """The mark of a difference (`of` the city or a `change`) that may be chance; nothing for others."""
    if not is_shaky:
        return ""
    words = certainty_words(get_language())
    return format_html(' <span class="shaky" title="{}">{}</span>', words[f"shaky_{of}"], words["shaky"])


@register.simple_tag(name="shaky_sign")
def sign_of_shaky():
    """The mark and its meaning, for a list of signs."""
    return shaky_sign(get_language())


@register.simple_tag
def interval_words(figure, indicator):
    """The interval of a `Figure` as a sentence, or that it is not known."""
    words, rules = certainty_words(get_language()), (indicator.decimals, indicator.unit_label, get_language())
    if figure is None or figure.value is None or indicator.is_count:
        return ""
    return interval_sentence(figure.lower, figure.upper, *rules) or f"{words['interval_unknown']}."


@register.simple_tag
def untold_words(figure):
    """That no difference from the city can be told; nothing where it can, or where that is not known."""
    return certainty_words(get_language())["city_untold"] if figure and figure.is_shaky else ""


@register.simple_tag
def signed(value, decimals):
    """A change with its sign, `−8,2`; empty for None."""
    return numbers.format_signed(value, decimals, get_language())


@register.simple_tag
def number(value, decimals=0, unit=""):
    """A plain number with thousands mark, decimals of the language and unit."""
    return numbers.with_unit(numbers.format_number(value, decimals, get_language()), unit)


@register.simple_tag
def trend_line(points):
    """Small line of `TrendPoint`s; nothing where no two of them may be joined."""
    if not any(point.comparable for point in points[1:]):
        return ""
    return mark_safe(trend_svg(points))  # noqa: S308 - digits only


@register.simple_tag
def position_strip(row):
    """Where a `ProfileRow` lies among all areas of its level, with the same in words; the city has its line only."""
    here = None if row.value is None or row.figure is row.city else float(row.value)
    figure = row.figure
    sure = (float(figure.lower), float(figure.upper)) if here is not None and figure.lower is not None else None
    svg = strip_svg(row.spread, here=here, city=row.city_in_spread, label=_strip_words(row), interval=sure)
    return mark_safe(svg)  # noqa: S308 - the only text in it, the label, is escaped there


def _strip_words(row) -> str:
    if len(row.spread) < 2:
        return ""

    def written(value):
        return numbers.format_number(value, row.indicator.decimals, get_language())

    words = {"low": written(row.spread[0]), "high": written(row.spread[-1]), "count": len(row.spread)}
    text = _("%(count)s Gebiete mit Werten von %(low)s bis %(high)s") % words
    half = middle_half(row.spread)
    if half:
        words = {"low": written(half[0]), "high": written(half[1])}
        text += _(", die mittlere Hälfte von %(low)s bis %(high)s") % words
    return text
