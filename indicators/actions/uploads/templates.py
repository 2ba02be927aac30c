"""Templates: mappings that are kept for next year."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from areas.models import Source
from indicators.intake.findings import Refusal
from indicators.intake.mapping import Mapping
from indicators.models import UploadTemplate

from .errors import UploadError


@transaction.atomic
def save_template(
    *, name: str, mapping: Mapping | dict, source: Source | None = None, note: str = "", user=None
) -> UploadTemplate:
    """Keep a mapping under a name, as a new version; earlier versions stay as they are.

    The same mapping once more makes no new version. Raises `UploadError` for an empty name, `Refusal` for a broken
    mapping.
    """
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise UploadError(_("Eine Vorlage braucht einen Namen mit höchstens 120 Zeichen."), code="name")
    written = mapping.to_json() if isinstance(mapping, Mapping) else Mapping.from_json(mapping).to_json()
    versions = UploadTemplate.objects.select_for_update().filter(name=name)
    current = next((version for version in versions if version.is_current), None)
    if current and _same(current.mapping, written) and current.source == source and current.note == note:
        return current
    newest = versions.order_by().aggregate(newest=Max("version"))["newest"] if current is None else current.version
    versions.filter(is_current=True).update(is_current=False)
    return UploadTemplate.objects.create(
        name=name, version=(newest or 0) + 1, mapping=written, source=source, note=note, created_by=user
    )


def _same(kept: dict, written: dict) -> bool:
    """Whether two written mappings say the same, also when one is from before a setting existed."""
    try:
        return Mapping.from_json(kept).to_json() == written
    except Refusal:
        return False
