"""Whose request is it, when a proxy stands in front? Needed to lock out password guessers, not everybody."""

from django.http import HttpRequest


def address_from_proxy(request: HttpRequest) -> str:
    """Address of the visitor as the proxy in front names it in X-Real-IP, else of the connection itself.

    Only for a server that nobody reaches around the proxy: the proxy must overwrite the header.
    """
    return request.headers.get("X-Real-Ip", "").strip() or request.META.get("REMOTE_ADDR", "")
