"""Numbers of analyses in templates."""

from django import template
from django.utils.translation import get_language

from atlas import numbers
from atlas.decimals import as_decimal

register = template.Library()


@register.simple_tag
def decimal(value, decimals=2):
    """A computed number (float) with the decimals and marks of the language; a dash where it is not defined."""
    return "–" if value is None else numbers.format_number(as_decimal(value), decimals, get_language())


@register.simple_tag
def percent(share, decimals=1):
    """A share between 0 and 1 in per cent; a dash where it is not defined."""
    if share is None:
        return "–"
    return numbers.with_unit(numbers.format_number(as_decimal(share) * 100, decimals, get_language()), "%")


@register.simple_tag
def measured(value, indicator, is_estimated=False):
    """A computed number in the unit and with the decimals of an indicator, in brackets where it rests on estimates; a
    dash where it is not defined."""
    if value is None:
        return "–"
    return numbers.with_unit(estimated(value, is_estimated, indicator.decimals), indicator.unit_label)


@register.simple_tag
def estimated(value, is_estimated, decimals=2):
    """A computed number, in brackets where it rests on estimates; a dash where it is not defined."""
    written = decimal(value, decimals)
    return f"({written})" if is_estimated and value is not None else written


@register.simple_tag
def value_cell(value, status, indicator):
    """A published value that is no `Figure`, with its sign and without unit."""
    return numbers.cell(value, status, indicator.decimals, get_language())
