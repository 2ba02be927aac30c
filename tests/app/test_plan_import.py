"""Projects and payments from a spreadsheet: what is wrong is said with its cell; what is right is taken over once."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
import xlwt
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from actionplan.actions.booking import lock_year
from actionplan.actions.delivering import DeliveryError, check_delivery, receive_delivery, take_over_delivery
from actionplan.intake.columns import COLUMNS, PAYMENTS, PROJECTS
from actionplan.intake.template import template_file
from actionplan.models import MoneyEntry, PlanDelivery, Project, ProjectState
from areas.models import Source
from tests.app.plan_objects import a_fund, a_project

pytestmark = pytest.mark.django_db
PROJECT = {
    "Kennung": "lesen",
    "Titel": "Lesepaten",
    "Quelle": "quelle",
    "Zustand": "läuft",
    "Zustand seit": "01.03.2021",
}
PAYMENT = {
    "Kennung": "B-1", "Projekt": "lesen", "Topf": "kern", "Schritt": "bewilligt", "Betrag": 500, "Tag": "01.05.2021",
}  # fmt: skip


@pytest.fixture
def source():
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


@pytest.fixture
def fund(source):
    return a_fund(source, "1000.00")


def workbook(*, projects=(), payments=()) -> bytes:
    """The template, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    for sheet, rows in ((PROJECTS, projects), (PAYMENTS, payments)):
        for row in rows:
            book[sheet].append([row.get(column.name) for column in COLUMNS[sheet]])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def delivered(body: bytes, name="tabelle.xlsx") -> PlanDelivery:
    return receive_delivery(file_name=name, body=body)


def wrong(body: bytes, name="tabelle.xlsx") -> list[tuple[str, str, str]]:
    """Sheet, cell and what was found."""
    before = Project.objects.count(), MoneyEntry.objects.count()
    found = check_delivery(delivery=delivered(body, name)).findings
    assert (Project.objects.count(), MoneyEntry.objects.count()) == before, "checking stores nothing"
    return [(one.sheet, one.cell, one.found) for one in found]


def test_projects_and_payments_are_taken_over_as_a_whole(fund):
    spent = {
        **PAYMENT,
        "Kennung": "B-2",
        "Schritt": "ausgezahlt",
        "Betrag": "120,50 €",
        "Tag": datetime.date(2021, 6, 1),
    }
    delivery = delivered(workbook(projects=[PROJECT], payments=[PAYMENT, spent]))
    brought = check_delivery(delivery=delivery)
    assert (brought.created, len(brought.booked), brought.findings) == (["Lesepaten"], 2, [])
    assert not Project.objects.exists()
    take_over_delivery(delivery=delivery)
    project = Project.objects.get(slug="lesen")
    assert [entry.amount for entry in project.allocations.get().entries.all()] == [500, Decimal("120.50")]
    assert project.states.get().state == "running"
    assert MoneyEntry.objects.get(kind="spent").origin == "einlesen:B-2"


def test_a_second_click_and_the_same_file_again_book_nothing_twice(fund):
    body = workbook(projects=[PROJECT], payments=[PAYMENT])
    delivery = delivered(body)
    take_over_delivery(delivery=delivery)
    with pytest.raises(DeliveryError, match="schon übernommen"):
        take_over_delivery(delivery=delivery)
    again = check_delivery(delivery=delivered(body))
    assert (again.same, again.already, again.is_something) == (1, 1, False)
    take_over_delivery(delivery=delivered(body))
    assert (MoneyEntry.objects.count(), ProjectState.objects.count()) == (1, 1)


def test_another_booking_under_the_same_key_is_refused(fund):
    take_over_delivery(delivery=delivered(workbook(projects=[PROJECT], payments=[PAYMENT])))
    ((sheet, cell, found),) = wrong(workbook(payments=[{**PAYMENT, "Betrag": 501}]))
    assert (sheet, cell) == ("Zahlungen", "A2") and "schon etwas anderes gebucht" in found


