"""Papers where there is little: a city of two areas with a release and no plan. No empty chapter, and no traceback."""

import datetime

import pytest
from django.utils import timezone

from actionplan.models import ActionArea, CouncilPaper
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, walk
from atlas.reports.formats import written
from atlas.reports.origin import NothingToReport
from atlas.reports.templates import TEMPLATES
from indicators.actions.publishing import publish_release
from indicators.models import Release
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


def chapters(document):
    return [block.text for block in walk(document.blocks) if isinstance(block, Heading) and block.level == 1]


@pytest.fixture
def city(db):
    made = small_city()
    release = Release.objects.create(slug="2026-1", title="Probe 2026")
    value_in(release, made, 0, 12)
    value_in(release, made, 1, 18)
    publish_release(release=release)
    return made


def test_without_a_plan_a_council_paper_has_only_what_is_written(city):
    assert CouncilPaper.objects.count() == ActionArea.objects.count() == 0
    found = compiled(TEMPLATES["sachstand"].fill({}))
    assert chapters(found) == ["Tagesordnungspunkt", "Beschlussvorschlag", "Finanzielle Auswirkungen", "Begründung"]
    assert written(found, "pdf").startswith(b"%PDF")


def test_without_reporting_level_a_social_report_has_its_first_page(city):
    found = compiled(TEMPLATES["soziale-lage"].fill({}))
    assert set(chapters(found)) <= {"Was die Zahlen bedeuten"}


def test_a_single_level_is_told_with_its_two_areas(city):
    city["level"].is_reporting = True
    city["level"].save()
    found = compiled(TEMPLATES["soziale-lage"].fill({}))
    assert "Dimension" in chapters(found)
    assert written(found, "pdf").startswith(b"%PDF")


def test_a_plan_of_one_area_without_projects_money_and_papers(city):
    city["level"].is_reporting = True
    city["level"].save()
    area = city["areas"][0]
    today = timezone.localdate()
    valid = (today - datetime.timedelta(days=400), None)
    ActionArea.objects.create(
        area=area, name=area.name, kind="aktionsraum", valid=valid, decision="Rat", source=city["source"]
    )
    found = chapters(compiled(TEMPLATES["sachstand"].fill({})))
    assert {"Der Aktionsplan am Stichtag", "Entwicklung in den Aktionsräumen"} <= set(found)
    assert not {"Projekte", "Geld", "Beteiligung", "Beschlüsse und Berichte", "Entwicklung im Vergleich"} & set(found)


def test_without_a_release_it_is_said():
    with pytest.raises(NothingToReport, match="noch nichts veröffentlicht"):
        compiled(TEMPLATES["sachstand"].fill({}))
