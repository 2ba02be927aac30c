"""The council paper: its head and its wrong inputs, what changed since the last one, sums to the cent, hostile texts."""

import io
import itertools
from collections import defaultdict
from decimal import Decimal

import pdfplumber
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from actionplan.models import ActionArea, CarryOver, CouncilPaper, FundChange, MoneyEntry, Project, ProjectState
from actionplan.selectors.changes import newest_report, plan_changes
from actionplan.selectors.money import year_money
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part, as_data, compilation_of
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, Items, Paragraph, Terms, pictures, plain, tables, walk
from atlas.reports.formats import FORMATS, written
from atlas.reports.sections import SECTIONS, WrongOption
from atlas.reports.templates import TEMPLATES
from tests.app.paper_objects import DAY, SINCE, busy_spring, day, project
from tests.printed import words_on_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

BODIES = [
    {"body": "Ausschuss für Soziales", "day": "2022-08-23", "role": "Empfehlung", "item": "4.1"},
    {"body": "Bezirksvertretung Innenstadt-Nord", "day": "", "role": "notice", "item": ""},
    {"body": "Rat der Stadt", "day": "22.09.2022", "role": "Kenntnisnahme", "item": ""},
]


def one_part(section, *, on=DAY, **options):
    return compiled(Compilation("Probe", day=on, parts=(Part(section, options=options),)))


def paper(**options):
    return compiled(TEMPLATES["sachstand"].fill({"day": DAY.isoformat(), **options}))


def table_of(document, caption):
    return next(table for table in tables(document) if table.caption.startswith(caption))


def rows_of(table):
    return {row.cells[0].text: row for group in table.groups for row in group.rows}


def numbers_of(row):
    return [cell.number.value if cell.number else None for cell in row.cells[1:]]


def headings(document):
    return [(block.level, block.text) for block in walk(document.blocks) if isinstance(block, Heading)]


def test_the_paper_has_the_parts_of_the_council_in_their_order():
    texts = [text for level, text in headings(paper(bodies=BODIES)) if level == 1]
    assert texts[:5] == [
        "Tagesordnungspunkt",
        "Beschlussvorschlag",
        "Finanzielle Auswirkungen",
        "Begründung",
        "Was sich verändert hat",
    ]
    assert {"Der Aktionsplan am Stichtag", "Projekte", "Geld", "Entwicklung in den Aktionsräumen"} <= set(texts)
    assert texts[-1] == "Was die Zahlen bedeuten"


def test_head_and_sequence_say_what_was_asked_for():
    document = one_part("council_head", number="123-22", office="Sozialamt", urgency="urgent", bodies=BODIES)
    head = next(block for block in document.blocks if isinstance(block, Terms))
    said = {term: plain(text) for term, text in head.entries}
    assert said["Drucksache Nr."] == "123-22"
    assert (said["Fachbereich"], said["Dringlichkeit"], said["Datum"]) == ("Sozialamt", "dringlich", "30. Juni 2022")
    rows = [[cell.text for cell in row.cells] for row in table_of(document, "Beratungsfolge").groups[0].rows]
    assert rows == [
        ["Ausschuss für Soziales", "23.08.2022", "Empfehlung", "4.1"],
        ["Bezirksvertretung Innenstadt-Nord", "offen", "Kenntnisnahme", ""],
        ["Rat der Stadt", "22.09.2022", "Kenntnisnahme", ""],
    ]


def test_without_a_number_it_is_still_to_be_assigned():
    head = next(block for block in one_part("council_head").blocks if isinstance(block, Terms))
    assert plain(dict(head.entries)["Drucksache Nr."]) == "wird vergeben"


def test_a_recorded_paper_fills_what_is_empty():
    document = one_part("council_head", paper="sachstand-2011", number="neu-1")
    head = {term: plain(text) for block in document.blocks if isinstance(block, Terms) for term, text in block.entries}
    recorded = CouncilPaper.objects.get(slug="sachstand-2011")
    assert (head["Drucksache Nr."], head["Fachbereich"]) == ("neu-1", recorded.office)
    assert len(table_of(document, "Beratungsfolge").groups[0].rows) == recorded.consultations.count() > 10


