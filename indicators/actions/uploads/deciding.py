"""The planner's decision how a file is read: kept for the file, and as a template if she names one, then checked."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from indicators.intake.mapping import Mapping
from indicators.models import Upload

from .checking import queue_check, wake_worker
from .errors import UploadError
from .opening import save_mapping
from .templates import save_template


def decide_mapping(*, upload: Upload, mapping: Mapping, template_name: str = "", user=None) -> None:
    """Keep the mapping and queue the check. Raises `UploadError`; then neither mapping nor template has changed."""
    try:
        with transaction.atomic():
            template = None
            if template_name.strip():
                template = save_template(name=template_name, mapping=mapping, source=upload.source, user=user)
            save_mapping(upload=upload, mapping=mapping, template=template, user=user)
            queue_check(upload)
    except IntegrityError as error:
        upload.refresh_from_db()
        text = _("Die Vorlage „%(name)s“ wurde eben von jemand anderem gespeichert. Bitte noch einmal versuchen.")
        raise UploadError(text % {"name": template_name}, code="template") from error
    except Exception:
        upload.refresh_from_db()
        raise
    wake_worker(upload)
