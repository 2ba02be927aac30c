"""Documents of the command have nobody who asked for them: the house sees them, everybody else does not."""

import pytest

from atlas.actions.report_work import run_report
from atlas.actions.reporting import forget_request, note_made
from atlas.models import Report
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part, as_data
from tests.app.compilation_objects import as_client, person
from tests.app.report_objects import asked_for, clerk, planted_probe, published

pytestmark = pytest.mark.django_db


def made_by_command(plan) -> Report:
    """What the command leaves of a document."""
    published()
    parameters = as_data(plan)
    document = kinds.make("compilation", parameters, release="")
    return note_made(kind="compilation", parameters=parameters, ending="pdf", document=document)


def test_who_may_ask_for_reports_sees_what_the_command_made(client, admin_client):
    plan = Compilation("Vorwort", parts=(Part("text", "Vorwort", "Guten Tag."),))
    address = f"/b/{made_by_command(plan).code}/"
    for reader in (as_client(person("kollegin")), admin_client):
        answer = reader.get(address)
        assert answer.status_code == 200 and "Vorwort" in answer.text
    answer = client.get(address)
    assert answer.status_code == 403 and "Vorwort" not in answer.text
    stranger = as_client(person("gast", role=""))
    assert stranger.get(address).status_code == 403


def test_what_somebody_took_off_their_list_stays_closed(monkeypatch):
    planted_probe(monkeypatch)
    published()
    asked = asked_for(clerk())
    report = run_report(report=asked.report)
    forget_request(asked=asked)
    assert as_client(person("kollegin")).get(f"/b/{report.code}/").status_code == 403
