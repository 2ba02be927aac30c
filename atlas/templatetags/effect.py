"""How changes of areas of the plan stand in templates."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers

register = template.Library()


@register.simple_tag
def effect_change(change, indicator):
    """A change with sign and unit, `−3,0 Prozentpunkte`."""
    return numbers.with_unit(_signed(change, indicator), _unit(indicator))


@register.simple_tag
def effect_level(value, indicator):
    """A mean of values with its unit, `18,3 %`."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-indicator.decimals))
    return numbers.with_unit(numbers.format_number(rounded, indicator.decimals, get_language()), indicator.unit_label)


@register.simple_tag
def effect_range(comparison, indicator):
    """Between which differences others lie, `−1,9 bis +2,0 Prozentpunkte`."""
    words = {"low": _signed(comparison.low, indicator), "high": _signed(comparison.high, indicator)}
    return numbers.with_unit(_("%(low)s bis %(high)s") % words, _unit(indicator))


def _signed(change, indicator) -> str:
    rounded = Decimal(str(change)).quantize(Decimal(1).scaleb(-indicator.decimals))
    return numbers.format_signed(rounded, indicator.decimals, get_language())


def _unit(indicator) -> str:
    return _("Prozentpunkte") if indicator.unit == "%" else indicator.unit_label
