"""From a compilation to documents, and the same again in five years; next year: test_compilation_next_year.py."""

import pytest

from atlas.actions.compilation_runs import work_out_changes
from atlas.actions.compilations import forget_clerks, keep_text, remove_part
from atlas.models import CompilationRun, Report
from atlas.reports import kinds
from atlas.reports.changes import Kind, changes_of, counted
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part, WrongCompilation
from atlas.reports.content import checksum, cleaned
from indicators.models import Release
from tests.app.compilation_objects import (
    HOME,
    address,
    as_client,
    compilation,
    document_of,
    hidden,
    person,
    run_of,
    text_of,
)
from tests.app.correcting import corrected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


@pytest.fixture
def clerk():
    return person("klerk")


@pytest.fixture
def client(clerk):
    return as_client(clerk)


@pytest.fixture
def first():
    return Release.objects.published().get()


# ---- Starting ----


def test_documents_are_asked_for_in_each_format(client, clerk, first, django_capture_on_commit_callbacks):
    kept = compilation(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            address(kept, "erstellen/"), {"release": first.slug, "language": "de", "endings": ["pdf", "docx"]}
        )
    run = kept.runs.get()
    assert response.url == address(kept, f"durchlauf/{run.pk}/")
    assert sorted(run.reports.values_list("ending", "state")) == [("docx", "done"), ("pdf", "done")]
    page = client.get(response.url).text
    assert page.count("Herunterladen") == 2 and "erste Durchlauf" in page
    assert "key" not in run.data["parts"][0] and run.release == first and run.user == clerk
    with django_capture_on_commit_callbacks(execute=True):
        client.post(response.url, {"endings": ["xlsx"]})
    assert run.reports.filter(ending="xlsx", state="done").exists()
    assert kept.runs.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"release": "2026-1", "language": "de"}, "mindestens eine Art von Datei"),
        ({"release": "gibt-es-nicht", "language": "de", "endings": ["pdf"]}, "gibt-es-nicht"),
        ({"release": "2026-1", "language": "fr", "endings": ["pdf"]}, "fr"),
        ({"release": "2026-1", "language": "de", "endings": ["exe"]}, "exe"),
        ({}, "mindestens eine Art von Datei"),
    ],
)
def test_a_start_that_cannot_be_is_told_at_its_field(client, clerk, data, said):
    kept = compilation(clerk)
    page = client.post(address(kept, "erstellen/"), data)
    assert page.status_code == 422 and said in page.text and not CompilationRun.objects.exists()


def test_the_same_plan_on_the_same_release_is_one_run(clerk, first):
    kept = compilation(clerk)
    run = run_of(kept, first, clerk)
    assert run_of(kept, first, clerk, ("docx",)) == run
    assert run_of(kept, first, clerk, language="en") != run
    assert sorted(run.reports.values_list("ending", flat=True)) == ["docx", "pdf"]


def test_a_run_is_made_again_exactly_whatever_became_of_the_plan(clerk, first):
    kept = compilation(clerk)
    run = run_of(kept, first, clerk)
    before = checksum(cleaned(document_of(run)))
    keep_text(kept=kept, part="t1", release=first, language="de", text="Neu", seen="", user=clerk)
    remove_part(kept=kept, key="t2", user=clerk)
    corrected()
    run = CompilationRun.objects.get(pk=run.pk)
    assert checksum(cleaned(document_of(run))) == before
    assert Report.objects.filter(compilation_runs=run).exists()


def test_colleagues_who_see_it_may_run_it_and_others_may_not(clerk, first):
    kept = compilation(clerk, is_shared=True)
    data = {"release": first.slug, "language": "de", "endings": ["pdf"]}
    run = as_client(person("o", "Rat")).post(address(kept, "erstellen/"), data).url
    assert as_client(clerk).get(run).status_code == 200
    assert as_client(person("ohne", "")).post(address(kept, "erstellen/"), data).status_code == 403
    kept.is_shared = False
    kept.save()
    assert as_client(person("p")).post(address(kept, "erstellen/"), data).status_code == 404
    assert as_client(person("q")).get(run).status_code == 404


# ---- Texts of a release ----


