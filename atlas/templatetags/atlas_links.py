"""Addresses of areas in templates."""

from django import template

from atlas.links import area_path, provenance_path

register = template.Library()


@register.simple_tag
def area_url(area) -> str:
    """Profile of an area (a model with its level, or an `AreaRef`)."""
    level = area.level if isinstance(area.level, str) else area.level.slug
    return area_path(level, area.code)


@register.simple_tag
def provenance_url(indicator, area, period: str, stand: str = "") -> str:
    """Where the figure of an indicator for an area comes from."""
    return provenance_path(indicator.slug, area.level.slug, area.code, period, stand=stand)