@pytest.mark.parametrize(
    ("section", "options", "said"),
    [
        (
            "council_head",
            {"bodies": [{"body": "A", "day": "2022-05-02"}, {"body": "B", "day": "2022-05-01"}]},
            "Zeile 2",
        ),
        ("council_head", {"bodies": [{"body": "", "day": "2022-05-02"}]}, "Gremium"),
        ("council_head", {"bodies": [{"body": "A", "role": "abnicken"}]}, "Kenntnisnahme"),
        ("council_head", {"bodies": [{"body": "A", "day": "31.02.2022"}]}, "JJJJ-MM-TT"),
        ("council_head", {"bodies": ["x"]}, "Zeile 1"),
        ("council_head", {"bodies": "x"}, "eine Liste"),
        ("council_head", {"urgency": "sofort"}, "normal, urgent"),
        ("council_head", {"date": "gestern"}, "JJJJ-MM-TT"),
        ("council_head", {"paper": "nie"}, "sachstand-2011"),
        ("plan_changes", {"since": "2022-06-30"}, "vor dem Stichtag"),
        ("plan_money", {"years": "zweitausend"}, "ein Jahr"),
        ("plan_projects", {"areas": ["sozialraum/999"]}, "sozialraum/999"),
        ("plan_projects", {"order": "laut"}, "area, field"),
        ("plan_areas", {"areas": 7}, "eine Liste"),
        ("plan_effect", {"indicators": ["nie"]}, "Katalog"),
        ("plan_effect", {"indicators": ["einwohner"]}, "transferleistungsquote"),
    ],
)
def test_wrong_options_are_refused_with_section_option_and_what_is_expected(section, options, said):
    with pytest.raises(WrongOption, match="Abschnitt „") as error:
        one_part(section, **options)
    assert said in str(error.value)


def test_several_decisions_are_numbered():
    document = one_part("decision", decisions="Der Rat nimmt zur Kenntnis.\n\nDer Rat beauftragt\ndie Verwaltung.")
    found = next(block for block in document.blocks if isinstance(block, Terms))
    assert [(term, plain(text)) for term, text in found.entries] == [
        ("1.", "Der Rat nimmt zur Kenntnis."),
        ("2.", "Der Rat beauftragt die Verwaltung."),
    ]


def in_span(rows):
    return [row for row in rows if SINCE < row.day <= DAY]


def test_changes_are_those_that_the_journals_hold():
    """Counted again here, row by row, without the selector's queries."""
    busy_spring()
    found = plan_changes(SINCE, DAY)
    states = in_span(ProjectState.objects.all())
    assert sorted(change.now.pk for change in found.states) == sorted(state.pk for state in states)
    for change in found.states:
        mine = sorted(change.now.project.states.all(), key=lambda state: (state.day, state.pk))
        place = [state.pk for state in mine].index(change.now.pk)
        assert (change.before.pk if change.before else None) == (mine[place - 1].pk if place else None)
    sums = defaultdict(lambda: defaultdict(Decimal))
    for entry in in_span(MoneyEntry.objects.select_related("allocation")):
        sums[entry.allocation.project_id][entry.kind] += entry.amount
    told = {one.project.pk: one.money for one in found.booked}
    assert {pk: {k: getattr(money, k) for k in sums[pk]} for pk, money in told.items()} == sums
    assert [change.pk for change in found.funds] == [c.pk for c in in_span(FundChange.objects.order_by("day", "pk"))]
    assert [one.pk for one in found.carried] == [c.pk for c in in_span(CarryOver.objects.order_by("day", "pk"))]
    assert [one.pk for one in found.papers] == [p.pk for p in in_span(CouncilPaper.objects.order_by("day", "pk"))]


def test_what_begins_and_ends_counts_from_the_day_after_to_the_day_itself():
    made = busy_spring()
    found = plan_changes(SINCE, DAY)
    begun = {one.project.slug for one in found.begun}
    assert {"garten-der-stimmen", "kueche-fuer-alle"} <= begun
    assert made["ended"].slug in {one.project.slug for one in found.ended}
    assert made["ended"].slug not in {one.project.slug for one in plan_changes(SINCE, day("2022-06-29")).ended}
    assert "kueche-fuer-alle" not in {one.project.slug for one in plan_changes(day("2022-02-02"), DAY).begun}


