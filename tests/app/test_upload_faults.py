"""What breaks while a file comes in: nothing half-visible, nothing lost, a message that says what to do."""

import errno
import os
import signal
import subprocess
import sys
import time

import pgtrigger
import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection, transaction

from indicators.actions.uploads import (
    UploadError,
    accept_upload,
    accepting,
    check_upload,
    checking,
    moving,
    receive_upload,
    receiving,
    release_stuck_uploads,
    save_mapping,
)
from indicators.models import Release, StagedValue, Upload, UploadFinding, Value
from tests.app import uploading
from tests.app.uploading import HEAD, LONG, checked, table

WORKER = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connection
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
from indicators.actions.uploads import check_upload
from indicators.models import Upload
print("ready", flush=True)
check_upload(upload=Upload.objects.get(pk=int(sys.argv[2])))
"""


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A city that other connections see; emptied afterwards."""
    with django_db_blocker.unblock():
        uploading.make_city()
        yield
        connection.close()
        with pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE areas_source, areas_arealevel, indicators_dimension, indicators_period, indicators_release, "
                "indicators_upload, indicators_stagedvalue CASCADE"
            )
        connection.close()


@pytest.fixture
def terminate():
    """Cuts the connection at hand from the outside, as a restart of the database does."""

    def _terminate():
        told = connection.get_connection_params()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        keys = ("dbname", "user", "password", "host", "port")
        other = psycopg2.connect(**{key: told[key] for key in keys if key in told})
        other.autocommit = True
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.close()
        time.sleep(0.1)

    return _terminate


def _waiting(body):
    upload = receive_upload(file_name="a.csv", body=body)
    save_mapping(upload=upload, mapping=LONG)
    checking.queue_check(upload)
    return upload


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_check_can_be_repeated(committed, settings):
    rows = [f"Viertel;001;;Durchschnittsalter;{1950 + n % 70};4{n % 9},{n % 7}" for n in range(400_000)]
    upload = _waiting("\n".join([HEAD, *rows]).encode())
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(upload.pk)]
    worker = subprocess.Popen(command, env=dict(os.environ), cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
    try:
        _until(lambda: Upload.objects.get(pk=upload.pk).done > 0)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    upload.refresh_from_db()
    assert upload.state == "checking"
    assert not StagedValue.objects.exists()
    assert not UploadFinding.objects.exists()
    assert release_stuck_uploads() == 0  # its last sign of life is fresh
    settings.UPLOAD_STUCK_SECONDS = 0
    assert release_stuck_uploads() == 1
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert "Sie können neu starten" in upload.message
    checking.queue_check(upload)
    assert check_upload(upload=upload).state == "checked"
    assert upload.value_count == 400_000


def _until(happens, seconds=60):
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            pytest.fail("It did not happen in time.")
        time.sleep(0.02)


def test_a_connection_cut_while_checking_stores_nothing(committed, monkeypatch, terminate):
    upload = _waiting(table())
    real = checking.store_outcome
    monkeypatch.setattr(checking, "store_outcome", lambda *args: terminate() or real(*args))
    check_upload(upload=upload)
    assert upload.state == "failed"
    assert "Verbindung zur Datenbank ist abgerissen" in upload.message
    assert not StagedValue.objects.exists()
    monkeypatch.setattr(checking, "store_outcome", real)
    checking.queue_check(upload)
    assert check_upload(upload=upload).value_count == 10


@pytest.mark.parametrize("in_background", [False, True])
def test_a_connection_cut_while_accepting_leaves_the_upload_as_it_was(committed, monkeypatch, terminate, in_background):
    upload = checked(table())
    real = moving._move

    def cut(*args):
        moved = real(*args)
        terminate()
        return moved

    monkeypatch.setattr(moving, "_move", cut)
    if in_background:
        accept_upload(upload=upload, title="Neue Zahlen", in_background=True)
        assert "Verbindung zur Datenbank ist abgerissen" in Upload.objects.get().message
    else:
        with pytest.raises(UploadError, match="Verbindung zur Datenbank ist abgerissen"):
            accept_upload(upload=upload, title="Neue Zahlen", in_background=False)
        connection.close()
    upload = Upload.objects.get()
    assert (upload.state, StagedValue.objects.count()) == ("checked", 10)
    assert not Value.objects.exists()
    assert not Release.objects.exists()
    monkeypatch.setattr(moving, "_move", real)
    assert accept_upload(upload=upload, title="Neue Zahlen").values.count() == 10


@pytest.mark.django_db
def test_a_failing_statement_while_accepting_leaves_the_upload_as_it_was(monkeypatch):
    uploading.make_city()
    upload = checked(table())
    monkeypatch.setattr(moving, "_MOVE", moving._MOVE + " LIMIT 1/0")
    with transaction.atomic(), pytest.raises(UploadError, match="Datenbank"), transaction.atomic():
        accept_upload(upload=upload, title="Neue Zahlen")
    assert Upload.objects.get().state == "checked"
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_while_the_browser_sends(client, monkeypatch):
    uploading.make_city()
    client.force_login(uploading.planner())

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    from django.core.files.uploadedfile import SimpleUploadedFile

    from dortmund_sozial.upload_handlers import CarefulUploadHandler

    monkeypatch.setattr(settings, "FILE_UPLOAD_HANDLERS", [
        f"{CarefulUploadHandler.__module__}.{CarefulUploadHandler.__name__}"])  # fmt: skip
    answer = client.post("/redaktion/lieferungen/", {"file": SimpleUploadedFile("a.csv", table())})
    assert answer.status_code == 422
    assert "kein Speicherplatz mehr frei" in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_while_the_file_is_kept(monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(receiving, "_copy", full)
    with pytest.raises(UploadError, match="kein Speicherplatz mehr frei"):
        receive_upload(file_name="a.csv", body=table())
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_an_unforeseen_fault_ends_the_check_with_a_message(monkeypatch):
    uploading.make_city()
    upload = _waiting(table())
    monkeypatch.setattr(checking, "store_outcome", lambda *_args: 1 / 0)
    check_upload(upload=upload)
    assert upload.state == "failed"
    assert "unerwarteter Fehler" in upload.message


@pytest.mark.django_db
def test_a_person_who_was_deleted_meanwhile_is_no_obstacle():
    uploading.make_city()
    user = uploading.planner()
    upload = checked(table(), user=user)
    Upload.objects.filter(pk=upload.pk).update(state="accepting", run=7)
    get_user_model().objects.all().delete()
    target = {"release": None, "title": "Neue Zahlen", "replace": False, "user": 4711}
    assert accepting.accept_in_background(upload.pk, 7, target) == "accepted"
