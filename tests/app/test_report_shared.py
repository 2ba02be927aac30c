"""A compilation that is shared within the house is shared with its files; on empty tables, because it needs no figures."""

import pytest

from atlas.actions.compilation_runs import start_run
from atlas.actions.report_work import run_report
from atlas.models import Compilation, ReportRequest
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part
from tests.app.compilation_objects import address, as_client, compilation, person
from tests.app.report_objects import published

pytestmark = pytest.mark.django_db


def test_who_sees_a_compilation_takes_its_files():
    kept = compilation(person("klerk"), Plan("Vorwort", parts=(Part("text", "Vorwort", "Guten Tag."),)), is_shared=True)
    run = start_run(kept=kept, release=published(), language="de", endings=["xlsx"], user=kept.owner)
    asked = ReportRequest.objects.get()
    report = run_report(report=asked.report)
    colleague, page = as_client(person("kollegin")), address(kept, f"durchlauf/{run.pk}/")
    file = f"/redaktion/berichte/{asked.pk}/datei/"
    assert file in colleague.get(page).text
    assert colleague.get(file).status_code == 200
    assert "Vorwort" in colleague.get(f"/b/{report.code}/").text
    Compilation.objects.update(is_shared=False)
    assert [colleague.get(path).status_code for path in (page, file, f"/b/{report.code}/")] == [404, 404, 403]
