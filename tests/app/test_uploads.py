"""Uploads from receipt to draft: kept once, checked, accepted all or nothing."""

import io
from decimal import Decimal

import pytest
from django.core.management import call_command

from indicators.actions.uploads import (
    UploadError,
    accept_upload,
    accepting,
    cancel_upload,
    check_upload,
    checking,
    discard_upload,
    give_reasons,
    progress,
    purge_staged,
    receive_upload,
    release_stuck_uploads,
    save_mapping,
    save_template,
    start_check,
)
from indicators.intake.mapping import Mapping
from indicators.models import Release, ReleaseEvent, StagedValue, Upload, UploadTemplate, Value
from tests.app import uploading
from tests.app.uploading import LONG, checked, codes, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    uploading.make_city()


def test_every_accepted_value_says_where_it_stood():
    user = uploading.planner()
    upload = checked(table())
    assert (upload.state, upload.value_count, upload.error_count, upload.warning_count) == ("checked", 10, 0, 0)
    release = accept_upload(upload=upload, title="Neue Zahlen", user=user)
    value = Value.objects.get(release=release, area__code="003")
    assert (value.value, value.status) == (Decimal("42.2"), "reported")
    assert (value.upload, value.row, value.column, value.edit) == (upload, 4, 6, None)
    assert value.source.slug == "amt"
    assert (upload.state, upload.release, upload.accepted_by) == ("accepted", release, user)
    assert release.status == "draft"
    assert list(release.events.values_list("kind", flat=True)) == ["created", "edited"]
    assert not StagedValue.objects.exists()


def test_the_same_file_is_refused_and_leads_to_the_first():
    first = receive_upload(file_name="a.csv", body=table())
    with pytest.raises(UploadError, match=r"schon geliefert: „a\.csv“") as refused:
        receive_upload(file_name="b.csv", body=table())
    assert refused.value.upload == first
    assert Upload.objects.count() == 1


def test_a_race_of_the_same_file_is_decided_by_the_database(monkeypatch):
    from indicators.actions.uploads import receiving

    first = receive_upload(file_name="a.csv", body=table())
    real, calls = receiving._refuse_known, []
    monkeypatch.setattr(receiving, "_refuse_known", lambda digest: calls.append(1) or (len(calls) > 1 and real(digest)))
    with pytest.raises(UploadError) as refused:
        receive_upload(file_name="b.csv", body=table())
    assert refused.value.upload == first


def test_a_discarded_file_may_come_again():
    discard_upload(upload=receive_upload(file_name="a.csv", body=table()))
    assert receive_upload(file_name="a.csv", body=table()).state == "received"


def test_an_unreadable_file_is_kept_as_refused_without_its_bytes():
    upload = receive_upload(file_name="bild.xlsx", body=b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert upload.state == "refused"
    assert upload.message
    assert not hasattr(upload, "content")


def test_too_large_and_empty_files_are_refused(settings):
    settings.UPLOAD_MAX_MEGABYTES = 0
    with pytest.raises(UploadError, match="größer als 0 MB"):
        receive_upload(file_name="a.csv", body=table())
    settings.UPLOAD_MAX_MEGABYTES = 1
    with pytest.raises(UploadError, match="leer"):
        receive_upload(file_name="a.csv", body=b"")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Viertel;;Viertel Q;Durchschnittsalter;2024;40", "unknown_area"),
        ("Viertel;099;;Durchschnittsalter;2024;40", "unknown_area"),
        ("Viertel;001;;Durchschnittsalter;2024;41", "duplicate"),
        ("Viertel;001;;Durchschnittsalte;2023;41", "unknown_indicator"),
        ("Viertel;001;;Durchschnittsalter;2099;41", "year_out_of_range"),
        ("Viertel;001;;Durchschnittsalter;1899;41", "year_out_of_range"),
        ("Viertel;001;;Durchschnittsalter;2023/24;41", "unknown_period"),
        ("Viertel;001;;Durchschnittsalter;2023;121", "too_high"),
        ("Viertel;001;;Durchschnittsalter;2023;-1", "too_low"),
        ("Viertel;001;;Arbeitslosenquote;2023;101", "share_over_100"),
        ("Viertel;001;;Einwohner;2023;-5", "negative"),
        ("Viertel;001;;Durchschnittsalter;2023;41 %", "unit_mismatch"),
        ("Viertel;001;;Durchschnittsalter;2023;ungefähr 41", "unreadable_number"),
        ("Viertel;;Mitte;Durchschnittsalter;2023;41", "level_mix"),
        ("Stadtteil;001;;Durchschnittsalter;2023;41", "unknown_level"),
        ("Viertel;001;Viertel B;Durchschnittsalter;2023;41", "code_and_name"),
        (";;;Durchschnittsalter;2023;41", "area_missing"),
    ],
)
def test_an_error_blocks_and_says_where(row, code):
    upload = checked(table(row))
    finding = upload.findings.get(kind="error", code=code)
    assert (finding.row, bool(finding.found), bool(finding.column)) == (12, True, True)
    with pytest.raises(UploadError, match="Fehler"):
        accept_upload(upload=upload, title="Neue Zahlen")
    assert not Value.objects.exists()
    assert not Release.objects.exists()


