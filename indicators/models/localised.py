"""Texts that exist in German and, where translated, in English."""

from django.utils.translation import get_language


def localised(instance, field: str) -> str:
    """`field` in the language of the request; German where there is no translation."""
    if get_language() == "en":
        return getattr(instance, f"{field}_en") or getattr(instance, field)
    return getattr(instance, field)
