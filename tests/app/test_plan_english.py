"""What is told in German on English pages of the plan is marked as German, so that it is read aloud in German."""

from html.parser import HTMLParser

import pytest

from actionplan.models import Consultation, CouncilPaper, Fund, Office, PlanFunction, PressRelease, Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

PAGES = [
    "/en/aktionsplan/",
    "/en/aktionsplan/gebiete/014/",
    "/en/aktionsplan/gebiete/053/",
    "/en/aktionsplan/gebiete/021/",
    "/en/aktionsplan/projekte/",
    "/en/aktionsplan/projekte/rampe-2/",
    "/en/aktionsplan/geld/?jahr=2009",
    "/en/aktionsplan/geld/?jahr=2011",
    "/en/aktionsplan/geld/?jahr=2021",
    "/en/aktionsplan/beteiligung/",
    "/en/aktionsplan/bueros/",
    "/en/aktionsplan/beschluesse/",
    "/en/aktionsplan/beschluesse/sachstand-2011/",
]
VOID = {"meta", "link", "img", "input", "br", "hr", "wbr", "source", "col"}


class Texts(HTMLParser):
    """Texts of the body with the language that holds for each."""

    def __init__(self):
        super().__init__()
        self.languages, self.found = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            above = self.languages[-1][1] if self.languages else ""
            self.languages.append((tag, "" if tag == "head" else dict(attrs).get("lang", above)))

    def handle_endtag(self, tag):
        while self.languages and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and "title" not in {tag for tag, _language in self.languages}:
            self.found.append((self.languages[-1][1] if self.languages else "", " ".join(data.split())))


def german_texts() -> set[str]:
    """What the plan stores in German only."""
    found = set(Project.objects.values_list("title", flat=True))
    for field in ("carrier", "target_groups", "source_note"):
        found |= set(Project.objects.values_list(field, flat=True))
    found |= set(CouncilPaper.objects.values_list("title", flat=True))
    found |= {str(paper) for paper in CouncilPaper.objects.all()}
    found |= set(PressRelease.objects.values_list("title", flat=True))
    found |= set(Fund.objects.values_list("name", flat=True)) | {str(fund) for fund in Fund.objects.all()}
    found |= set(Consultation.objects.values_list("body", flat=True))
    for model in (Office, PlanFunction):
        found |= set(model.objects.values_list("reported", flat=True))
    found |= set(Office.objects.values_list("name", flat=True))
    return {" ".join(text.split()) for text in found if len(text) > 6 and text != "Stadt Dortmund"}


def test_german_texts_are_marked_as_german(client):
    texts, wrong, marked = german_texts(), [], 0
    for path in PAGES:
        page = Texts()
        page.feed(client.get(path).content.decode())
        for language, text in page.found:
            if any(one in text for one in texts):
                marked += language == "de"
                wrong += [(path, language, text)] if language != "de" else []
    assert wrong == []
    assert marked > 100
