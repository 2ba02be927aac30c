"""Whose request is it, when a proxy stands in front? Needed to lock out password guessers, not everybody."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def address_from_proxy(request: HttpRequest) -> str:
    """Address of the visitor as the proxy in front names it in X-Real-IP, else of the connection itself.

    Only for a server that nobody reaches around the proxy: the proxy must overwrite the header.
    """
    return request.headers.get("X-Real-Ip", "").strip() or request.META.get("REMOTE_ADDR", "")


def visitor_address(request: HttpRequest) -> str:
    """Address of the visitor by the rule that the settings name for logins; without one, of the connection itself."""
    rule = getattr(settings, "AXES_CLIENT_IP_CALLABLE", None)
    return import_string(rule)(request) if rule else request.META.get("REMOTE_ADDR", "")
