"""English is complete: every text is translated, keeps its placeholders, and no page falls back to German."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from atlas.place_kinds import KINDS

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-z]|%[sd%]|\{\w*\}|</?\w+>")
TEXT_PAGES = ROOT / "templates" / "pages"
GERMAN_ONLY = {"easy.html"}  # Leichte Sprache is German by nature
IGNORED = [".venv", ".local", "staticfiles", "tests", "node_modules"]

# Words of the frame and of controls; names of areas, places and decisions stay German on purpose.
GERMAN_WORDS = (
    "Karte|Gebiete|Aktionsplan|Indikatoren|Daten|Suchen|Suche|Startseite|Stadtteil|Sozialräume?|Stadtbezirke?"
    "|Veränderung|Klassen?|Ebene|Zeit|Rang|Rangliste|Quellen?|Einwohner|Nachbarn|Einrichtungen|Herunterladen|und|oder|seit|nicht"
)
PAGES = [
    "/en/",
    "/en/karte/",
    "/en/karte/?indikator=transferleistungsquote&ebene=unterbezirk&zeit=2024&vergleich=2018",
    "/en/gebiete/",
    "/en/gebiete/sozialraum/023/",
    "/en/gebiete/stadt/05913000/",
    "/en/indikatoren/",
    "/en/indikatoren/transferleistungsquote/",
    "/en/rangliste/transferleistungsquote/",
    "/en/daten-und-quellen/",
    "/en/aktionsplan/",
    "/en/suche/?q=horde",
    "/en/ueber/",
    "/en/methoden/",
    "/en/barrierefreiheit/",
    "/en/datenschutz/",
    "/en/impressum/",
    "/en/gibt-es-nicht/",
]


def entries() -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_every_entry_is_translated_and_none_is_a_guess():
    assert len(entries()) > 500
    assert [e.msgid for e in entries() if e.fuzzy or not e.translated()] == []


def test_every_translation_keeps_its_placeholders():
    wrong = []
    for entry in entries():
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        wrong += [(german, english) for german, english in pairs if placeholders(german) != placeholders(english)]
    assert wrong == []


def test_white_space_around_texts_stays():
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [e.msgid for e in entries() if e.msgstr and edges(e.msgid) != edges(e.msgstr)] == []


def test_no_text_of_the_code_is_missing(tmp_path, monkeypatch):
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed; ./test installs it")
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.html"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    for name in listed or [str(p.relative_to(ROOT)) for s in ("*.py", "*.html") for p in ROOT.rglob(s)]:
        if name.split("/")[0] in IGNORED or not (ROOT / name).exists():
            continue
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    (tmp_path / "locale").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [str(tmp_path / "locale")])
    call_command("makemessages", locale=["en"], verbosity=0, no_location=True, no_wrap=True)
    wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(tmp_path / "locale/en/LC_MESSAGES/django.po"))}
    known = {(e.msgctxt, e.msgid) for e in entries()}
    assert len(wanted) > 500
    assert wanted - known == set(), "run makemessages (CONTRIBUTING.md) and translate"


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_frame_and_controls_are_english(dortmund, client, path):
    page = client.get(path).content.decode()
    assert '<html lang="en">' in page
    # The document of methods is in German and says so on the element around it, which its tables do not repeat.
    page = re.sub(r'<div class="methods" lang="de">.*</main>', "", page, flags=re.DOTALL)
    frame = "".join(
        re.findall(
            r"<(?:header|nav|footer|h1|h2|label|legend|button|thead|caption)\b.*?</(?:header|nav|footer|h1|h2|label|legend|button|thead|caption)>",
            page,
            re.DOTALL,
        )
    )
    frame = re.sub(r'<(\w+)[^>]*\blang="de"[^>]*>.*?</\1>', " ", frame, flags=re.DOTALL)
    words = re.findall(rf"\b(?:{GERMAN_WORDS})\b", html.unescape(re.sub(r"<[^>]+>", " ", frame)))
    assert words == []


@pytest.mark.django_db
def test_numbers_and_days_are_written_the_english_way(dortmund, client):
    page = html.unescape(client.get("/en/gebiete/sozialraum/023/").content.decode())
    assert "13,570" in page and "13.570" not in page
    assert "(34.6)" in page and "34,6" not in page
    page = html.unescape(client.get("/en/karte/?indikator=transferleistungsquote&zeit=2024").content.decode())
    assert "31 Dec 2024" in page
    assert re.search(r"Release: [^<]+, \d{1,2} \w+ 20\d\d\b", page)


@pytest.mark.django_db
def test_words_for_the_script_are_english(dortmund, client):
    page = client.get("/en/karte/").content.decode()
    assert "Arrow keys go from area to area" in page
    assert "Wählen Sie" not in page


def test_every_kind_of_place_is_translated():
    table = (ROOT / "fixtures" / "areas" / "einrichtungen.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {row.split(";")[0] for row in table} == set(KINDS)


def test_every_german_text_page_has_an_english_twin():
    german = {path.name for path in (TEXT_PAGES / "de").glob("*.html")}
    assert len(german) > 5
    assert german - {path.name for path in (TEXT_PAGES / "en").glob("*.html")} == GERMAN_ONLY
