"""Reports name where everything comes from that they show: boundaries, places, and the facts of the plan; each once."""

from itertools import pairwise

import pytest

from areas.models import Facility, Source
from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, plain, walk
from atlas.reports.profile import profile_document
from tests.app.paper_objects import DAY, project
from tests.app.plan_objects import a_fund

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

BOUNDARIES = "Statistische Unterbezirke, Grenzen"
PLACES = "Einrichtungen: Kitas, Schulen"
DECISIONS = "Aktionsplan Soziale Stadt: Aktionsräume und Beschlüsse"


def sources_of(document):
    blocks = list(walk(document.blocks))
    found = [plain(after.runs) for before, after in pairwise(blocks) if is_head(before)]
    return found[0] if len(found) == 1 else ""


def is_head(block):
    return isinstance(block, Heading) and block.text == "Quellen"


def another_source(slug):
    return Source.objects.create(slug=slug, title=f"Papier {slug}", publisher="Stadt", order=90)


def of_part(section, **options):
    parts = (Part(section, options=options), Part("notes"))
    return sources_of(compiled(Compilation("Probe", day=DAY, parts=parts)))


def test_a_profile_names_the_sources_of_boundaries_places_and_plan():
    told = sources_of(profile_document("sozialraum", "023"))
    for title in (BOUNDARIES, PLACES, DECISIONS, "Broschüre über geförderte Projekte"):
        assert told.count(title) == 1
    assert DECISIONS not in sources_of(profile_document("sozialraum", "092"))


def test_a_profile_without_places_does_not_name_their_source():
    Facility.objects.all().delete()
    assert PLACES not in sources_of(profile_document("sozialraum", "092"))


def test_a_book_names_each_source_once():
    told = of_part("profiles", areas=["sozialraum/023", "sozialraum/022"])
    assert [told.count(title) for title in (BOUNDARIES, PLACES, DECISIONS)] == [1, 1, 1]


def test_the_sources_of_projects_and_funds_are_named_where_these_stand():
    one = project("werkstatt")
    type(one).objects.filter(pk=one.pk).update(source=another_source("werkstatt"))
    assert "Papier werkstatt" in of_part("plan_projects") and "Papier werkstatt" in of_part(
        "plan_areas", areas=["sozialraum/023"]
    )
    assert "Papier werkstatt" not in of_part("plan_state")
    a_fund(another_source("topf"), "100.00", slug="mittel-2022", year=2022)
    assert "Papier topf" in of_part("finance", years="2022")
    assert "Papier topf" in of_part("plan_money", years="2022")


def test_the_map_of_the_plan_names_the_source_of_its_boundaries(monkeypatch):
    assert BOUNDARIES in of_part("plan_state") and DECISIONS in of_part("plan_state")
    monkeypatch.setattr("atlas.selectors.actionplan.level_drawing", lambda _slug: None)
    assert BOUNDARIES not in of_part("plan_state")


def test_papers_and_dates_name_theirs():
    assert "Medieninformation 1888" in of_part("plan_papers")
    assert of_part("plan_participation")
