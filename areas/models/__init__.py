"""Where: levels, areas, their composition, places, and the files that are published about them."""

from .area import Area, AreaPart
from .facility import Facility
from .history import AreaHistory, SourceHistory
from .level import AreaLevel
from .public_state import PublicState
from .published_file import PublishedFile
from .source import Source

__all__ = [
    "Area",
    "AreaHistory",
    "AreaLevel",
    "AreaPart",
    "Facility",
    "PublicState",
    "PublishedFile",
    "Source",
    "SourceHistory",
]