def test_a_text_of_an_earlier_release_is_marked_until_somebody_reviews_it(client, clerk, first):
    kept = compilation(clerk)
    page = client.get(address(kept, f"texte/?stand={first.slug}"))
    assert "noch nicht durchgesehen" not in page.text
    data = {"teil": "t1", "t1-seen": "", "t1-text": "Nur 2026."}
    assert client.post(address(kept, f"texte/?stand={first.slug}"), data).status_code == 302
    assert "Nur 2026." in text_of(document_of(run_of(kept, first, clerk)))
    second = corrected()
    assert "noch nicht durchgesehen" in client.get(address(kept)).text
    page = client.get(address(kept, f"texte/?stand={second.slug}"))
    assert "Nur 2026." in page.text and "aus der Veröffentlichung" in page.text and "so übernehmen" in page.text
    printed = text_of(document_of(run_of(kept, second, clerk)))
    assert f"Aus der Veröffentlichung „{first.label}“, noch nicht durchgesehen:" in printed and "Nur 2026." in printed
    data = {"teil": "t1", "t1-seen": hidden(page.text, "t1-seen"), "t1-text": "Nur 2026, bestätigt."}
    client.post(address(kept, f"texte/?stand={second.slug}"), data)
    printed = text_of(document_of(run_of(kept, second, clerk)))
    assert "noch nicht durchgesehen" not in printed and "Nur 2026, bestätigt." in printed
    assert "Nur 2026." in text_of(document_of(run_of(kept, first, clerk)))
    assert "noch nicht durchgesehen" not in client.get(address(kept)).text


def test_a_text_belongs_to_one_language(client, clerk, first):
    kept = compilation(clerk)
    data = {"teil": "t1", "t1-seen": "", "t1-text": "English only."}
    response = client.post(address(kept, f"texte/?stand={first.slug}&sprache=en"), data)
    assert "sprache=en" in response.url and kept.texts.get().language == "en"
    english, german = run_of(kept, first, clerk, language="en"), run_of(kept, first, clerk)
    assert "English only." in str(english.data) and "English only." not in str(german.data)
    page = client.get(address(kept, "vorschau/?sprache=en")).text
    assert "English only." in page and 'lang="en"' in page and "Figures" in page
    assert "English only." not in client.get(address(kept, "vorschau/?sprache=xx")).text


def test_two_who_write_the_same_text(client, clerk, first):
    kept = compilation(clerk, is_shared=True)
    keep_text(kept=kept, part="t1", release=first, language="de", text="Von Robin", seen="", user=clerk)
    path = address(kept, f"texte/?stand={first.slug}")
    page = client.post(path, {"teil": "t1", "t1-seen": "", "t1-text": "Von Kim"})
    assert page.status_code == 409 and "Von Kim" in page.text and "Von Robin" in page.text
    again = {"teil": "t1", "t1-seen": hidden(page.text, "t1-seen"), "t1-text": "Von Kim"}
    assert client.post(path, again).status_code == 302
    assert kept.texts.get().text == "Von Kim"


@pytest.mark.parametrize(
    "data", [{}, {"teil": "t9", "t9-text": "x"}, {"teil": "\x00"}, {"teil": "t1", "t1-text": "\x00"}]
)
def test_texts_that_cannot_be_kept(client, clerk, data):
    kept = compilation(clerk)
    assert client.post(address(kept, "texte/"), data).status_code < 500
    assert not kept.texts.exists()


def test_a_copy_takes_its_texts_along(client, clerk, first):
    kept = compilation(clerk)
    keep_text(kept=kept, part="t1", release=first, language="de", text="Mein Text", seen="", user=clerk)
    client.post(address(kept, "kopieren/"))
    copy = clerk.compilations.exclude(pk=kept.pk).get()
    assert "Mein Text" in text_of(document_of(run_of(copy, first, clerk)))
    assert kept.texts.count() == copy.texts.count() == 1


def test_texts_like_formulas_stay_texts(client, clerk, first):
    kept = compilation(clerk, Plan("Formeln", parts=(Part("text", "=1+1", "=SUM(A1)"), Part("text", "b", "x"))))
    run_of(kept, first, clerk)
    remove_part(kept=kept, key="t1", user=clerk)
    run = work_out_changes(run=run_of(kept, first, clerk))
    body = client.get(address(kept, f"durchlauf/{run.pk}/aenderungen.csv")).content.decode("utf-8-sig")
    assert ";'=1+1;" in body


# ---- Preview ----


