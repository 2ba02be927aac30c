"""A release is withdrawn: documents that tell its figures beside newer ones are given out no more either."""

import pytest
from django.utils import timezone

from atlas.actions.compilation_runs import start_run, work_out_changes
from atlas.actions.report_work import run_report
from atlas.models import ReportRequest
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part
from indicators.models import Release
from tests.app.compilation_objects import TWO_AREAS, address, as_client, compilation, person
from tests.app.correcting import corrected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def run_of(kept, release):
    return start_run(kept=kept, release=release, language="de", endings=["docx"], user=kept.owner)


def test_nothing_of_a_withdrawn_release_is_told_by_a_later_run():
    kept = compilation(person("klerk"), Plan("Mit Änderungen", parts=(Part("changes"), *TWO_AREAS.parts)))
    client, first = as_client(kept.owner), Release.objects.published().get()
    run_of(kept, first)
    run = work_out_changes(run=run_of(kept, corrected()))
    asked = ReportRequest.objects.get(report__in=run.reports.all())
    run_report(report=asked.report)
    page, file = address(kept, f"durchlauf/{run.pk}/"), f"/redaktion/berichte/{asked.pk}/datei/"
    assert "andere Zahl" in client.get(page).text and client.get(file).status_code == 200
    asked.is_shared = True
    asked.save()
    colleague = as_client(person("kollegin"))
    lists = [(client, page), (client, "/redaktion/berichte/"), (colleague, "/redaktion/berichte/")]
    assert [f'href="{file}"' in who.get(where).text for who, where in lists] == [True] * 3
    Release.objects.filter(pk=first.pk).update(
        withdrawn_at=timezone.now(), status="withdrawn", withdrawal_reason="Ein Fehler."
    )
    assert [f'href="{file}"' in who.get(where).text for who, where in lists] == [False] * 3
    assert "dieser Bericht wird nicht mehr ausgegeben" in client.get("/redaktion/berichte/").text
    told = client.get(page).text
    assert "wurde zurückgezogen" in told and "andere Zahl" not in told
    for address_of_figures in (f"{page}aenderungen.csv", f"{page}aenderungen.xlsx", file):
        answer = client.get(address_of_figures)
        assert answer.status_code == 410 and "zurückgezogen" in answer.text