FAULTS = {
    "more than the fund holds": ({"Betrag": 1000.01}, "E2", "Bewilligt wären 1.000,01 Euro, im Topf sind 1.000,00."),
    "paid without approval": ({"Schritt": "ausgezahlt"}, "E2", "Ausgezahlt wären 500,00 Euro, bewilligt sind 0,00."),
    "an amount that is a word": ({"Betrag": "viel"}, "E2", "weder eine Zahl"),
    "a sign instead of an amount": ({"Betrag": "–"}, "E2", "null"),
    "an approximate amount": ({"Betrag": "ca. 500"}, "E2", "ungefähre Angabe"),
    "fractions of cents": ({"Betrag": "1,005"}, "E2", "Bruchteile"),
    "dollars": ({"Betrag": "5 $"}, "E2", "kein Betrag"),
    "nothing": ({"Betrag": 0}, "E2", "null"),
    "no amount": ({"Betrag": None}, "E2", "kein Betrag"),
    "a day there is not": ({"Tag": "31.02.2021"}, "F2", "kein Tag"),
    "an unknown project": ({"Projekt": "niemand"}, "B2", "gibt es nicht"),
    "an unknown fund": ({"Topf": "kasse"}, "C2", "gibt es nicht"),
    "an unknown step": ({"Schritt": "verschenkt"}, "D2", "nicht bekannt"),
    "an unknown paper": ({"Drucksache": "1-99"}, "G2", "gibt es nicht"),
    "no key": ({"Kennung": None}, "A2", "leer"),
    "a key with spaces": ({"Kennung": "B 1 =x"}, "A2", "keine Kennung"),
    "a long remark": ({"Bemerkung": "x" * 241}, "H2", "zu lang"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_payment_is_told_with_its_cell(fund, source, fault):
    change, cell, words = FAULTS[fault]
    a_project(source, "lesen")
    found = wrong(workbook(payments=[{**PAYMENT, **change}]))
    assert [one[:2] for one in found] == [("Zahlungen", cell)], found
    assert words in found[0][2]


PROJECT_FAULTS = {
    "no title": ({"Titel": None}, "B2", "leer"),
    "an unknown source": ({"Quelle": "hörensagen"}, "O2", "gibt es nicht"),
    "an unknown area": ({"Gebiete": "Atlantis"}, "E2", "gibt es nicht"),
    "an unknown field": ({"Handlungsfelder": "Raumfahrt"}, "F2", "gibt es nicht"),
    "a state without a day": ({"Zustand seit": None}, "N2", "gehören zusammen"),
    "an end before the beginning": ({"Beginn": "02.01.2021", "Ende": "01.01.2021"}, "2", "vor dem Beginn"),
    "a key that is no address": ({"Kennung": "Lese Paten"}, "A2", "Kennung"),
}


@pytest.mark.parametrize("fault", PROJECT_FAULTS)
def test_a_wrong_project_is_told_with_its_cell(source, fault):
    change, cell, words = PROJECT_FAULTS[fault]
    found = wrong(workbook(projects=[{**PROJECT, **change}]))
    assert [one[:2] for one in found] == [("Projekte", cell)], found
    assert words in found[0][2] or fault == "a key that is no address"


def test_a_locked_year_is_refused_at_its_row(fund, source):
    a_project(source, "lesen")
    lock_year(year=2021, on=datetime.date(2022, 3, 1))
    ((_sheet, cell, found),) = wrong(workbook(payments=[PAYMENT]))
    assert cell == "E2" and found == "Das Haushaltsjahr 2021 ist abgeschlossen."


def test_one_fault_keeps_everything_out(fund):
    delivery = delivered(workbook(projects=[PROJECT], payments=[PAYMENT, {**PAYMENT, "Kennung": "B-2", "Betrag": 900}]))
    with pytest.raises(DeliveryError, match="Nichts wurde übernommen"):
        take_over_delivery(delivery=delivery)
    assert not Project.objects.exists() and not MoneyEntry.objects.exists()
    assert PlanDelivery.objects.get().taken_at is None


def test_a_key_that_stands_twice_names_the_first_row(fund, source):
    a_project(source, "lesen")
    ((_sheet, cell, found),) = wrong(workbook(payments=[PAYMENT, PAYMENT]))
    assert cell == "A3" and "Zeile 2" in found


FILES = {
    "empty.xlsx": (b"", "leer"),
    "text.csv": (b"Hallo Welt\n", "Kein Blatt"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, ""),
    "page.html": (b"<html><body>x</body></html>", ""),
    "no_rows.csv": (b"Kennung;Projekt;Topf;Schritt;Betrag;Tag\n", "keine Zeile"),
    "column_twice.csv": (
        b"Kennung;Projekt;Topf;Schritt;Betrag;Tag;Tag\n1;lesen;kern;bewilligt;1;01.01.2021;\n",
        "zweimal",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_such_table_is_refused_in_words(fund, source, name):
    a_project(source, "lesen")
    body, words = FILES[name]
    found = wrong(body, name)
    assert found and words in found[0][2]


def test_a_csv_file_needs_no_sheet_names(fund, source):
    a_project(source, "lesen")
    body = b"Kennung;Projekt;Topf;Schritt;Betrag;Tag\nB-1;lesen;kern;bewilligt;1.000,00;01.05.2021\n"
    take_over_delivery(delivery=delivered(body, "zahlungen.csv"))
    assert MoneyEntry.objects.get().amount == 1000


def test_an_empty_cell_leaves_what_is_there(source):
    a_project(source, "lesen", carrier="Verein", description="Lange bekannt")
    take_over_delivery(delivery=delivered(workbook(projects=[{"Kennung": "lesen", "Titel": "Lesepaten"}])))
    project = Project.objects.get()
    assert (project.title, project.carrier, project.description) == ("Lesepaten", "Verein", "Lange bekannt")


class TestPages:
    def test_the_whole_way(self, admin_client, fund):
        body = workbook(projects=[PROJECT], payments=[PAYMENT])
        file = SimpleUploadedFile("tabelle.xlsx", body)
        page = admin_client.post(reverse("plan:deliveries"), {"file": file}, follow=True)
        text = page.content.decode()
        assert "1 neues Projekt, 0 geänderte, 1 Buchung" in " ".join(text.split()) and "Lesepaten" in text
        delivery = PlanDelivery.objects.get()
        page = admin_client.post(reverse("plan:delivery_take_over", args=[delivery.pk]), follow=True)
        assert "Übernommen am" in page.content.decode()
        admin_client.post(reverse("plan:delivery_take_over", args=[delivery.pk]))
        entry = MoneyEntry.objects.get()
        assert entry.recorded_by == get_user_model().objects.get()
        admin_client.post(reverse("plan:delivery_discard", args=[delivery.pk]))
        assert PlanDelivery.objects.exists(), "what is taken over stays"

    def test_files_with_faults_hold_no_formulas(self, admin_client, fund):
        evil = {**PAYMENT, "Projekt": "=HYPERLINK(1)", "Kennung": "+1+cmd"}
        delivery = delivered(workbook(payments=[evil]), "=böse.xlsx")
        table = admin_client.get(reverse("plan:delivery_csv", args=[delivery.pk])).content.decode("utf-8-sig")
        assert all(not cell.startswith(("=", "+", "-", "@")) for line in table.splitlines() for cell in line.split(";"))
        marked = admin_client.get(reverse("plan:delivery_xlsx", args=[delivery.pk])).content
        book = openpyxl.load_workbook(io.BytesIO(marked))
        assert book.sheetnames[0] == "Befunde"
        assert all(cell.data_type != "f" for row in book["Befunde"] for cell in row)

    def test_without_a_file_it_is_said(self, admin_client):
        response = admin_client.post(reverse("plan:deliveries"), {})
        assert response.status_code == 422 and "Bitte eine Datei auswählen." in response.content.decode()

    def test_the_template_reads_back_as_an_empty_table(self, admin_client):
        body = admin_client.get(reverse("plan:delivery_template")).content
        assert wrong(body, "vorlage.xlsx")[0][2] == "Unter den Spaltennamen steht keine Zeile."


def as_ods(*, projects=(), payments=()) -> bytes:
    """The same tables as an OpenDocument spreadsheet, with days as days and amounts as numbers."""
    document = OpenDocumentSpreadsheet()
    for sheet, rows in ((PROJECTS, projects), (PAYMENTS, payments)):
        table = Table(name=sheet)
        names = [column.name for column in COLUMNS[sheet]]
        for row in [dict(zip(names, names, strict=True)), *rows]:
            line = TableRow()
            for name in names:
                line.addElement(_ods_cell(row.get(name)))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    kept = io.BytesIO()
    document.write(kept)
    return kept.getvalue()


def _ods_cell(value) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def as_xls(*, projects=(), payments=()) -> bytes:
    """The same tables as an old Excel file."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for sheet, rows in ((PROJECTS, projects), (PAYMENTS, payments)):
        page = book.add_sheet(sheet)
        names = [column.name for column in COLUMNS[sheet]]
        for number, row in enumerate([dict(zip(names, names, strict=True)), *rows]):
            for place, name in enumerate(names):
                value = row.get(name)
                if isinstance(value, datetime.date):
                    page.write(number, place, value, day)
                elif value is not None:
                    page.write(number, place, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


KINDS = {"tabelle.xlsx": workbook, "tabelle.ods": as_ods, "tabelle.xls": as_xls}


@pytest.mark.parametrize("name", KINDS)
class TestEveryKindOfFile:
    """XLSX, ODS and XLS are read alike: the same is taken over, the same cell is named."""

    SPENT = {**PAYMENT, "Kennung": "B-2", "Schritt": "ausgezahlt", "Betrag": 120.5, "Tag": datetime.date(2021, 6, 1)}

    def test_the_same_is_taken_over(self, fund, name):
        body = KINDS[name](projects=[PROJECT], payments=[PAYMENT, self.SPENT])
        take_over_delivery(delivery=delivered(body, name))
        project = Project.objects.get(slug="lesen")
        entries = project.allocations.get().entries.order_by("pk")
        assert [(entry.kind, entry.amount, entry.day) for entry in entries] == [
            ("approved", Decimal(500), datetime.date(2021, 5, 1)),
            ("spent", Decimal("120.50"), datetime.date(2021, 6, 1)),
        ]
        assert (project.title, project.states.get().state) == ("Lesepaten", "running")

    def test_the_same_cell_is_named(self, fund, name):
        body = KINDS[name](projects=[PROJECT], payments=[PAYMENT, {**self.SPENT, "Betrag": 500.01}])
        ((sheet, cell, found),) = wrong(body, name)
        assert (sheet, cell) == ("Zahlungen", "E3") and "Ausgezahlt wären 500,01 Euro" in found

    def test_a_cut_off_file_is_refused_in_words(self, fund, name):
        body = KINDS[name](projects=[PROJECT], payments=[PAYMENT])
        found = wrong(body[: len(body) // 2], name)
        assert found and not Project.objects.exists()
