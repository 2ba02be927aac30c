"""What a project records: own counts, documents and pictures; on its page, in the administration, as addresses."""

import datetime
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from actionplan.actions.booking import book, open_allocation
from actionplan.actions.filing import FilingError, take_in
from actionplan.models import FieldOfAction, ProjectFile, ProjectPlace, ProjectResult
from areas.models import PublicState, Source
from tests.app.plan_objects import a_fund, a_project
from tests.app.small_city import small_city
from tests.pure.test_pictures import a_jpeg, a_png, exif

pytestmark = pytest.mark.django_db
A_PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def project():
    PublicState.objects.get_or_create(pk=1)
    source = Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")
    return a_project(source, transferability="Auch anderswo, wenn ein Raum da ist.")


def a_file(project, body, **more) -> ProjectFile:
    file = ProjectFile(project=project, **{"title": "Datei", "made_by": "Verein", "licence": "CC BY 4.0", **more})
    take_in(file, body)
    file.save()
    return file


def page_of(client, project) -> str:
    response = client.get(f"/aktionsplan/projekte/{project.slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_is_not_known_is_no_zero(client, project):
    ProjectResult.objects.create(project=project, what="Teilnehmende", planned=40, ends=datetime.date(2021, 12, 31))
    ProjectResult.objects.create(project=project, what="Abende", reached=Decimal(0))
    page = page_of(client, project)
    assert "Was das Projekt zählt" in page and "keine amtliche Statistik" in page
    assert "</span>40" in page and "</span>nicht bekannt" in page and "</span>0 " in page
    assert "Auch anderswo, wenn ein Raum da ist." in page


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"planned": -1},
        {"reached": -1},
        {"planned": 1, "begins": datetime.date(2021, 2, 1), "ends": datetime.date(2021, 1, 1)},
    ],
)
def test_the_database_refuses_what_counts_nothing(project, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectResult.objects.create(project=project, what="Teilnehmende", **wrong)


def test_every_change_of_a_count_is_kept(project):
    result = ProjectResult.objects.create(project=project, what="Teilnehmende", planned=40)
    ProjectResult.objects.update(planned=60)
    assert [row.planned for row in result.history.all()] == [40]


def test_a_picture_is_shown_with_its_text_and_without_where_it_was_taken(client, project):
    file = a_file(project, a_jpeg(exif(1)), title="Fest", alternative="Kinder pflanzen Tomaten")
    page = page_of(client, project)
    assert 'alt="Kinder pflanzen Tomaten"' in page and "Verein, CC BY 4.0" in page
    answer = client.get(f"/aktionsplan/projekte/{project.slug}/dateien/{file.file_name}")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"].startswith("inline") and "sandbox" in answer["Content-Security-Policy"]
    assert b"GPS" not in answer.content


def test_a_document_is_offered_never_shown(client, project):
    file = a_file(project, A_PDF, title="Bericht")
    assert "Bericht" in page_of(client, project)
    answer = client.get(f"/aktionsplan/projekte/{project.slug}/dateien/{file.file_name}")
    assert answer["Content-Disposition"] == f'attachment; filename="garten-{file.file_name}"'


@pytest.mark.parametrize("name", ["1-abc.png", "x", "-", "99999999999-a.png", "1"])
def test_other_addresses_have_no_file(client, project, name):
    a_file(project, A_PDF)
    assert client.get(f"/aktionsplan/projekte/{project.slug}/dateien/{name}").status_code == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "leer"),
        (b"<svg onload=alert(1)>", "keines davon"),
        (b"<html><script>", "keines davon"),
        (b"%PDF-1.4 abgerissen", "unvollständig"),
        (b"%PDF-1.4 /JavaScript (x) %%EOF", "Programme"),
        (a_png()[:50], "beschädigt"),
        (b"%PDF-" + b"0" * 10_485_760, "größer"),
    ],
)
def test_files_that_are_not_taken(body, words):
    with pytest.raises(FilingError, match=words):
        take_in(ProjectFile(), body)


def test_the_database_wants_words_for_a_picture(project):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_file(project, a_png())


class TestAdministration:
    @staticmethod
    def form(project, **more):
        sets = ("places", "field_links", "states", "allocations", "results", "files")
        sent = {f"{one}-{name}": 0 for one in sets for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        plain = {"slug": project.slug, "title": project.title, "reach": "unknown", "source": project.source_id}
        return {**sent, **plain, **more}

    def test_a_picture_without_words_is_refused_and_the_title_stays(self, admin_client, project):
        new = {"files-TOTAL_FORMS": 1, "files-0-title": "Unser Fest", "files-0-made_by": "V", "files-0-licence": "CC0"}
        url = reverse("admin:actionplan_project_change", args=[project.pk])
        file = SimpleUploadedFile("fest.png", a_png())
        page = admin_client.post(url, self.form(project, **new, **{"files-0-file": file})).content.decode()
        assert "Ein Bild braucht einen Alternativtext." in page and 'value="Unser Fest"' in page
        file = SimpleUploadedFile("fest.png", a_png())
        more = {"files-0-file": file, "files-0-alternative": "Ein Fest"}
        assert admin_client.post(url, self.form(project, **new, **more)).status_code == 302
        assert ProjectFile.objects.get().content_type == "image/png"

    def test_an_svg_is_refused_in_words(self, admin_client, project):
        file = SimpleUploadedFile("fest.png", b"<svg/>")
        new = {"files-TOTAL_FORMS": 1, "files-0-title": "F", "files-0-made_by": "V", "files-0-licence": "CC0"}
        url = reverse("admin:actionplan_project_change", args=[project.pk])
        page = admin_client.post(url, self.form(project, **new, **{"files-0-file": file})).content.decode()
        assert "Möglich sind PDF, PNG und JPEG." in page and not ProjectFile.objects.exists()

    def test_a_count_of_nothing_is_refused_in_words(self, admin_client, project):
        new = {"results-TOTAL_FORMS": 1, "results-0-what": "Teilnehmende"}
        url = reverse("admin:actionplan_project_change", args=[project.pk])
        page = admin_client.post(url, self.form(project, **new)).content.decode()
        assert "Bitte eine Zahl angeben: geplant, erreicht oder beides." in page and 'value="Teilnehmende"' in page


def test_a_project_with_everything_needs_ten_queries_at_most(client, django_assert_max_num_queries):
    PublicState.objects.get_or_create(pk=1)
    city = small_city()
    project = a_project(city["source"])
    place = ProjectPlace.objects.create(project=project, area=city["areas"][0])
    for n in range(3):
        field = FieldOfAction.objects.create(slug=f"feld-{n}", order=n)
        field.names.create(name=f"Feld {n}", valid="[2000-01-01,)", source=project.source)
        project.field_links.create(field=field)
        fund = a_fund(project.source, slug=f"topf-{n}", year=2021 + n)
        allocation = open_allocation(fund=fund, project=project, weights={place: Decimal(1)})
        book(allocation=allocation, kind="approved", amount=Decimal(90), day=datetime.date(2021 + n, 5, 1))
        project.states.create(state="running", day=datetime.date(2021 + n, 5, 1))
        ProjectResult.objects.create(project=project, what=f"Abende {n}", reached=n)
        a_file(project, a_jpeg(exif(1)), title=f"Bild {n}", alternative="Beete")
    page_of(client, project)
    caches["pages"].clear()
    with django_assert_max_num_queries(10):
        page = page_of(client, project)
    assert "270,00" in page and "Feld 2" in page
