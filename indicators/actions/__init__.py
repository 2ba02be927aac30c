"""The only place that creates, changes and deletes catalogue entries, values and releases."""

from .delivering import read_delivered
from .errors import PublishingError, WorkflowError
from .loading import load_catalogue, load_secrecy
from .loading_indices import load_indices
from .loading_rules import load_screenings, load_typologies
from .preparing import is_prepared, prepare_release
from .publishing import publish_release
from .supplementing import Supplement, check_texts, deciding_state, last_digest, supplement

__all__ = [
    "PublishingError",
    "Supplement",
    "WorkflowError",
    "check_texts",
    "deciding_state",
    "is_prepared",
    "last_digest",
    "load_catalogue",
    "load_indices",
    "load_screenings",
    "load_secrecy",
    "load_typologies",
    "prepare_release",
    "publish_release",
    "read_delivered",
    "supplement",
]
