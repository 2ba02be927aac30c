"""What a template is: a compilation to begin with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from atlas.reports.compilation import Compilation
from atlas.reports.sections import Option


@dataclass(frozen=True)
class Template:
    """A beginning. `options` is what it asks before it is filled, in the words of `Option`; `fill` raises `WrongOption`
    for what it cannot use."""

    slug: str
    label: str | Promise
    purpose: str | Promise
    fill: Callable[[Mapping[str, Any]], Compilation]
    options: tuple[Option, ...] = ()
