"""Documents without login: computed once, known by their ETag, refused calmly; and the page behind a short address."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from atlas.actions.report_work import run_report
from atlas.actions.reporting import note_made, report_for
from atlas.models import Report
from atlas.reports import kinds
from atlas.reports.content import checksum, cleaned
from atlas.reports.formats import FORMATS, written
from indicators.models import Release
from tests.app.report_objects import asked_for, clerk, planted_probe, published

pytestmark = [pytest.mark.django_db]
PROFILE = "/gebiete/sozialraum/023/profil.pdf"
city = pytest.mark.usefixtures("dortmund")


@pytest.fixture(autouse=True)
def _fresh_count():
    cache.clear()


@pytest.fixture
def probe(monkeypatch):
    return planted_probe(monkeypatch)


def made(code="023"):
    return kinds.make("profile", {"level": "sozialraum", "code": code}, release="")


@city
def test_a_profile_is_computed_once_and_then_known(client, django_assert_max_num_queries):
    first = client.get(PROFILE)
    assert (first.status_code, first["Content-Type"]) == (200, "application/pdf")
    assert first.content == written(made(), "pdf")
    assert first["X-Robots-Tag"] == "noindex" and first["Cache-Control"] == "public, max-age=60"
    assert 'filename="profil-sozialraum-023.pdf"' in first["Content-Disposition"]
    with django_assert_max_num_queries(6):
        again = client.get(f"{PROFILE}?stand=2026-1")
    assert again.content == first.content and again["ETag"] == first["ETag"]
    with django_assert_max_num_queries(5):
        known = client.get(PROFILE, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = client.head(PROFILE)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(first.content)))
    report = Report.objects.get()
    assert (report.attempts, report.requests.count()) == (1, 0)


@city
def test_each_language_and_format_is_its_own(client):
    for ending in FORMATS:
        answer = client.get(f"/gebiete/sozialraum/023/profil.{ending}")
        assert (answer.status_code, answer["Content-Type"]) == (200, FORMATS[ending].media_type)
    english = client.get(f"/en{PROFILE}")
    assert english.status_code == 200
    assert Report.objects.get(language="en").code != Report.objects.filter(language="de").first().code
    assert Report.objects.filter(language="de").values("code").distinct().count() == 1


@city
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/gebiete/sozialraum/999/profil.pdf", 404, "Diese Seite gibt es nicht"),
        ("/gebiete/strasse/023/profil.pdf", 404, "Diese Seite gibt es nicht"),
        ("/gebiete/sozialraum/023/profil.exe", 404, "Das Format „exe“ gibt es nicht. Möglich: pdf"),
        (f"{PROFILE}?stand=nie", 400, "Einen Stand „nie“ gibt es nicht"),
        (f"{PROFILE}?stand=1999-01-01", 400, "noch nichts veröffentlicht"),
    ],
)
def test_what_there_is_not_is_said_and_nothing_computed(client, path, status, said):
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert not Report.objects.exists()


@city
def test_a_day_means_the_release_of_that_day(client):
    today = timezone.localdate().isoformat()
    assert client.get(f"{PROFILE}?stand={today}").content == client.get(PROFILE).content
    assert Report.objects.count() == 1


@city
def test_a_withdrawn_release_is_gone(client):
    assert client.get(f"{PROFILE}?stand=2026-1").status_code == 200
    code = Report.objects.get().code
    Release.objects.filter(slug="2026-1").update(
        withdrawn_at=timezone.now(), status="withdrawn", withdrawal_reason="Ein Fehler."
    )
    answer = client.get(f"{PROFILE}?stand=2026-1")
    assert answer.status_code == 410 and "zurückgezogen: Ein Fehler." in answer.text
    assert client.get(PROFILE).status_code == 503
    page = client.get(f"/b/{code}/")
    assert page.status_code == 410
    assert "Ein Fehler" in page.text and "nicht mehr ausgegeben" in page.text and "dokument.pdf" not in page.text
    assert client.get(f"/b/{code}/dokument.pdf").status_code == 410


@city
def test_who_asks_too_often_waits_and_what_is_there_stays_free(client, monkeypatch):
    from dortmund_sozial.throttling import ReportsByVisitor

    monkeypatch.setattr(ReportsByVisitor, "THROTTLE_RATES", {"reports": "1/hour"})
    assert client.get(PROFILE).status_code == 200
    refused = client.get("/gebiete/sozialraum/011/profil.pdf")
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 3000
    assert "Zu viele Anfragen" in refused.text
    assert client.get(PROFILE).status_code == 200
    assert client.get("/gebiete/sozialraum/011/profil.pdf", REMOTE_ADDR="198.51.100.7").status_code == 200


@city
def test_while_another_process_is_at_it_a_page_says_so(client, settings):
    settings.REPORT_PATIENCE_SECONDS = 0.3
    report = report_for(kind="profile", parameters={"level": "sozialraum", "code": "023"}, ending="pdf")
    Report.objects.filter(pk=report.pk).update(state="running", heartbeat_at=timezone.now(), started_at=timezone.now())
    answer = client.get(PROFILE)
    assert answer.status_code == 503 and answer["Retry-After"] == "10"
    assert "Das Dokument entsteht gerade" in answer.text and 'href="/gebiete/sozialraum/023/profil.pdf"' in answer.text
    Report.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(days=1))
    client.get(PROFILE)  # notices that the other is lost
    assert client.get(PROFILE).status_code == 200


@city
def test_the_printed_address_leads_back_to_the_document(client):
    document = made()
    path = document.origin.permalink
    note_made(kind="profile", parameters={"level": "sozialraum", "code": "023"}, ending="pdf", document=document)
    assert (Report.objects.get().has_file, Report.objects.get().title) == (False, "Borsigplatz")
    page = client.get(path)
    assert page.status_code == 200 and page["X-Robots-Tag"] == "noindex"
    assert "Borsigplatz" in page.text and checksum(cleaned(document)) in page.text
    assert 'href="/veroeffentlichungen/2026-1/"' in page.text and f'href="{path}dokument.pdf"' in page.text
    file = client.get(f"{path}dokument.pdf")
    assert file.content == written(document, "pdf")
    assert Report.objects.get().earlier == []
    assert client.get(f"{path}dokument.exe").status_code == 404


@city
def test_a_checksum_is_held_against_ours(client):
    client.get(PROFILE)
    report = Report.objects.get()
    Report.objects.update(earlier=[{"checksum": "a" * 16, "until": "2026-03-01"}])
    path, right = f"/b/{report.code}/", report.checksum

    def said(text):
        return client.get(path, {"pruefsumme": text}).text

    assert "Die Prüfsumme stimmt" in said(f" {right[:8].upper()} {right[8:]} ")
    assert "bis zum 1. März 2026 galt" in said("a" * 16)
    assert "gehört nicht zu diesem Dokument" in said("b" * 16)
    assert "<script>" not in said('"><script>')
    assert "Die Prüfsumme stimmt" not in said("")


@city
def test_newer_figures_are_told(client):
    client.get(PROFILE)
    code = Report.objects.get().code
    assert "neuere Zahlen" not in client.get(f"/b/{code}/").text
    published("2027-1", "Neu 2027")
    page = client.get(f"/b/{code}/").text
    assert "neuere Zahlen: „Neu 2027“" in page and 'href="/veroeffentlichungen/2027-1/"' in page


@city
def test_what_is_not_public_tells_nothing_to_strangers(client, probe):
    user = clerk()
    asked = asked_for(user, text="Geheimer Titel")
    report = run_report(report=asked.report)
    path = f"/b/{report.code}/"
    page = client.get(path, {"pruefsumme": report.checksum})
    assert page.status_code == 403
    assert "nicht öffentlich" in page.text and "Geheimer Titel" not in page.text and "Anmelden" in page.text
    assert "Die Prüfsumme stimmt" in page.text
    assert client.get(f"{path}dokument.pdf").status_code == 404
    own = Client()
    own.force_login(user)
    assert "Geheimer Titel" in own.get(path).text
    other = Client()
    other.force_login(clerk("andere"))
    assert other.get(path).status_code == 403
    asked.is_shared = True
    asked.save()
    assert other.get(path).status_code == 200


def test_unknown_addresses_are_not_found(client):
    for code in ("aaaaaaaaaaaa", "a" * 300, "x"):
        assert client.get(f"/b/{code}/").status_code == 404


@city
def test_english_documents_have_english_addresses(client):
    with override("en"):
        document = made()
        note_made(kind="profile", parameters={"level": "sozialraum", "code": "023"}, ending="pdf", document=document)
    assert document.origin.permalink.startswith("/en/b/")
    assert "Compare the checksum" in client.get(document.origin.permalink).text


@city
def test_the_map_of_a_page_is_a_sheet_with_one_address(client, django_assert_max_num_queries):
    page = client.get("/karte/?indikator=transferleistungsquote&ebene=stadtbezirk")
    assert 'href="/karte/kartenblatt.pdf?indikator=transferleistungsquote&amp;ebene=stadtbezirk' in page.text
    first = client.get("/karte/kartenblatt.pdf?indikator=transferleistungsquote&ebene=stadtbezirk")
    assert first.status_code == 200 and "karte-transferleistungsquote-stadtbezirk" in first["Content-Disposition"]
    with django_assert_max_num_queries(20):
        same = client.get(
            "/karte/kartenblatt.pdf?indikator=transferleistungsquote&ebene=stadtbezirk&anzahl=6&papier=A4&lage=hoch"
        )
    assert same.content == first.content
    report = Report.objects.get()
    assert report.parameters["sheet"] == {"size": "A4", "landscape": False}
    assert client.get(f"/b/{report.code}/dokument.pdf").content == first.content
    assert Report.objects.count() == 1
    large = client.get("/karte/kartenblatt.pdf?indikator=transferleistungsquote&ebene=stadtbezirk&papier=A3&lage=quer")
    assert large.status_code == 200 and large.content != first.content


@city
@pytest.mark.parametrize(("file", "series"), [("kartenblatt", []), ("kartenreihe", ["--series"])])
def test_a_map_has_one_key_whoever_asks_for_it(client, tmp_path, file, series):
    """Page and command: the same short address, the same row, the same bytes."""
    served = client.get(f"/karte/{file}.pdf?indikator=transferleistungsquote&ebene=sozialraum")
    words = ("map", "transferleistungsquote", "--level", "sozialraum", *series)
    call_command("report", *words, "-o", str(tmp_path / "a.pdf"), verbosity=0)
    assert (tmp_path / "a.pdf").read_bytes() == served.content
    report = Report.objects.get()
    call_command("report", *words, "--classes", "6", "--release", "2026-1", "-o", str(tmp_path / "b.pdf"), verbosity=0)
    assert (tmp_path / "b.pdf").read_bytes() == served.content
    assert Report.objects.get() == report
    assert ("zeit" in report.parameters["query"]) == (not series)


@city
@pytest.mark.parametrize(
    ("query", "said"),
    [("indikator=nichts", "nichts"), ("ebene=strasse", "strasse"), ("papier=A0", "A0"), ("lage=schief", "schief")],
)
def test_a_sheet_never_answers_for_something_else(client, query, said):
    answer = client.get(f"/karte/kartenblatt.pdf?{query}")
    assert answer.status_code == 400 and said in answer.text
    assert not Report.objects.exists()


@city
def test_the_command_leaves_an_address_that_answers(client, tmp_path):
    file = tmp_path / "a.pdf"
    call_command("report", "profile", "sozialraum", "023", "-o", str(file), verbosity=0)
    report = Report.objects.get()
    assert (report.kind, report.state, report.has_file) == ("profile", "done", False)
    assert client.get(f"/b/{report.code}/dokument.pdf").content == file.read_bytes()


@city
def test_a_newer_release_changes_the_answer_and_the_earlier_stays(client):
    first = client.get(PROFILE)
    published("2027-1", "Neu 2027")
    newer = client.get(PROFILE)
    assert newer.status_code == 200 and newer["ETag"] != first["ETag"]
    assert client.get(f"{PROFILE}?stand=2026-1").content == first.content
    assert set(Report.objects.values_list("release__slug", flat=True)) == {"2026-1", "2027-1"}


@city
def test_profile_and_map_lead_to_their_files(client):
    page = client.get("/gebiete/sozialraum/023/?stand=2026-1").text
    for ending in FORMATS:
        assert f'href="/gebiete/sozialraum/023/profil.{ending}?stand=2026-1" rel="nofollow"' in page
    assert 'href="/en/gebiete/sozialraum/023/profil.pdf"' in client.get("/en/gebiete/sozialraum/023/").text


def test_a_preview_gives_no_documents(rf):
    from atlas.document_answers import document_answer

    request = rf.get("/")
    request.preview = object()
    answer = document_answer(request, kind="profile", parameters=dict, ending="pdf", stand="")
    assert answer.status_code == 404 and "In der Vorschau" in answer.text


@city
def test_all_years_of_a_map_are_one_file(client):
    page = client.get("/karte/?indikator=transferleistungsquote&ebene=stadtbezirk&zeit=2024").text
    assert 'href="/karte/kartenreihe.pdf?indikator=transferleistungsquote&amp;ebene=stadtbezirk&amp;zeit=2024' in page
    query = "indikator=transferleistungsquote&ebene=stadtbezirk"
    first = client.get(f"/karte/kartenreihe.pdf?{query}&zeit=2024")
    assert first.status_code == 200, first.text
    assert client.get(f"/karte/kartenreihe.pdf?{query}&zeit=2018").content == first.content
    assert Report.objects.get().kind == "series"


@city
def test_a_document_keeps_its_language_whatever_the_address(client):
    english = client.get(f"/en{PROFILE}")
    code = Report.objects.get().code
    assert client.get(f"/b/{code}/dokument.pdf").content == english.content
    assert Report.objects.count() == 1
