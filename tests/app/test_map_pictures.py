"""The picture of a map alone, on the page and from the command line; other options of the command and of forms."""

import io
import re
import zipfile
from argparse import ArgumentParser

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import timezone
from lxml import etree
from PIL import Image

from atlas.models import Report
from atlas.report_arguments import add_options, asked_options
from atlas.report_forms import area_choices
from atlas.reports import kinds
from atlas.reports.bundle import map_alone
from atlas.reports.content import checksum, cleaned
from atlas.reports.formats import written
from atlas.reports.templates import TEMPLATES
from indicators.models import Indicator, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


MAP = "indikator=transferleistungsquote&ebene=stadtbezirk&zeit=2024"
CHANGE = f"{MAP}&vergleich=2018"
TOLD = re.compile(r">Diese Karte: (\S+) · Prüfsumme des Inhalts: ([0-9a-f]{16})<")


def drawn(client, ending="svg", query=MAP):
    answer = client.get(f"/karte/karte.{ending}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.content


def words(svg):
    """Every text that is drawn, in order, whatever its line breaks."""
    return " ".join(" ".join(etree.fromstring(svg).xpath("//*[local-name()='text']/text()")).split())


def test_the_picture_of_a_map_is_asked_for_on_its_page(client):
    page = client.get(f"/karte/?{MAP}").text
    form = re.search(r"<form[^>]*data-picture>.*?</form>", page, re.DOTALL)[0]
    sent = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    action = re.search(r'formaction="(/karte/karte\.png)"', form)[1]
    answer = client.get(action, [*sent, ("breite", "700"), ("muster", "1")])
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size[0] == 700
    assert answer["Content-Disposition"] == 'attachment; filename="transferleistungsquote-stadtbezirk-2024.png"'
    assert dict(sent)["zeit"] == "2024" and 'formaction="/karte/karte.svg"' in form
    assert 'value="1600" min="600" max="3000"' in form


@pytest.mark.parametrize("query", [MAP, CHANGE])
def test_a_picture_has_a_short_address_that_leads_back_and_a_checksum(client, query):
    address, told = TOLD.search(drawn(client, query=query).decode()).groups()
    path = address.removeprefix(settings.PORTAL_URL)
    assert re.fullmatch(r"/b/[a-z2-7]{12}/", path)
    page = client.get(path, {"pruefsumme": told})
    assert "Die Prüfsumme stimmt" in page.text and "Erste Veröffentlichung" in page.text
    shown = re.search(r'href="(/karte/\?[^"]*stand=2026-1)"', page.text)[1].replace("&amp;", "&")
    assert set(query.split("&")) < set(shown.partition("?")[2].split("&"))
    assert client.get(shown).status_code == 200
    for ending in ("png", "svg"):
        again = re.search(rf'href="(/karte/karte\.{ending}\?[^"]*)"', page.text)[1].replace("&amp;", "&")
        assert client.get(again).content == drawn(client, ending, query)
    document = kinds.make("map", Report.objects.first().parameters, release="")
    assert checksum(cleaned(document)) == told and document.origin.permalink == address.removeprefix("https://")


def test_the_picture_with_patterns_is_that_of_the_archive(client):
    svg = drawn(client, query=f"{MAP}&muster=1")
    plain = drawn(client)
    address, told = TOLD.search(plain.decode()).groups()
    assert address in words(svg) and f"Prüfsumme des Inhalts: {told}" in words(svg)
    assert b"url(#m-t1)" in svg and b"#m-t1" not in plain
    document = cleaned(kinds.make("map", Report.objects.first().parameters, release=""))
    assert svg == map_alone(document, "svg")
    with zipfile.ZipFile(io.BytesIO(written(document, "zip"))) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".svg"))
        assert words(archive.read(name)) == words(svg)


def test_the_same_request_gives_the_same_bytes_and_a_size_changes_nothing_else(client):
    for more in ("", "&muster=1"):
        first = drawn(client, "png", f"{MAP}&breite=600{more}")
        caches["pages"].clear()
        assert drawn(client, "png", f"{MAP}&breite=600{more}&stand=2026-1") == first
        small, large = (drawn(client, query=f"{MAP}&breite={width}{more}") for width in (600, 1200))
        assert words(small) == words(large) and small != large
    sizes = etree.fromstring(drawn(client, query=f"{MAP}&breite=800"))
    assert sizes.get("width") == "800"
    assert Report.objects.values("code").distinct().count() == 1