def test_areas_that_join_and_leave_stand_in_the_chapter():
    on = day("2021-05-01")
    document = one_part("plan_changes", on=on, since="2021-01-01")
    said = " ".join(plain(e) for b in walk(document.blocks) if isinstance(b, Items) for e in b.entries)
    joined = ActionArea.objects.filter(valid__startswith__gt="2021-01-01", valid__startswith__lte=on)
    left = ActionArea.objects.filter(valid__endswith__gt="2021-01-01", valid__endswith__lte=on)
    assert joined.count() == 4 and left.count() == 2
    assert all(f"{member.name} kommt dazu" in said for member in joined)
    assert all(f"{member.name} scheidet aus" in said for member in left)


def test_without_a_day_changes_begin_with_the_last_report():
    assert newest_report(DAY).slug == "stand-2021"
    assert "Stand der Weiterentwicklung" in plain(one_part("plan_changes").blocks[1].runs)


def test_every_amount_is_that_of_the_selectors_and_sums_are_exact():
    busy_spring()
    document = paper(years="2022")
    money = year_money(2022, on=DAY)
    steps = [money.used.planned, money.used.granted, money.used.committed, money.used.spent]
    assert numbers_of(rows_of(table_of(document, "Mittel des Aktionsplans"))["2022"]) == [money.total, *steps]
    funds = rows_of(table_of(document, "Töpfe 2022"))
    assert numbers_of(funds["Zusammen"]) == [money.total, *steps]
    parts = [numbers_of(row) for name, row in funds.items() if name != "Zusammen"]
    assert [sum(column) for column in zip(*parts, strict=True)] == [money.total, *steps]
    areas = rows_of(table_of(document, "Wohin das Geld ging"))
    parts = [numbers_of(row)[:2] for name, row in areas.items() if name != "Zusammen"]
    assert [sum(amount or 0 for amount in column) for column in zip(*parts, strict=True)] == numbers_of(
        areas["Zusammen"]
    )[:2]
    assert numbers_of(areas["Zusammen"])[:2] == [money.used.granted, money.used.spent]


def test_each_project_counts_once_and_its_money_is_that_of_its_journal():
    busy_spring()
    table = table_of(one_part("plan_projects"), "Projekte des Aktionsplans")
    rows = [row for group in table.groups for row in group.rows if not row.is_total]
    expected = Project.objects.exclude(begins__gt=DAY)
    assert sorted(row.cells[0].text for row in rows) == sorted(expected.values_list("title", flat=True))
    totals = next(row for group in table.groups for row in group.rows if row.is_total)
    entries = [e for e in MoneyEntry.objects.all() if e.day <= DAY]
    granted = sum(e.amount for e in entries if e.kind in ("approved", "revised"))
    spent = sum(e.amount for e in entries if e.kind == "spent")
    assert numbers_of(totals)[-2:] == [granted, spent]
    shown = [numbers_of(row)[-2:] for row in rows]
    assert [sum(amount or 0 for amount in column) for column in zip(*shown, strict=True)] == [granted, spent]


def test_projects_that_are_over_can_be_left_out_and_fields_give_another_order():
    made = busy_spring()
    titles = [r.cells[0].text for g in tables(one_part("plan_projects", open_only=True))[0].groups for r in g.rows]
    assert made["ended"].title not in titles and made["garden"].title in titles
    groups = [group.title for group in tables(one_part("plan_projects", order="field"))[0].groups]
    assert "Handlungsfeld nicht bekannt" in groups


def test_areas_chosen_are_the_only_ones():
    document = paper(areas=["sozialraum/023", "sozialraum/021"])
    names = [text for level, text in headings(document) if level == 2]
    assert "Borsigplatz" in names and "Nette" not in names


def test_an_area_that_never_belonged_to_the_plan_is_left_out():
    with pytest.raises(Exception, match="gibt es in dieser Veröffentlichung nichts"):
        one_part("plan_areas", areas=["sozialraum/051"])


