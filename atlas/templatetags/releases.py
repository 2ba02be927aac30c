"""Figures in sentences, on pages and in mails."""

from django import template

from atlas import stand_notice

register = template.Library()


@register.simple_tag
def figure_text(indicator, value, status) -> str:
    """A figure with its table sign and unit: `(34,6 %)`."""
    return stand_notice.figure_text(indicator, value, status)
