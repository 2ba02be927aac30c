"""A map file as it stands, before anything is checked."""

from dataclasses import dataclass, field

import numpy as np
import pyproj
from django.utils.translation import gettext as _

from .findings import NOTE, Finding


@dataclass(frozen=True)
class RawFeature:
    """One feature: its number in the file from 1, its attributes, its geometry (None when it has none)."""

    number: int
    attributes: dict[str, object]
    geometry: object
    fault: str = ""  # why the geometry could not be read


@dataclass(frozen=True)
class RawFile:
    """A file as it stands; geometries in the system that `crs` names."""

    name: str
    columns: tuple[str, ...]
    features: tuple[RawFeature, ...]
    crs: pyproj.CRS | None
    encoding: str
    crs_is_assumed: bool = False
    findings: tuple[Finding, ...] = field(default=())

    @property
    def shapes(self) -> np.ndarray:
        """The readable geometries."""
        return np.array([f.geometry for f in self.features if f.geometry is not None], dtype=object)


@dataclass(frozen=True)
class ReadingOptions:
    """What the person who imports says about the file; None where the file speaks for itself."""

    layer: str | None = None
    encoding: str | None = None


def encoding_note(file: str, label: str, given: bool) -> Finding:
    """Say which encoding was used for names."""
    how = _("angegeben mit --encoding") if given else _("erkannt am Inhalt")
    return Finding(file, _("Zeichensatz: %(label)s (%(how)s).") % {"label": label, "how": how}, kind=NOTE)
