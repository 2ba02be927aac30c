"""Uploads from receipt to acceptance: the only place that writes them. See docs/intake.md."""

from .accepting import accept_upload
from .checking import cancel_upload, check_upload, release_stuck_uploads, start_check
from .deciding import decide_mapping
from .ending import discard_upload, purge_staged
from .errors import UploadError
from .opening import mapping_of, marked_spreadsheet, open_upload, propose_mapping, save_mapping
from .reasons import give_reasons
from .receiving import receive_upload
from .templates import save_template

__all__ = [
    "UploadError",
    "accept_upload",
    "cancel_upload",
    "check_upload",
    "decide_mapping",
    "discard_upload",
    "give_reasons",
    "mapping_of",
    "marked_spreadsheet",
    "open_upload",
    "propose_mapping",
    "purge_staged",
    "receive_upload",
    "release_stuck_uploads",
    "save_mapping",
    "save_template",
    "start_check",
]
