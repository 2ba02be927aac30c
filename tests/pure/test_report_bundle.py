"""Everything in one archive, and every picture on its own."""

import dataclasses
import hashlib
import io
import zipfile

import pytest
from lxml import etree
from PIL import Image

from atlas.reports.composed import alone, beside_key
from atlas.reports.content import checksum
from atlas.reports.document import Key, Picture
from atlas.reports.formats import FORMATS, written
from atlas.reports.images import WIDEST, png_bytes, svg_bytes
from tests.pure.report_reading import elsewhere
from tests.pure.report_samples import HOSTILE, document, everything, hostile, picture


@pytest.fixture(scope="module")
def whole():
    return written(everything(), "zip")


@pytest.fixture(scope="module")
def files(whole):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_it_holds_all_formats_and_pictures(files):
    formats = [f"probe.{ending}" for ending in FORMATS if ending != "zip"]
    drawn = [f"bilder/{name}.{ending}" for name in ("karte", "linie-1", "linie-2") for ending in ("svg", "png")]
    assert list(files) == [*formats, *drawn, "README.txt"]
    assert formats == ["probe.pdf", "probe.docx", "probe.xlsx", "probe.ods"]


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != "zip"])
def test_the_formats_are_those_that_are_written_alone(files, ending):
    assert files[f"probe.{ending}"] == written(everything(), ending)


def test_the_readme_says_where_it_is_from_and_checks_the_files(files):
    said = files["README.txt"].decode()
    for part in (
        "Borsigplatz – Profil",
        "Veröffentlichung „Probe“ vom 2. März 2026",
        "sozialportal.example.de/gebiete/x/1/",
        checksum(everything()),
        "Lizenz: Datenlizenz Deutschland",
    ):
        assert part in said
    for name, content in files.items():
        assert name == "README.txt" or f"{hashlib.sha256(content).hexdigest()}  {name}" in said


def test_the_same_archive_everywhere(whole):
    assert written(everything(), "zip") == whole == elsewhere("zip")


def test_names_of_pictures_are_safe_and_differ():
    names = ("karte", "Karte", "../../etc/passwd", "Größe: 1/2", "北京", "")
    content = written(document(*(picture(name=name) for name in names), name="../böse"), "zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = archive.namelist()
    assert [name for name in found if name.endswith(".png")] == [
        f"bilder/{name}.png" for name in ("karte", "karte-2", "etc-passwd", "groesse-1-2", "bild", "bild-2")
    ]
    assert "boese.pdf" in found


@pytest.mark.parametrize("name", ["formula", "markup", "long", "controls", "breaks"])
def test_no_text_breaks_an_archive(name):
    with zipfile.ZipFile(io.BytesIO(written(hostile(HOSTILE[name]), "zip"))) as archive:
        assert archive.testzip() is None
        assert archive.read("README.txt").decode().count("\r\n") < 30


@pytest.mark.parametrize(("width", "pixels"), [(0, 709), (400, 400), (10**9, WIDEST)])
def test_a_picture_has_the_width_that_is_asked_for(width, pixels):
    image = Image.open(io.BytesIO(png_bytes(picture(), width)))
    assert image.width == pixels
    assert abs(image.height - pixels / 2) <= 1


def test_letters_are_drawn_in_our_fonts():
    without = dataclasses.replace(picture(), svg=picture().svg.replace(">Karte<", "><"))
    assert png_bytes(picture(), 300) != png_bytes(without, 300)


def test_a_drawing_alone_has_its_size_on_paper_and_fonts_that_others_have():
    root = etree.fromstring(svg_bytes(picture()))
    assert (root.get("width"), root.get("height")) == ("60mm", "30mm")
    assert root.get("font-family").endswith("Arial, sans-serif")


def test_what_is_no_drawing_is_refused():
    with pytest.raises(ValueError, match="not a drawing"):
        svg_bytes(Picture("<p>", "", "x", 1, 1))
    with pytest.raises(ValueError, match=r".+"):
        png_bytes(Picture("<p>", "", "x", 1, 1))


def test_a_picture_alone_has_title_legend_remarks_release_and_checksum():
    field = dataclasses.replace(picture(text="Farbe und Muster"), name="feld", width=7, height=3.5)
    keys = (Key(field, "unter 9,1", 13), Key(field, "9,1 und mehr", 26))
    drawn = dataclasses.replace(
        picture(), title="Quote: Sozialräume, 2024", keys=keys, remarks=("Quelle: Atlas, Stadt & Land.",)
    )
    whole = document(drawn, picture("Linie", "linie", "Arbeitslose"))
    with zipfile.ZipFile(io.BytesIO(written(whole, "zip"))) as archive:
        roots = {name: etree.fromstring(archive.read(f"bilder/{name}.svg")) for name in ("karte", "linie")}
        size = Image.open(io.BytesIO(archive.read("bilder/karte.png"))).size
    told = {name: [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")] for name, root in roots.items()}
    said = " ".join(told["karte"])
    for part in ("Quote: Sozialräume, 2024", "unter 9,1 (13)", "9,1 und mehr (26)", "Quelle: Atlas, Stadt & Land."):
        assert part in said
    for lines in told.values():
        assert "vom 2. März 2026" in " ".join(lines)
        assert checksum(whole) in " ".join(lines)
    assert told["linie"][0] == "Borsigplatz · Arbeitslose"
    left, top, width, height = map(float, roots["karte"].get("viewBox").split())
    assert left < 0 > top
    assert abs(size[0] / size[1] - width / height) < 0.02
    assert height > 30 + 2 * 3.5


def test_names_in_drawings_that_are_put_together_stay_apart():
    dots = '<defs><pattern id="t1" width="1" height="1"/></defs><path fill="url(#t1)"/>'
    one = dataclasses.replace(picture(), svg=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1">{dots}</svg>')
    drawn = dataclasses.replace(one, keys=(Key(one, "a", 1), Key(one, "b", 2)))
    for made in (alone(drawn, "Titel", ()), beside_key(drawn, 90, title="Titel")):
        root = etree.fromstring(made.svg)
        names = [element.get("id") for element in root.iter() if element.get("id")]
        used = [element.get("fill")[5:-1] for element in root.iter("{http://www.w3.org/2000/svg}path")]
        assert len(names) == len(set(names)) == 3
        assert used == names
        assert made.bare == drawn