def test_files_say_what_they_are(client):
    picture = Image.open(io.BytesIO(drawn(client, "png", f"{MAP}&breite=600")))
    assert picture.text["Title"] == "Transferleistungsquote: Stadtbezirke, 31.12.2024, % der Bevölkerung"
    assert picture.text["Source"].startswith("Quelle: Statistikatlas") and picture.text["Copyright"]
    assert picture.text["Creation Time"] == f"{timezone.localdate(Release.objects.get().published_at):%Y-%m-%d}"
    for more in ("", "&muster=1"):
        root = etree.fromstring(drawn(client, query=MAP + more))
        told = {each.tag.partition("}")[2]: each.text for each in root.iter("{http://purl.org/dc/elements/1.1/}*")}
        assert told["title"] == picture.text["Title"] and told["source"] == picture.text["Source"]
        assert told["rights"] == picture.text["Copyright"] and told["identifier"] == picture.text["URL"]
        assert told["language"] == "de"
    english = TOLD.sub("", client.get(f"/en/karte/karte.svg?{MAP}").text)
    assert "This map: /en/b/" in english.replace(settings.PORTAL_URL, "") and "<dc:language>en" in english


@pytest.mark.parametrize(("more", "longest"), [("", 66), ("&vergleich=2018", 66), ("&muster=1", 100)])
def test_a_long_title_is_broken_into_lines_and_stays_whole(client, more, longest):
    title = "Anteil der Haushalte mit Kindern unter achtzehn Jahren mit Leistungen an allen Haushalten dieser Art in der Stadt"
    Indicator.objects.filter(slug="transferleistungsquote").update(name=title)
    svg = drawn(client, query=MAP + more)
    assert title in words(svg)
    lines = etree.fromstring(svg).xpath("//*[local-name()='text'][@font-weight='600']/text()")
    assert sum(line.partition(":")[0] in title for line in lines) >= 2 and max(map(len, lines)) <= longest


def test_a_changed_catalogue_makes_another_checksum_and_the_earlier_is_known(client):
    address, earlier = TOLD.search(drawn(client).decode()).groups()
    Indicator.objects.filter(slug="transferleistungsquote").update(definition="Etwas anderes.")
    caches["pages"].clear()
    same, later = TOLD.search(drawn(client).decode()).groups()
    assert same == address and later != earlier
    path = address.removeprefix(settings.PORTAL_URL)
    assert "Die Prüfsumme stimmt" in client.get(path, {"pruefsumme": later}).text
    assert "früheren Fassung" in client.get(path, {"pruefsumme": earlier}).text


def test_a_release_seen_in_advance_has_pictures_without_address():
    from atlas.views import map_downloads

    def seen(request):
        request.preview = object()
        return map_downloads.map_svg_view(request)

    request = RequestFactory().get(f"/karte/karte.svg?{MAP}")
    answer = seen(request)
    assert answer.status_code == 200 and b"Pr\xc3\xbcfsumme" not in answer.content and b"stand=2026-1" in answer.content
    assert not Report.objects.exists()
    refused = seen(RequestFactory().get(f"/karte/karte.svg?{MAP}&muster=1"))
    assert refused.status_code == 404 and "In der Vorschau" in refused.content.decode()


def test_the_picture_of_a_withdrawn_release_is_gone(client):
    Release.objects.filter(slug="2026-1").update(
        withdrawn_at=timezone.now(), status="withdrawn", withdrawal_reason="Ein Fehler."
    )
    for path in ("karte.png", "karte.svg", "kennwerte.csv"):
        assert client.get(f"/karte/{path}?stand=2026-1").status_code in (410, 503)


def test_a_choice_may_be_given_by_its_label():
    parser = ArgumentParser()
    add_options(parser, TEMPLATES["sachstand"])
    for word in ("dringlich", "urgent"):
        assert asked_options(vars(parser.parse_args(["--urgency", word])))["urgency"] == "urgent"
    assert "normal|urgent" in parser.format_help()


def test_action_areas_come_first_and_say_so():
    labels = dict(area_choices())["Sozialräume"]
    marked = ["Aktionsraum" in label for _value, label in labels]
    assert marked == sorted(marked, reverse=True) and any(marked)
