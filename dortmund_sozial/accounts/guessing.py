"""Whose password is somebody guessing? Counted by the name typed, however it is written."""

from typing import Any

from django.http import HttpRequest

TYPED_AS = ("username", "email", "login")


def name_typed(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str | None:
    """Name or address in a login attempt, in small letters: from the credentials, else from the form."""
    sources = (credentials or {}, getattr(request, "POST", {}))
    typed = next((source[name] for source in sources for name in TYPED_AS if source.get(name)), None)
    return typed.strip().casefold() if isinstance(typed, str) else None