def test_the_preview_shows_the_document_its_parts_and_its_faults(client, clerk):
    kept = compilation(clerk)
    page = client.get(address(kept, "vorschau/"))
    assert "Guten Tag." in page.text and "Kennwerte für Borsigplatz" in page.text and "data:image/svg+xml" in page.text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert "Kennwerte" not in client.get(address(kept, "vorschau/?teil=t1")).text
    wrong = compilation(clerk, Plan("Falsch", parts=(Part("profiles", options={"areas": ["sozialraum/999"]}),)))
    page = client.get(address(wrong, "vorschau/"))
    assert page.status_code == 422 and "sozialraum/999" in page.text
    empty = compilation(clerk, Plan("Leer"))
    assert client.get(address(empty, "vorschau/")).status_code == 422
    assert client.get(address(kept, "vorschau/?teil=t99")).status_code == 422


def test_of_a_long_document_the_preview_is_its_beginning(client, clerk, monkeypatch):
    monkeypatch.setattr("atlas.views.compilation_runs.MOST_STEPS", 2)
    areas = [f"sozialraum/{code}" for code in ("023", "021", "022")]
    long = Plan("Lang", parts=(Part("profiles", options={"areas": areas}), Part("text", "Schluss", "Ende")))
    page = client.get(address(compilation(clerk, long), "vorschau/")).text
    assert "nicht alle Abschnitte" in page and page.count("<caption>Kennwerte") == 2 and "Schluss" not in page


def test_a_part_that_cannot_be_shortened_is_left_out_of_the_preview(client, clerk, monkeypatch):
    monkeypatch.setattr("atlas.views.compilation_runs.MOST_STEPS", 2)
    monkeypatch.setattr("atlas.compilation_page.steps_of", lambda part: 9 if part.title == "Zu lang" else 1)
    parts = (Part("text", "Zu lang", "Viel"), Part("text", "Schluss", "Ende"))
    kept = compilation(clerk, Plan("Lang", parts=parts))
    page = client.get(address(kept, "vorschau/")).text
    assert "Ende" in page and "Viel" not in page and "nicht alle Abschnitte" in page
    page = client.get(address(kept, "vorschau/?teil=t1"))
    assert page.status_code == 422 and "zu lang für eine Vorschau" in page.text


def test_a_plan_of_another_time_is_told(client, clerk):
    kept = compilation(clerk)
    kept.data = {"title": "x", "parts": [{"section": "gibt-es-nicht-mehr", "key": "t1"}]}
    kept.save()
    assert "kennt das Portal nicht mehr" in client.get(address(kept)).text
    assert client.get(address(kept, "teil/t1/")).status_code == 404
    assert client.get(address(kept, "vorschau/")).status_code == 422
    kept.data = {"parts": 7}
    kept.save()
    assert client.get(address(kept)).status_code == 404
    with pytest.raises(WrongCompilation):
        kinds.make("compilation", kept.data, release="")


def test_names_are_forgotten_after_the_time_that_was_set(clerk, first, settings):
    kept = compilation(clerk)
    run = run_of(kept, first, clerk)
    text = keep_text(kept=kept, part="t1", release=first, language="de", text="x", seen="", user=clerk)
    assert forget_clerks() == 0
    settings.EDITOR_NAMES_DAYS = -1
    assert forget_clerks() == 3
    for row in (kept, run, text):
        row.refresh_from_db()
    assert (kept.owner, kept.changed_by, run.user, text.author) == (clerk, None, None, None)


def test_a_progress_report_for_two_areas_begins_with_its_template(client, clerk, first):
    page = client.get(HOME + "neu/?vorlage=sachstand").text
    assert page.count('name="o-title"') == 1 and 'name="title"' not in page
    data = {"o-areas": ["sozialraum/021", "sozialraum/023"], "o-open": "open"}
    response = client.post(HOME + "neu/?vorlage=sachstand", data)
    kept = clerk.compilations.get()
    assert response.url == address(kept) and kept.template == "sachstand" and len(kept.data["parts"]) > 8
    said = text_of(document_of(run_of(kept, first, clerk)))
    assert "Aktionsplan Soziale Stadt" in said
    again = work_out_changes(run=run_of(kept, corrected(code="081"), clerk))
    assert not again.fault and counted(changes_of(again.changes))[Kind.VALUE]
    wrong = client.post(HOME + "neu/?vorlage=sachstand", {**data, "o-since": "31.2.2026", "o-title": "Mein Titel"})
    assert wrong.status_code == 422 and "Mein Titel" in wrong.text
