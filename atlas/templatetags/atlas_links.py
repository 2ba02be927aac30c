"""Addresses of areas in templates."""

from django import template

from atlas.links import area_path

register = template.Library()


@register.simple_tag
def area_url(area) -> str:
    """Profile of an area (a model with its level, or an `AreaRef`)."""
    level = area.level if isinstance(area.level, str) else area.level.slug
    return area_path(level, area.code)
