"""What stands where: the page sends back what it shows, asks what it cannot know, and keeps all or nothing."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from areas.models import Area, AreaLevel, Source
from indicators.actions.uploads import receive_upload
from indicators.intake.mapping import Mapping
from indicators.models import StagedValue, Upload, UploadTemplate
from tests.app import uploading
from tests.app.page_form import form_of, options_of
from tests.app.uploading import codes

pytestmark = pytest.mark.django_db
HEAD = ["Schlüssel", "Name", "Durchschnittsalter"]


@pytest.fixture(autouse=True)
def city():
    uploading.make_city()


@pytest.fixture
def desk(client):
    client.force_login(uploading.planner())
    return client


def rows(shift=0):
    return [[f"{n:03d}", f"Viertel {chr(64 + n)}", 40 + n / 10 + shift] for n in range(1, 11)]


def received(sheets, name="alter.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in sheets.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return receive_upload(file_name=name, body=kept.getvalue())


def page_of(upload):
    return reverse("indicators:upload_mapping", args=[upload.pk])


def send(desk, upload, form, do="check", **changes):
    return desk.post(page_of(upload), form | changes | {"do": do})


def read_years(upload):
    staged = StagedValue.objects.filter(upload=upload, area__code="001")
    return {value.period.code: value.value for value in staged.select_related("period")}


def three_years():
    return received({str(year): [HEAD, *rows(shift)] for shift, year in enumerate((2021, 2022, 2023))})


def test_what_the_page_shows_is_what_it_sends_back(desk):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    again = form_of(send(desk, upload, form, do="preview"))
    assert again == form | {"csrfmiddlewaretoken": again["csrfmiddlewaretoken"]}
    assert send(desk, upload, form).status_code == 302
    upload.refresh_from_db()
    assert upload.error_count == 0
    assert read_years(upload) == {"2021": Decimal("40.1"), "2022": Decimal("41.1"), "2023": Decimal("42.1")}


def test_a_sheet_that_is_not_read_never_moves_the_others(desk):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    shown = send(desk, upload, form, do="preview", **{"t0-used": "0"})
    form = form_of(shown)
    assert form["t0-used"] == "0"
    assert form["t1-sheet"] == "2022"
    form = form_of(send(desk, upload, form, do="preview"))
    assert send(desk, upload, form).status_code == 302
    assert read_years(upload) == {"2022": Decimal("41.1"), "2023": Decimal("42.1")}
    # It can be taken in again.
    form = form_of(desk.get(page_of(upload)))
    assert send(desk, upload, form, **{"t0-used": "1"}).status_code == 302
    assert set(read_years(upload)) == {"2021", "2022", "2023"}


def test_a_form_of_another_mapping_is_refused(desk):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    answer = send(desk, upload, form, **{"t0-sheet": "2022"})
    assert answer.status_code == 422
    assert "inzwischen geändert" in answer.content.decode()
    assert not Upload.objects.get(pk=upload.pk).mapping


def test_nothing_is_kept_when_no_sheet_is_read(desk):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    assert send(desk, upload, form).status_code == 302
    before = Upload.objects.get(pk=upload.pk)
    none = {f"t{n}-used": "0" for n in range(3)}
    answer = send(desk, upload, form, template_name="Leer", **none)
    assert answer.status_code == 422
    assert "mindestens ein Blatt, das gelesen wird" in answer.content.decode()
    assert form_of(answer)["t0-used"] == "0"
    assert not UploadTemplate.objects.exists()
    after = Upload.objects.get(pk=upload.pk)
    assert (after.state, after.mapping, after.value_count) == (before.state, before.mapping, before.value_count)


def test_a_template_is_not_kept_when_the_check_cannot_begin(desk):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    again = Upload.objects.create(file_name="a.xlsx", digest=upload.digest, size=1, state=Upload.State.DISCARDED)
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.CANCELLED)
    Upload.objects.filter(pk=again.pk).update(state=Upload.State.CHECKED)  # the same file came in once more
    answer = send(desk, upload, form, template_name="Alter je Jahr")
    assert answer.status_code == 422
    assert "noch einmal geliefert" in answer.content.decode()
    assert not UploadTemplate.objects.exists()
    assert not Upload.objects.get(pk=upload.pk).mapping


@pytest.mark.parametrize("row", ["99999999999999999999", "vier", "-1", "4\x00x"])
def test_a_row_that_is_none_is_said_and_the_rest_stays(desk, row):
    upload = three_years()
    form = form_of(desk.get(page_of(upload)))
    answer = send(desk, upload, form, **{"t1-first_row": row, "t0-used": "0", "template_name": "A\x00lter"})
    assert answer.status_code == 422
    assert "Blatt »2022«: „" in answer.content.decode()
    assert "ist keine Zeile" in answer.content.decode()
    assert form_of(answer)["t0-used"] == "0"


def test_numbers_finer_than_the_portal_keeps_can_be_rounded(desk):
    upload = received({"2023": [HEAD, *rows(1 / 3)]})
    form = form_of(desk.get(page_of(upload)))
    assert form["round_to"] == ""
    send(desk, upload, form)
    assert codes(upload, "error") == {"unreadable_number"}
    finding = upload.findings.filter(kind="error").first()
    assert "wie zu runden ist" in finding.suggestion
    listed = desk.get(reverse("indicators:upload_findings", args=[upload.pk])).content.decode("utf-8-sig")
    assert "Fehler;Keine lesbare Zahl;Blatt »2023«, Zelle C2;" in listed
    form = form_of(desk.get(page_of(upload)))
    send(desk, upload, form, round_to="2")
    upload.refresh_from_db()
    assert upload.error_count == 0
    assert read_years(upload) == {"2023": Decimal("40.43")}
    assert form_of(desk.get(page_of(upload)))["round_to"] == "2"


def test_the_page_asks_for_areas_that_nobody_knows(desk):
    body = [HEAD[1:], *(row[1:] for row in rows())]
    body[3][0] = "Vierteil C"
    upload = received({"2023": body})
    shown = desk.get(page_of(upload))
    form = form_of(shown)
    assert form["area_word-0-word"] == "Vierteil C"
    assert "Meinten Sie „Viertel C“" in shown.content.decode()
    assert options_of(shown, "area_word-0-meant") == ["", *(f"viertel:{n:03d}" for n in range(1, 11))]
    send(desk, upload, form)
    assert codes(upload, "error") == {"unknown_area"}
    send(desk, upload, form_of(desk.get(page_of(upload))), **{"area_word-0-meant": "viertel:003"})
    upload.refresh_from_db()
    assert (upload.error_count, upload.value_count) == (0, 10)
    # The answer is shown as long as the word stands in the file, and can be taken back.
    form = form_of(desk.get(page_of(upload)))
    assert form["area_word-0-meant"] == "viertel:003"
    send(desk, upload, form, **{"area_word-0-meant": ""})
    assert codes(upload, "error") == {"unknown_area"}


def test_names_of_two_levels_are_asked_not_guessed(desk):
    for part in Area.objects.filter(level__slug="viertel"):
        part.name = part.name.replace("Viertel", "Ort")
        part.save()
    level = AreaLevel.objects.get(slug="bezirk")
    like = Area.objects.get(code="01", level=level)
    for n in range(1, 11):
        name = f"Ort {chr(64 + n)}"
        Area.objects.create(level=level, code=f"{n + 10}", name=name, geometry=like.geometry, valid=(None, None),
                            source=Source.objects.get())  # fmt: skip
    upload = received({"2023": [HEAD[1:], *([f"Ort {row[1][-1]}", row[2]] for row in rows())]}, "zahlen.xlsx")
    shown = desk.get(page_of(upload))
    text = shown.content.decode()
    assert re.search("passen zu mehreren Ebenen: (Bezirk und Viertel|Viertel und Bezirk)", text)
    assert form_of(shown)["level"] == ""
    send(desk, upload, form_of(shown))
    assert codes(upload, "error") == {"area_ambiguous"}
    send(desk, upload, form_of(desk.get(page_of(upload))), level="viertel")
    upload.refresh_from_db()
    assert (upload.error_count, upload.value_count) == (0, 10)


def test_words_that_the_file_does_not_contain_are_not_asked(desk):
    level = AreaLevel.objects.get(slug="viertel")
    level.name_plural = "Quartiere"
    level.save()
    upload = received({"2023": [["Ebene", *HEAD], *(["Quartiere", *row] for row in rows())]})
    form = form_of(desk.get(page_of(upload)))
    assert not [name for name in form if name.endswith("-word")]


def test_a_level_that_nobody_knows_is_asked(desk):
    upload = received({"2023": [["Ebene", *HEAD], *(["Kiez", *row] for row in rows())]})
    form = form_of(desk.get(page_of(upload)))
    asked = {name: word for name, word in form.items() if name.endswith("-word")}
    if asked == {}:  # not recognised as a level: the planner says what the column is
        form["t0-c1-role"] = "area_level"
        form["level"] = ""
        form = form_of(send(desk, upload, form, do="preview"))
    assert form["level_word-0-word"] == "Kiez"
    send(desk, upload, form, **{"level_word-0-meant": "viertel"})
    upload.refresh_from_db()
    assert (upload.error_count, upload.value_count) == (0, 10)


def test_a_year_said_for_this_file_is_taken_also_with_a_template(desk):
    first = received({"Tabelle": [HEAD, *rows()]}, "alter-2022.xlsx")
    send(desk, first, form_of(desk.get(page_of(first))), template_name="Alter")
    template = UploadTemplate.objects.get()
    assert Mapping.from_json(template.mapping).period == "2022"
    book = io.BytesIO()
    openpyxl_book = openpyxl.Workbook()
    for row in [HEAD, *rows(1)]:
        openpyxl_book.active.append(row)
    openpyxl_book.save(book)
    second = receive_upload(file_name="alter.xlsx", body=book.getvalue(), template=template)
    assert codes(second, "error") == {"period_differs"}
    form = form_of(desk.get(page_of(second)))
    assert form["period"] == "2022"
    send(desk, second, form, period="2023", template_name="Alter")
    second.refresh_from_db()
    assert second.error_count == 0
    assert read_years(second) == {"2023": Decimal("41.1")}
    assert UploadTemplate.objects.get(is_current=True).version == 2
