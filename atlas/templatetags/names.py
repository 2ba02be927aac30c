"""Names of areas in templates."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.filter
def breakable(name: str) -> SafeString:
    """The name with a place to break after each slash, so that long names fit narrow columns."""
    return mark_safe(str(conditional_escape(name)).replace("/", "/<wbr>"))  # noqa: S308 - escaped one call before


@register.filter
def inline(name: str) -> str:
    """The name of a level inside a sentence: English writes `social areas` there, German keeps its capital."""
    return name[:1].lower() + name[1:] if get_language() == "en" else name
