"""How much can be taken in, and the words when it cannot."""

from django.conf import settings
from django.utils.translation import gettext as _


def max_bytes() -> int:
    """How large a file may be."""
    return settings.UPLOAD_MAX_MEGABYTES * 1024 * 1024


def too_large() -> str:
    """Why a large file is refused."""
    text = _("Die Datei ist größer als %(limit)s MB. Bitte teilen Sie sie auf, zum Beispiel nach Jahren.")
    return text % {"limit": settings.UPLOAD_MAX_MEGABYTES}


def disk_full() -> str:
    """Why nothing can be kept now."""
    return _(
        "Auf dem Server ist kein Speicherplatz mehr frei. Es wurde nichts gespeichert. "
        "Bitte sagen Sie der Systemverwaltung Bescheid und versuchen Sie es später noch einmal."
    )
