"""Names of areas in templates."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def breakable(name: str) -> SafeString:
    """The name with a place to break after each slash, so that long names fit narrow columns."""
    return mark_safe(str(conditional_escape(name)).replace("/", "/<wbr>"))  # noqa: S308 - escaped one call before
