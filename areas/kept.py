"""What several public pages are made of, kept in memory until anything public changes."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.utils import timezone

from .models import PublicState

Made = TypeVar("Made")


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, from memory as long as nothing public and not the day has changed. 1 query when it is there.

    It must depend on public data and the day alone, and can be pickled. `name` tells it apart from everything else.
    """
    version = PublicState.objects.values_list("version", flat=True).get(pk=1)
    key = f"{name}:{version}:{timezone.localdate():%Y%m%d}"
    found = caches["parts"].get(key)
    if found is None:
        found = make()
        caches["parts"].set(key, found)
    return found