def test_a_code_that_lost_its_zeros_is_read_and_reported():
    rows = [f"Viertel;{n + 1};;Durchschnittsalter;2023;4{n},{n}" for n in range(10)]
    upload = checked(table(*rows))
    assert codes(upload) == {"code_without_zeros"}
    assert upload.findings.first().expected == "001"


def test_warnings_need_a_reason():
    upload = checked(table(values=["40"] * 9))
    assert codes(upload) == {"area_absent"}
    with pytest.raises(UploadError, match="begründen"):
        accept_upload(upload=upload, title="Neue Zahlen")
    with pytest.raises(UploadError, match="warum"):
        give_reasons(upload=upload, reason="  ", user=None)
    assert give_reasons(upload=upload, reason="Viertel J ist unbewohnt.", user=None, code="area_absent") == 1
    assert accept_upload(upload=upload, title="Neue Zahlen").values.count() == 9


def test_a_jump_against_what_is_public_is_a_warning():
    release = uploading.publish_values({f"{n:03d}": Decimal(40 + n % 3) for n in range(1, 11)})
    Release.objects.filter(pk=release.pk).update(status="published", published_at="2024-01-01T00:00Z")
    values = [f"{41 + n % 3},{n % 5}" for n in range(1, 11)]
    assert "jump" not in codes(checked(table(values=values)))
    upload = checked(table(values=[*values[:9], "80"]))
    finding = upload.findings.get(code="jump")
    assert (finding.kind, finding.row) == ("warning", 11)
    assert "41 (2023) → 80 (2024)" in finding.found


def test_what_is_public_already_is_left_out():
    release = uploading.publish_values({f"{n:03d}": Decimal(40) for n in range(1, 10)}, year="2024")
    Release.objects.filter(pk=release.pk).update(status="published", published_at="2024-01-01T00:00Z")
    upload = checked(table(values=["40"] * 8 + ["41", "42"]))
    draft = accept_upload(upload=upload, title="Neue Zahlen")
    assert sorted(draft.values.values_list("area__code", flat=True)) == ["009", "010"]
    assert "8 waren schon genau so veröffentlicht" in upload.message


def test_values_of_the_draft_are_replaced_only_if_told():
    draft = accept_upload(upload=checked(table()), title="Neue Zahlen")
    again = checked(table(values=["50"] * 10))
    with pytest.raises(UploadError, match="hat schon 10 dieser Werte") as conflict:
        accept_upload(upload=again, release=draft)
    assert conflict.value.code == "conflict"
    assert again.state == "checked"
    accept_upload(upload=again, release=draft, replace=True)
    assert set(draft.values.values_list("value", "upload")) == {(Decimal(50), again.pk)}


def test_only_drafts_take_values():
    release = Release.objects.create(slug="r", title="In Prüfung", status="in_review")
    with pytest.raises(UploadError, match="kein Entwurf mehr"):
        accept_upload(upload=checked(table()), release=release)
    assert not Value.objects.exists()


def test_an_upload_is_accepted_once():
    upload = checked(table())
    late = Upload.objects.get(pk=upload.pk)
    accept_upload(upload=upload, title="Neue Zahlen")
    late.state = "checked"
    with pytest.raises(UploadError, match="übernommen"):
        accept_upload(upload=late, title="Noch einmal")
    with pytest.raises(UploadError, match="gerade bearbeitet"):
        accepting._claim(late)
    assert Value.objects.count() == 10


def test_a_large_upload_is_accepted_by_the_worker(monkeypatch):
    monkeypatch.setattr(accepting, "LARGE", 5)
    upload = checked(table())
    assert accept_upload(upload=upload, title="Neue Zahlen", user=uploading.planner()) is None
    assert upload.state == "accepted"  # the worker of the tests works at once
    assert upload.release.values.count() == 10


def test_the_worker_leaves_the_upload_checked_when_accepting_fails(monkeypatch):
    monkeypatch.setattr(accepting, "LARGE", 5)
    upload = checked(table())
    accept_upload(upload=upload, title="x")
    assert upload.state == "checked"
    assert "Titel" in upload.message
    assert not Release.objects.exists()


def test_of_two_workers_one_takes_the_upload():
    upload = receive_upload(file_name="a.csv", body=table())
    save_mapping(upload=upload, mapping=LONG)
    checking.queue_check(upload)
    other = Upload.objects.get(pk=upload.pk)
    Upload.objects.filter(pk=upload.pk).update(state="checking")
    assert check_upload(upload=other).state == "checking"
    assert not StagedValue.objects.exists()


