"""The only place that creates, changes and deletes action areas."""

from .loading import load_action_areas

__all__ = ["load_action_areas"]
