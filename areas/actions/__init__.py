"""The only place that creates, changes and deletes areas, places and published files."""

from .publishing import (
    forget_files,
    hide_files,
    make_all_current,
    make_current,
    publish_boundaries,
    publish_file,
    publish_json,
    retire_files,
    store_file,
    store_json,
)
from .saving import AreaRecord, SavedAreas, link_parts, save_areas

__all__ = [
    "AreaRecord",
    "SavedAreas",
    "forget_files",
    "hide_files",
    "link_parts",
    "make_all_current",
    "make_current",
    "publish_boundaries",
    "publish_file",
    "publish_json",
    "retire_files",
    "save_areas",
    "store_file",
    "store_json",
]
