"""The only place that creates, changes and deletes catalogue entries, values and releases."""

from .delivering import read_delivered
from .loading import load_catalogue
from .publishing import PublishingError, publish_release
from .supplementing import Supplement, check_texts, deciding_state, last_digest, supplement

__all__ = [
    "PublishingError",
    "Supplement",
    "check_texts",
    "deciding_state",
    "last_digest",
    "load_catalogue",
    "publish_release",
    "read_delivered",
    "supplement",
]
