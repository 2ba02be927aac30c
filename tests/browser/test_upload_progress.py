"""The page of an upload keeps step with the worker: waiting, checking, result."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.actions.uploads import receive_upload
from indicators.models import Upload

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def upload(colleagues):
    made = receive_upload(file_name="werte.csv", body=b"Gebiet;Wert\n011;1\n", user=colleagues[0])
    Upload.objects.filter(pk=made.pk).update(state="waiting", heartbeat_at=timezone.now())
    return made


def test_waiting_becomes_checking_without_anybody_asking(upload, colleagues, as_person, server):
    page = as_person(colleagues[0])
    page.goto(f"{server.url}/redaktion/lieferungen/{upload.pk}/")
    expect(page.locator("#progress-heading")).to_have_text("Wartet auf Prüfung")
    now = timezone.now()
    Upload.objects.filter(pk=upload.pk).update(state="checking", step="liest die Tabelle", total=10, heartbeat_at=now)
    expect(page.locator("#progress-heading")).to_have_text("Wird geprüft")
    expect(page.locator(".caption").first).to_contain_text("wird geprüft")
