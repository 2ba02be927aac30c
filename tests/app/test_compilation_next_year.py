"""A year later: the same compilation on newer figures, and what changed since the run before."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from atlas.actions.compilation_runs import work_out_changes
from atlas.actions.compilations import keep_text, remove_part
from atlas.models import CompilationRun
from atlas.reports.changes import Kind, changes_of, counted
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part
from atlas.reports.content import checksum, cleaned
from atlas.reports.document import Heading, tables
from indicators.models import Indicator, Release
from tests.app.compilation_objects import (
    TWO_AREAS,
    address,
    as_client,
    compilation,
    document_of,
    person,
    run_of,
    text_of,
)
from tests.app.correcting import SLUG, corrected, withdrawn

pytestmark = pytest.mark.django_db
LABEL = "Änderungen gegenüber dem vorigen Bericht"
WITH_CHANGES = Plan("Mit Änderungen", parts=(Part("changes"), *TWO_AREAS.parts))


@pytest.fixture(scope="module")
def published(city_of_file):
    """A correction, published once for all tests of this file: the newer figures."""
    return corrected()


@pytest.fixture
def second(published):
    """The correction as it stands in the database."""
    return Release.objects.get(pk=published.pk)


@pytest.fixture
def first(published):
    return Release.objects.exclude(pk=published.pk).get()


@pytest.fixture
def clerk():
    return person("klerk")


@pytest.fixture
def client(clerk):
    return as_client(clerk)


@pytest.fixture
def two_runs(clerk, first, second):
    kept = compilation(clerk)
    run_of(kept, first, clerk)
    remove_part(kept=kept, key="t1", user=clerk)
    return kept, work_out_changes(run=run_of(kept, second, clerk))


def test_a_rerun_on_a_newer_release_lists_what_changed(two_runs, client):
    kept, run = two_runs
    changes = changes_of(run.changes)
    assert run.before == kept.runs.last() and not run.fault
    count = counted(changes)
    assert count[Kind.CHAPTER_GONE] == 1 and count[Kind.VALUE] > 3
    label = Indicator.objects.get(slug=SLUG).label
    own = [
        c for c in changes if c.place.chapter[1:2] == ("Borsigplatz",) and c.place.row == label and c.kind == Kind.VALUE
    ]
    assert own and all(c.difference == c.new.value - c.old.value for c in own)
    page = client.get(address(kept, f"durchlauf/{run.pk}/")).text
    assert "andere Zahl" in page and "Kapitel weggefallen" in page and "Vorwort" in page


def test_the_list_is_filtered(two_runs, client):
    kept, run = two_runs
    path = address(kept, f"durchlauf/{run.pk}/")
    assert "1 Änderung\n" in client.get(path + "?art=chapter_gone").text.replace("</caption>", "\n")
    assert "Keine Änderung passt dazu." in client.get(path + "?suche=gibtesnicht").text
    assert "Vorwort" in client.get(path + "?suche=VORWORT").text
    for nonsense in ("?art=x", "?seite=0", "?seite=x", "?art[]=1&suche=" + "x" * 3000):
        assert client.get(path + nonsense).status_code == 200


def test_the_list_is_taken_along_as_tables(two_runs, client):
    kept, run = two_runs
    path = address(kept, f"durchlauf/{run.pk}/aenderungen.")
    rows = list(csv.reader(io.StringIO(client.get(path + "csv").content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Art der Änderung", "Kapitel", "Tabelle", "Was", "vorher", "jetzt", "Unterschied"]
    assert {row[0] for row in rows[1:]} >= {"andere Zahl", "Kapitel weggefallen"}
    book = openpyxl.load_workbook(io.BytesIO(client.get(path + "xlsx").content))
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    changed = next(c for c in changes_of(run.changes) if c.kind == Kind.VALUE)
    assert any(isinstance(v, int | float) and Decimal(str(v)) == changed.new.value for v in values)
    assert client.get(path + "exe").status_code == 404


def test_the_last_chapter_tells_the_changes_and_can_be_made_again_from_the_run_alone(clerk, first, second):
    kept = compilation(clerk, WITH_CHANGES)
    one = document_of(run_of(kept, first, clerk))
    assert LABEL not in [block.text for block in one.blocks if isinstance(block, Heading)]
    run = run_of(kept, second, clerk)
    assert run.data["parts"][-1]["section"] == "changes"
    document = document_of(run)
    headings = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == ["Vorwort", "Lage", LABEL]
    assert f"Verglichen mit „{WITH_CHANGES.title}“" in text_of(document) and "andere Zahl" in text_of(document)
    rows = [row for group in tables(document)[-1].groups for row in group.rows]
    assert len(rows) > 3
    assert checksum(cleaned(document_of(CompilationRun.objects.get(pk=run.pk)))) == checksum(cleaned(document))
    third = run_of(kept, first, clerk)
    assert third.before == run and "before" not in str(third.data["parts"][-1]["options"]["before"]["compilation"])


def test_what_cannot_be_compared_says_why(clerk, first, client, second):
    kept = compilation(clerk)
    run_of(kept, first, clerk)
    run = run_of(kept, second, clerk)
    withdrawn(second)
    run = work_out_changes(run=CompilationRun.objects.get(pk=run.pk))
    assert run.changes is None and run.fault
    assert "Berichtigung Westliche Innenstadt" in run.fault and "zurückgezogen" in run.fault
    page = client.get(address(kept, f"durchlauf/{run.pk}/")).text
    assert "Die Veröffentlichung „Berichtigung Westliche Innenstadt“ wurde zurückgezogen" in page


def test_a_lost_comparison_is_asked_for_again(clerk, first, client, django_capture_on_commit_callbacks, second):
    kept = compilation(clerk)
    run_of(kept, first, clerk)
    run = run_of(kept, second, clerk)
    path = address(kept, f"durchlauf/{run.pk}/")
    assert "noch berechnet" in client.get(path).text and "Noch einmal vergleichen" not in client.get(path).text
    CompilationRun.objects.filter(pk=run.pk).update(asked_at=timezone.now() - timedelta(hours=1))
    assert "Noch einmal vergleichen" in client.get(path).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {"schritt": "vergleichen"})
    assert "andere Zahl" in client.get(path).text


def test_changes_are_found_by_the_worker(clerk, first, django_capture_on_commit_callbacks, second):
    kept = compilation(clerk)
    run_of(kept, first, clerk)
    with django_capture_on_commit_callbacks(execute=True):
        run = run_of(kept, second, clerk)
    assert CompilationRun.objects.get(pk=run.pk).changes


def test_empty_on_purpose_is_a_review_too(clerk, client, first, second):
    kept = compilation(clerk)
    keep_text(kept=kept, part="t1", release=first, language="de", text="Alt", seen="", user=clerk)
    keep_text(kept=kept, part="t1", release=second, language="de", text="", seen="", user=clerk)
    assert "Alt" not in text_of(document_of(run_of(kept, second, clerk)))
