"""`import_values`: the whole way from the command line, a dry run unless `--commit`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from indicators.actions.uploads import save_template
from indicators.models import Release, Upload, Value
from tests.app import uploading
from tests.app.uploading import LONG, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city():
    uploading.make_city()
    save_template(name="Alter", mapping=LONG)


@pytest.fixture
def run(tmp_path):
    def _run(body, *options, template="Alter"):
        path = tmp_path / "alter.csv"
        path.write_bytes(body)
        out = StringIO()
        try:
            call_command("import_values", path, "--template", template, *options, stdout=out)
        except CommandError as error:
            return out.getvalue(), str(error)
        return out.getvalue(), None

    return _run


def test_a_dry_run_leaves_no_trace(run):
    told, error = run(table())
    assert error is None
    assert "10 Werte übernommen. Nichts gespeichert" in told
    assert not Upload.objects.exists()
    assert not Release.objects.exists()


def test_commit_stores_in_a_new_draft_and_then_in_the_same(run):
    user = uploading.planner("amt")
    told, error = run(table(), "--commit", "--release", "Altersstruktur 2024", "--user", "amt")
    assert error is None
    assert "altersstruktur-2024" in told
    upload = Upload.objects.get()
    assert (upload.way, upload.created_by, upload.state) == ("command", user, "accepted")
    assert Value.objects.filter(release__slug="altersstruktur-2024").count() == 10
    assert "schon geliefert" in run(table(), "--commit")[1]
    assert "hat schon 10" in run(table(values=["50"] * 10), "--commit", "--release", "altersstruktur-2024")[1]
    run(table(values=["50"] * 10), "--commit", "--release", "altersstruktur-2024", "--replace")
    assert set(Value.objects.values_list("value", flat=True)) == {50}


def test_errors_are_shown_as_a_table_and_end_with_code_one(run):
    told, error = run(table("Viertel;;Viertel Q;Durchschnittsalter;2024;40"), "--commit")
    assert "Zelle B12" in told
    assert "Das Gebiet „Viertel Q“ ist nicht bekannt." in told
    assert error == "Nichts gespeichert. Fehler: 1."
    assert not Upload.objects.exists()


def test_warnings_need_a_reason(run):
    body = table(values=["40"] * 9)
    told, error = run(body)
    assert error is None
    assert "brauchen eine Begründung" in told
    assert "--accept-warnings" in run(body, "--commit")[1]
    assert run(body, "--commit", "--accept-warnings", "Viertel J ist leer.")[1] is None
    assert set(Upload.objects.get().findings.values_list("reason", flat=True)) == {"Viertel J ist leer."}


@pytest.mark.parametrize(
    ("options", "template", "text"),
    [
        ((), "Unbekannt", "Vorhanden: Alter"),
        (("--source", "x"), "Alter", "Quelle „x“"),
        (("--user", "x"), "Alter", "Konto „x“"),
    ],
)
def test_unknown_names_are_refused(run, options, template, text):
    assert text in run(table(), *options, template=template)[1]


def test_a_missing_file_is_refused():
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import_values", "/nirgends.csv", "--template", "Alter")