def test_a_worker_that_lost_its_turn_stores_nothing(monkeypatch):
    upload = receive_upload(file_name="a.csv", body=table())
    save_mapping(upload=upload, mapping=LONG)
    checking.queue_check(upload)
    real = checking.store_outcome

    def meanwhile(*args):
        Upload.objects.filter(pk=upload.pk).update(run=99)
        real(*args)

    monkeypatch.setattr(checking, "store_outcome", meanwhile)
    check_upload(upload=upload)
    assert (upload.state, upload.run) == ("checking", 99)
    assert not StagedValue.objects.exists()
    assert not upload.findings.exists()


def test_a_check_is_cancelled_while_it_runs(monkeypatch):
    upload = receive_upload(file_name="a.csv", body=table())
    save_mapping(upload=upload, mapping=LONG)
    checking.queue_check(upload)
    real = progress.Progress.begin

    def begin(self, step, total=0):
        if total:
            cancel_upload(upload=Upload.objects.get(pk=upload.pk))
        real(self, step, total)

    monkeypatch.setattr(progress.Progress, "begin", begin)
    check_upload(upload=upload)
    assert upload.state == "cancelled"
    assert "abgebrochen" in upload.message
    assert not StagedValue.objects.exists()


def test_a_waiting_check_is_cancelled_at_once():
    upload = receive_upload(file_name="a.csv", body=table())
    with pytest.raises(UploadError, match="läuft nichts"):
        cancel_upload(upload=upload)
    save_mapping(upload=upload, mapping=LONG)
    checking.queue_check(upload)
    cancel_upload(upload=upload)
    assert upload.state == "cancelled"
    assert check_upload(upload=upload).state == "cancelled"


def test_stuck_uploads_can_be_started_again(settings):
    settings.UPLOAD_STUCK_SECONDS = 60
    upload = receive_upload(file_name="a.csv", body=table())
    save_mapping(upload=upload, mapping=LONG)
    Upload.objects.filter(pk=upload.pk).update(state="checking", heartbeat_at="2020-01-01T00:00Z")
    assert release_stuck_uploads() == 1
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert "nicht mehr gemeldet" in upload.message
    start_check(upload=upload)
    assert (upload.state, upload.value_count, upload.message) == ("checked", 10, "")


def test_a_template_checks_at_once_and_keeps_its_versions():
    first = save_template(name=" Altersstruktur ", mapping=LONG)
    assert save_template(name="Altersstruktur", mapping=LONG) == first
    second = save_template(name="Altersstruktur", mapping=Mapping(**{**LONG.__dict__, "fill_down": True}))
    assert list(UploadTemplate.objects.values_list("version", "is_current")) == [(2, True), (1, False)]
    upload = receive_upload(file_name="a.csv", body=table(), template=second)
    assert (upload.state, upload.template, upload.value_count) == ("checked", second, 10)


def test_a_mapping_that_does_not_fit_is_an_error_to_correct():
    broken = {**LONG.to_json(), "layout": "spiral"}
    upload = receive_upload(file_name="a.csv", body=table())
    Upload.objects.filter(pk=upload.pk).update(mapping=broken)
    start_check(upload=upload)
    assert (upload.state, upload.error_count) == ("checked", 1)
    assert codes(upload) == {"mapping_broken"}


def test_staged_values_of_ended_uploads_are_purged():
    upload = checked(table())
    Upload.objects.filter(pk=upload.pk).update(state="discarded")
    told = io.StringIO()
    call_command("purge_staged_values", stdout=told)
    assert "10 Werte zu löschen" in told.getvalue()
    assert StagedValue.objects.count() == 10
    call_command("purge_staged_values", commit=True, stdout=told)
    assert "10 Werte gelöscht" in told.getvalue()
    assert not StagedValue.objects.exists()


def test_staged_values_of_an_open_upload_stay():
    checked(table())
    assert purge_staged() == 0
    assert StagedValue.objects.count() == 10


def test_many_findings_are_summed_up():
    rows = [f"Viertel;;Nirgendwo {n};Durchschnittsalter;2023;40" for n in range(700)]
    upload = checked(table(*rows))
    kept = upload.findings.filter(code="unknown_area")
    assert kept.count() == 501
    assert sum(kept.values_list("count", flat=True)) == 700 == upload.error_count
    assert kept.get(row=None).found == "200 weitere Befunde dieser Art"


def test_the_sum_of_parts_is_compared_with_the_whole():
    rows = ["Bezirk;01;Mitte;Einwohner;2024;1500"]
    upload = checked(table(*rows, indicator="Einwohner", values=["100"] * 10))
    finding = upload.findings.get(code="sum_of_parts")
    assert "1500" in finding.found
    assert "1000" in finding.found
    assert "sum_of_parts" not in codes(
        checked(table("Bezirk;01;Mitte;Einwohner;2024;1000", indicator="Einwohner", values=["100"] * 10))
    )


def test_events_tell_the_release():
    release = accept_upload(upload=checked(table(), name="alter.csv"), title="Neue Zahlen")
    event = ReleaseEvent.objects.get(release=release, kind="edited")
    assert event.text == "Lieferung „alter.csv“: 10 Werte"
