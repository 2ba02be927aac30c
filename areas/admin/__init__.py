"""Levels, areas, places, sources and published files in the administration."""

from .areas import AreaAdmin
from .levels import AreaLevelAdmin
from .others import FacilityAdmin, PublishedFileAdmin, SourceAdmin

__all__ = ["AreaAdmin", "AreaLevelAdmin", "FacilityAdmin", "PublishedFileAdmin", "SourceAdmin"]
