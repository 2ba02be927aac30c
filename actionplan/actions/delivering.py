"""A spreadsheet with projects and payments: received, checked as often as asked, taken over once and as a whole."""

import datetime
import hashlib
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.intake.sheets import MOST_BYTES, Tables, read_tables
from actionplan.models import PlanDelivery

from .bringing_in import Brought, bring_in

KEPT_DAYS = 14  # of a file that nobody took over; it may hold names


class DeliveryError(Exception):
    """What cannot be done with a file; the text is for the person who tried."""


def receive_delivery(*, file_name: str, body: bytes, user=None) -> PlanDelivery:
    """Keep a file to be checked. Raises `DeliveryError` for one that is too large. Old files go that nobody took."""
    if len(body) > MOST_BYTES:
        raise DeliveryError(_("Die Datei ist größer als %(limit)d MB.") % {"limit": MOST_BYTES // 1024 // 1024})
    old = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    PlanDelivery.objects.filter(taken_at__isnull=True, created_at__lt=old).delete()
    digest = hashlib.sha256(body).hexdigest()
    return PlanDelivery.objects.create(file_name=file_name[-255:], digest=digest, body=body, created_by=user)


def check_delivery(*, delivery: PlanDelivery, user=None) -> Brought:
    """What taking the file over would do today: everything is tried in the database and taken back."""
    tables = _tables(delivery)
    with transaction.atomic():
        brought = bring_in(tables, user=user)
        transaction.set_rollback(True)
    return brought


def take_over_delivery(*, delivery: PlanDelivery, user=None) -> Brought:
    """Save everything or nothing. Raises `DeliveryError` when a row is refused, or when it was taken over before."""
    tables = _tables(delivery)
    with transaction.atomic():
        held = PlanDelivery.objects.select_for_update().defer("body").get(pk=delivery.pk)
        if held.taken_at:
            raise DeliveryError(_("Diese Datei ist schon übernommen."))
        brought = bring_in(tables, user=user)
        if brought.findings:
            raise DeliveryError(_("Nichts wurde übernommen: Es gibt Fehler."))
        held.taken_at, held.taken_by = timezone.now(), user
        held.created, held.changed = len(brought.created), len(brought.changed)
        held.booked = len(brought.booked)
        held.save(update_fields=["taken_at", "taken_by", "created", "changed", "booked"])
    return brought


def discard_delivery(*, delivery: PlanDelivery) -> None:
    """Forget a file. Raises `DeliveryError` for one that is taken over: what is booked keeps its origin."""
    deleted, _models = PlanDelivery.objects.filter(pk=delivery.pk, taken_at__isnull=True).delete()
    if not deleted:
        raise DeliveryError(_("Diese Datei ist schon übernommen."))


def _tables(delivery: PlanDelivery) -> Tables:
    with tempfile.NamedTemporaryFile(suffix=Path(delivery.file_name).suffix[:8]) as kept:
        kept.write(bytes(delivery.body))
        kept.flush()
        return read_tables(Path(kept.name), delivery.file_name)
