"""Addresses and names of areas in templates."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from atlas.links import area_path

register = template.Library()


@register.simple_tag
def area_url(area) -> str:
    """Profile of an area (a model with its level, or an `AreaRef`)."""
    level = area.level if isinstance(area.level, str) else area.level.slug
    return area_path(level, area.code)


@register.filter
def breakable(name: str) -> SafeString:
    """A name that may break after each slash: "Bövinghausen/Westrich" fits a narrow column."""
    return mark_safe(conditional_escape(name).replace("/", "/<wbr>"))  # noqa: S308 - escaped before
