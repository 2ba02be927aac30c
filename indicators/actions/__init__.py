"""The only place that creates, changes and deletes catalogue entries, values and releases."""

from .loading import load_catalogue, load_values
from .publishing import PublishingError, publish_release

__all__ = ["PublishingError", "load_catalogue", "load_values", "publish_release"]
