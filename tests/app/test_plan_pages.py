"""Projects, money and decisions as readers see them; every fact of the seed documents has its page."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.cache import caches

from actionplan.actions import load_papers, load_plan
from actionplan.actions.booking import book, open_allocation
from actionplan.models import (
    ActionArea,
    Consultation,
    CouncilPaper,
    Fund,
    FundChange,
    Project,
    ProjectPlace,
    ProjectState,
)
from actionplan.selectors.money import year_money
from actionplan.selectors.year_projects import paid_projects
from areas.actions.findings import Findings
from areas.models import Area
from atlas.selectors.plan_money import area_rows
from tests.app.plan_objects import a_fund, a_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


FACTS = [  # document, page, what must stand there
    ("Vortrag 2009", "/aktionsplan/beschluesse/auftrag-sozialberichterstattung-2005/", "30. Juni 2005"),
    ("Vortrag 2009", "/aktionsplan/beschluesse/einbringung-2007/", "8. November 2007"),
    ("Vortrag 2009", "/aktionsplan/beschluesse/beteiligung-2008/", "18. Dezember 2008"),
    ("Vortrag 2009", "/aktionsplan/geld/?jahr=2009", "rund 5.000.000 Euro"),
    ("Vortrag 2009", "/aktionsplan/geld/?jahr=2009", "Je 5.000 Euro für 13 Aktionsräume."),
    ("Vorlage 2011", "/aktionsplan/beschluesse/beteiligung-2008/", "13245-08"),
    ("Vorlage 2011", "/aktionsplan/beschluesse/sachstand-2011/", "12. Juli 2011"),
    ("Vorlage 2011", "/aktionsplan/beschluesse/sachstand-2011/", "Beratungsfolge: 26 Gremien"),
    ("Vorlage 2011", "/aktionsplan/beschluesse/sachstand-2011/", "Hauptausschuss und Ältestenrat 29.09.2011"),
    ("Vorlage 2011", "/aktionsplan/geld/?jahr=2011", "237.784,80 Euro"),
    ("Vorlage 2011", "/aktionsplan/geld/?jahr=2011", "rund 8.400.000 Euro"),
    ("Vorlage 2011", "/aktionsplan/geld/?jahr=2011", "rund 2.200.000 Euro"),
    ("Medieninformation 2020", "/aktionsplan/beschluesse/", "Nummer 1888"),
    ("Medieninformation 2020", "/aktionsplan/beschluesse/verwaltungsvorstand-2020/", "22. Dezember 2020"),
    ("Vortrag 2021", "/aktionsplan/beschluesse/anpassung-2021/", "19100-20"),
    ("Vortrag 2021", "/aktionsplan/beschluesse/anpassung-2021/", "13.04.2021 Beschluss"),
    ("Vortrag 2021", "/aktionsplan/beschluesse/stand-2021/", "7. Dezember 2021"),
    (
        "Vortrag 2021",
        "/aktionsplan/beschluesse/stand-2021/",
        "5 Aktionsraumbeauftragte, 3 Mitarbeiterinnen im Projektbüro",
    ),
    ("Vortrag 2021", "/aktionsplan/geld/?jahr=2021", "rund 226.000 Euro"),
]


@pytest.mark.parametrize(("document", "path", "words"), FACTS)
def test_facts_of_the_documents_stand_on_pages(client, document, path, words):
    assert words in text_of(client, path), document


def test_the_sequence_of_2011_ends_in_the_council():
    rows = list(Consultation.objects.filter(paper__slug="sachstand-2011").values_list("body", "day", "role"))
    assert len(rows) == 26
    assert rows[0] == ("Seniorenbeirat", datetime.date(2011, 9, 1), "notice")
    assert rows[-1] == ("Rat der Stadt", datetime.date(2011, 9, 29), "notice")


def test_the_decision_of_2021_names_who_joined_and_left(client):
    page = text_of(client, "/aktionsplan/beschluesse/anpassung-2021/")
    assert "Aktionsraum Dorstfeld, Aktionsraum Bövinghausen/Westrich" in page
    assert "Aktionsquartier Wambeler Heide" in page
    assert re.search(r"Endet Aktionsraum Alt-Scharnhorst, Aktionsraum Wickede", page)


def test_loading_again_adds_nothing_twice(settings):
    counts = lambda: [m.objects.count() for m in (CouncilPaper, Project, ProjectState, ProjectPlace, Fund, FundChange)]  # noqa: E731
    before, members = counts(), list(ActionArea.objects.order_by("pk").values_list("pk", flat=True))
    findings = Findings()
    load_papers(folder=settings.BASE_DIR / "fixtures", findings=findings)
    load_plan(folder=settings.BASE_DIR / "fixtures", findings=findings)
    findings.refuse()
    assert counts() == before
    assert list(ActionArea.objects.order_by("pk").values_list("pk", flat=True)) == members


class TestProjects:
    def test_all_of_them_in_pages(self, client):
        assert "53 Projekte" in text_of(client, "/aktionsplan/projekte/")
        assert "Seite 2 von 2" in text_of(client, "/aktionsplan/projekte/?seite=2")

    @pytest.mark.parametrize(
        ("query", "there", "gone"),
        [
            ("raum=102", "Currendeblasen", "Bürgergarten"),
            ("raum=053", "Kinder- und Jugendangebot Wambeler Heide", "Currendeblasen"),
            ("raum=stadt", "Dortmunder Modell", "Currendeblasen"),
            ("raum=unbekannt", "Frauenfrühstück", "Currendeblasen"),
            ("feld=arbeit", "Zeitgewinn", "Currendeblasen"),
            ("zustand=running", "Bürgerwohnung", "Currendeblasen"),
            ("q=Streetwork", "Rampe II", "Currendeblasen"),
            ("jahr=2013", "Kinder- und Jugendangebot Wambeler Heide", "Currendeblasen"),
            ("jahr=unbekannt", "Currendeblasen", "Kinder- und Jugendangebot Wambeler Heide"),
            ("traeger=GrünBau gGmbH", "1 Projekt von 53", "Currendeblasen"),
            ("fuer=Jugendliche", "1 Projekt von 53", "Currendeblasen"),
            ("geld=ohne", "Currendeblasen", "Kein Projekt passt"),
            ("geld=mit", "Kein Projekt passt", "Currendeblasen"),
            ("von=1.500&bis=2.000,50", "Kein Projekt passt", "Currendeblasen"),
        ],
    )
    def test_are_narrowed(self, client, query, there, gone):
        page = text_of(client, f"/aktionsplan/projekte/?{query}")
        assert there in page and gone not in page

    def test_from_more_to_less_is_answered_with_a_sentence(self, client):
        for page in ("", "projekte.csv"):
            answer = client.get(f"/aktionsplan/projekte/{page}?von=5.000&bis=1.000")
            assert answer.status_code == 400 and "ein Betrag, der nicht unter „von“ liegt" in answer.content.decode()

    def test_the_table_has_the_same_projects_and_what_is_unknown_stays_empty(self, client):
        lines = client.get("/aktionsplan/projekte/projekte.csv?raum=stadt").content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Projekt;Beschreibung;Reichweite;Gebiete")
        titles = [line.split(";")[0].strip('"') for line in lines[1:]]
        page = text_of(client, "/aktionsplan/projekte/?raum=stadt")
        assert titles and all(title in page for title in titles)
        whole = client.get("/aktionsplan/projekte/projekte.csv").content.decode("utf-8-sig").splitlines()
        assert len(whole) == 1 + 53 and ";0,00;" not in "".join(whole)

    def test_the_map_says_what_it_leaves_out(self, client):
        page = text_of(client, "/aktionsplan/projekte/")
        assert "weitere Projekte gelten für die ganze Stadt." in page
        assert re.search(r"Von \d+ Projekten ist das Gebiet nicht bekannt.", page)
        assert "keins eingetragen" in page

    def test_nothing_found_leads_back(self, client):
        assert "Kein Projekt passt" in text_of(client, "/aktionsplan/projekte/?q=Schwebebahn")

    @pytest.mark.parametrize(
        "query",
        [
            "raum=999",
            "feld=x",
            "zustand=weg",
            "jahr=1900",
            "jahr=x",
            "traeger=niemand",
            "fuer=alle",
            "geld=viel",
            "von=-1",
            "bis=1.5",
        ],
    )
    def test_what_there_is_not_is_said(self, client, query):
        response = client.get(f"/aktionsplan/projekte/?{query}")
        assert response.status_code == 400 and "Erwartet" in response.content.decode()
        table = client.get(f"/aktionsplan/projekte/projekte.csv?{query}")
        assert table.status_code == 400 and "Erwartet" in table.content.decode()

    def test_what_is_unknown_is_said(self, client):
        page = text_of(client, "/aktionsplan/projekte/frauenfruehstueck/")
        assert "Die Quelle nennt nur den Titel." in page and "Gebiet nicht bekannt" in page
        assert "Aus welchem Topf dieses Projekt wie viel bekam, ist nicht bekannt." in page
        assert "(angenommen)" in text_of(client, "/aktionsplan/projekte/brunnenstrassenviertel/")

    def test_there_is_no_such_project(self, client):
        assert client.get("/aktionsplan/projekte/gibt-es-nicht/").status_code == 404
        assert client.get("/aktionsplan/beschluesse/gibt-es-nicht/").status_code == 404

    @pytest.mark.parametrize(
        ("path", "queries"),
        [
            ("projekte/", 12),
            ("projekte/?raum=023&jahr=2021&von=1&zustand=running", 12),
            ("gebiete/023/", 12),
            ("projekte/rampe-2/", 8),
            ("geld/?jahr=2009", 12),
            ("beschluesse/", 5),
            ("beschluesse/sachstand-2011/", 8),
        ],
    )
    def test_pages_need_few_queries(self, client, path, queries, django_assert_max_num_queries):
        client.get(f"/aktionsplan/{path}")
        caches["pages"].clear()  # rendered anew, by a process that has answered before
        with django_assert_max_num_queries(queries):
            client.get(f"/aktionsplan/{path}")
        with django_assert_max_num_queries(1):
            client.get(f"/aktionsplan/{path}")


class TestMoney:
    def test_money_per_inhabitant_names_the_number_it_is_divided_by(self, client):
        source = Fund.objects.first().source
        project = a_project(source, "probe", reach="places")
        area = Area.objects.in_force().at_level("sozialraum").get(code="023")
        place = ProjectPlace.objects.create(project=project, area=area)
        fund = Fund.objects.filter(year=2021, volume_is_known=True).first()
        allocation = open_allocation(fund=fund, project=project, weights={place: Decimal(1)})
        book(allocation=allocation, kind="approved", amount=Decimal("1000.00"), day=datetime.date(2021, 5, 1))
        rows = area_rows(year_money(2021, on=datetime.date(2026, 1, 1)))
        people = rows[0].inhabitants
        assert rows[0].per_inhabitant == round(Decimal("1000.00") / people.count, 2)
        page = text_of(client, "/aktionsplan/geld/?jahr=2021")
        assert people.label in page and "geplant nichts eingetragen bewilligt 1.000,00 Euro" in page
        table = client.get("/aktionsplan/geld/geld.csv?jahr=2021").content.decode("utf-8-sig")
        assert ";;1000,00;;;" in table and people.label in table

    def test_a_year_nobody_booked_in_shows_no_zeros(self, client):
        page = text_of(client, "/aktionsplan/geld/?jahr=2011")
        assert "ist nicht veröffentlicht" in page and " 0,00 Euro" not in page
        assert client.get("/aktionsplan/geld/geld.csv?jahr=1999").status_code == 400

    def test_a_year_without_money_is_said(self, client):
        response = client.get("/aktionsplan/geld/?jahr=1999")
        assert response.status_code == 400 and "1999" in response.content.decode()

    def test_the_newest_year_comes_first(self, client):
        assert "Töpfe 2021" in text_of(client, "/aktionsplan/geld/")

    def test_what_is_contained_does_not_count_twice_and_rounded_sums_stay_rounded(self, client):
        page = text_of(client, "/aktionsplan/geld/?jahr=2011")
        assert "Zusammen: rund 8.640.000 Euro" in page

    def test_bookings_are_seen_by_project_place_and_fund_and_agree(self, client):
        source = Fund.objects.first().source
        project = a_project(source, "probe", reach="places")
        areas = Area.objects.in_force().at_level("sozialraum").filter(code__in=["021", "022", "023"])
        places = [ProjectPlace.objects.create(project=project, area=area) for area in areas]
        fund = Fund.objects.get(slug="kernbudget-2011")
        weights = {place: Decimal(1) for place in places}
        allocation = open_allocation(fund=fund, project=project, weights=weights)
        book(allocation=allocation, kind="approved", amount=Decimal("100.00"), day=datetime.date(2011, 5, 1))
        book(allocation=allocation, kind="spent", amount=Decimal("40.00"), day=datetime.date(2011, 6, 1))
        page = text_of(client, "/aktionsplan/projekte/probe/")
        assert "Kernbudget 2011" in page and "100,00 Euro" in page and "40,00 Euro" in page
        assert "Hafen: 33,34 Euro" in page and "Borsigplatz: 33,33 Euro" in page
        year = text_of(client, "/aktionsplan/geld/?jahr=2011")
        assert "Hafen bewilligt 33,34 Euro" in year and "Unterschied 0,00 Euro" in year


def test_a_year_names_its_projects_with_the_most_money_first(client, django_assert_max_num_queries):
    source = Fund.objects.first().source
    fund = a_fund(source, "9000.00", slug="namen", year=2014)
    day = datetime.date(2026, 1, 5)
    for slug, amount in (("klein", "10.50"), ("gross", "800.00")):
        allocation = open_allocation(fund=fund, project=a_project(source, slug))
        book(allocation=allocation, kind="approved", amount=Decimal(amount), day=day)
    planned = open_allocation(fund=fund, project=a_project(source, "nurgeplant"))
    book(allocation=planned, kind="planned", amount=Decimal(70), day=day)
    assert [(one.slug, one.granted, one.spent) for one in paid_projects(2014, on=day)] == [
        ("gross", Decimal("800.00"), None),
        ("klein", Decimal("10.50"), None),
        ("nurgeplant", None, None),
    ]
    assert [one.slug for one in paid_projects(2014, on=day, most=1)] == ["gross"]
    assert paid_projects(2014, on=datetime.date(2026, 1, 4)) == []
    with django_assert_max_num_queries(12):
        page = text_of(client, "/aktionsplan/geld/?jahr=2014")
    assert "Gross 800,00 Euro" in page.replace("bewilligt ", "") and "nichts eingetragen" in page


def test_a_comparison_says_from_where_it_starts_and_how_much_lies_before_joining(client):
    page = text_of(client, "/aktionsplan/wirkung/?indikator=transferleistungsquote")
    assert "27 Monate der verglichenen Zeit liegen vor dem Beitritt." in page
    assert "Ausgangswert 2018: hier" in page
    assert "Stadt 2018 (16,8) %" in page and "(15,4) %" in page.split("Stadt 2018 (16,8) %")[1]
