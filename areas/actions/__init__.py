"""The only place that creates, changes and deletes areas, places and published files."""

from .publishing import publish_boundaries, publish_file, publish_json
from .saving import AreaRecord, SavedAreas, link_parts, save_areas

__all__ = ["AreaRecord", "SavedAreas", "link_parts", "publish_boundaries", "publish_file", "publish_json", "save_areas"]
