"""A council paper about chosen areas: numbers of the whole plan and of the areas are not taken for each other."""

import pytest
from django.utils.translation import override

from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, Paragraph, plain, walk
from atlas.reports.templates import TEMPLATES
from tests.app.paper_objects import DAY, project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

CHOSEN = ["sozialraum/022", "sozialraum/023"]
WHOLE = "Dieses Kapitel gilt für den ganzen Aktionsplan, nicht nur für die gewählten Gebiete."


def lead(**options):
    document = compiled(Compilation("Probe", day=DAY, parts=(Part("plan_projects", options=options),)))
    return next(plain(b.runs) for b in walk(document.blocks) if isinstance(b, Paragraph) and b.role == "lead")


def test_the_number_of_projects_names_the_areas_it_is_about():
    project("werkstatt", code="023")
    project("garten", code="022")
    assert lead(areas=CHOSEN[1:]).startswith("Für Borsigplatz ")
    assert lead(areas=CHOSEN).startswith("Für Nordmarkt, Borsigplatz sind bis zum 30. Juni 2022 ")
    assert "stadtweite zählen hier nicht mit" in lead(areas=CHOSEN)
    assert "Für " not in lead()
    with override("en"):
        assert lead(areas=CHOSEN).startswith("For Nordmarkt, Borsigplatz, ")


def test_chapters_about_the_whole_plan_say_so_where_areas_are_chosen():
    def telling(**options):
        document = compiled(TEMPLATES["sachstand"].fill({"day": DAY.isoformat(), **options}))
        found, chapter = [], ""
        for block in walk(document.blocks):
            if isinstance(block, Heading) and block.level == 1:
                chapter = block.text
            elif isinstance(block, Paragraph) and plain(block.runs) == WHOLE:
                found.append(chapter)
        return found

    assert telling(areas=CHOSEN) == ["Was sich verändert hat", "Der Aktionsplan am Stichtag"]
    assert telling() == []