HOSTILE = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    "W" * 160,
    "\u202eabc\u202c שלום",
    "🦑 Fest",
    "%(day)s {x}",
]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_hostile_titles_break_no_format(ending):
    busy_spring()
    for number, title in enumerate(HOSTILE):
        project(f"boese-{number}", title=title, carrier=title[:100])
    part = Part("reasons", title=HOSTILE[0], text="\n\n".join([*HOSTILE, "x" * 10_000]))
    head = Part("council_head", options={"topic": HOSTILE[2], "bodies": [{"body": t} for t in HOSTILE]})
    parts = (head, part, Part("plan_projects"), Part("plan_changes", options={"since": SINCE.isoformat()}))
    content = written(compiled(Compilation(HOSTILE[2], day=DAY, parts=parts)), ending)
    assert len(content) > 2000
    if ending == "pdf":
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            assert "<script>alert(1)</script>" in "".join(
                (page.extract_text() or "").replace("\n", "") for page in pdf.pages
            )


@pytest.fixture(scope="module")
def whole_pdf(dortmund, django_db_blocker):
    with django_db_blocker.unblock():
        return written(compiled(TEMPLATES["sachstand"].fill({"bodies": BODIES})), "pdf")


def test_the_pdf_is_tagged_with_headings_in_order_and_pictures_in_words(whole_pdf):
    with pikepdf.open(io.BytesIO(whole_pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang).startswith("de")
        kinds = [str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o]
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH"} <= set(kinds)
    assert figures and all(len(str(figure.Alt)) > 20 for figure in figures)
    document = compiled(TEMPLATES["sachstand"].fill({"bodies": BODIES}))
    levels = [level for level, _text in headings(document)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(picture.alternative for picture in pictures(document))


def test_no_page_is_nearly_empty(whole_pdf):
    words = words_on_pages(whole_pdf)
    assert 12 <= len(words) <= 24
    assert min(words[:-1]) > 60


def test_the_same_request_gives_the_same_bytes(whole_pdf):
    assert written(compiled(TEMPLATES["sachstand"].fill({"bodies": BODIES})), "pdf") == whole_pdf


def test_the_english_paper_is_english():
    with override("en"):
        document = paper(bodies=BODIES)
    assert document.language == "en"
    assert [text for level, text in headings(document) if level == 1][:3] == [
        "Item of the agenda",
        "Proposed decision",
        "Financial effects",
    ]


def test_a_filled_template_is_plain_data_and_every_part_is_known():
    found = TEMPLATES["sachstand"].fill({"day": "2022-06-30", "areas": ["sozialraum/023"]})
    assert compilation_of(as_data(found)) == found
    assert {part.section for part in found.parts} <= set(SECTIONS)


def test_the_command_makes_a_paper_of_every_option(tmp_path):
    file = tmp_path / "vorlage.pdf"
    words = ["--day", "2022-06-30", "--areas", "sozialraum/023", "--number", "1-22", "-o", str(file)]
    call_command("report", "sachstand", *words, "--bodies", "Rat der Stadt;22.09.2022;Beschluss;3", verbosity=0)
    options = {"day": "2022-06-30", "areas": ["sozialraum/023"], "number": "1-22"}
    options["bodies"] = [{"body": "Rat der Stadt", "day": "22.09.2022", "role": "Beschluss", "item": "3"}]
    plan = as_data(TEMPLATES["sachstand"].fill(options))
    assert file.read_bytes() == written(kinds.make("compilation", plan, release=""), "pdf")
    with pytest.raises(CommandError, match="Beratungsfolge, Zeile 1"):
        call_command("report", "sachstand", "--bodies", "Rat;nie", "-o", str(file), verbosity=0)


def test_a_paper_about_some_areas_says_which_chapters_are_about_the_whole_plan():
    limited, whole = paper(areas=["sozialraum/022", "sozialraum/023"]), paper()
    said = "alle anderen Kapitel gelten für den ganzen Aktionsplan."
    told = [any(said in plain(b.runs) for b in d.blocks if isinstance(b, Paragraph)) for d in (limited, whole)]
    assert told == [True, False]


def test_no_two_columns_of_a_table_have_the_same_head():
    for table in tables(paper()):
        heads = [column.label for column in table.columns]
        assert len(set(heads)) == len(heads), heads
