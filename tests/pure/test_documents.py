"""The documents keep what they promise: links lead somewhere, named files exist, pictures are small."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
OWN_FOLDERS = (
    "areas|indicators|actionplan|atlas|dortmund_sozial|docs|scripts|static|templates|tests|fixtures|locale|deploy"
)
LARGEST_PICTURE = 200_000  # bytes
MADE_UP = ("<", "*", "…")  # a path with one of these stands for many


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_link_leads_to_a_file(document):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_every_file_that_is_named_exists(document):
    text = re.sub(r"^#.*$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = re.findall(rf"`((?:{OWN_FOLDERS})/[^\s`:;]*)[^`]*`", text)
    paths = [path for path in named if not any(sign in path for sign in MADE_UP)]
    places = [ROOT, ROOT / "templates", document.parent]
    assert [path for path in paths if not any((place / path).exists() for place in places)] == []


def test_documents_are_found_and_the_front_page_links_to_each_guide():
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    guides = {path.name for path in (ROOT / "docs").glob("*.md")}
    assert len(guides) > 8
    assert {name for name in guides if f"docs/{name}" not in front} == set()


def test_pictures_are_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 5
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_documents_name_no_private_place(document):
    found = re.findall(r"(?<![\w/.])/(?:work|root|home)/\S*", document.read_text(encoding="utf-8"))
    assert found == []
