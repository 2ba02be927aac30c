"""The document of methods: its form holds, and whatever links to a chapter finds it."""

import re
from pathlib import Path

import pytest

from atlas.methods import CHAPTER, COMMENT, anchor_of, chapter_titles, document_text, read_document

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = COMMENT.sub("", document_text())
LINK_TAG = re.compile(r"{%\s*method_link\s+(\S+)")


def linked_anchors() -> list[tuple[str, str]]:
    """Every `{% method_link "anchor" %}` of the templates as (template, anchor with its quotes)."""
    found = []
    for template in sorted((ROOT / "templates").rglob("*")):
        if template.is_file():
            name = str(template.relative_to(ROOT))
            found += [(name, anchor) for anchor in LINK_TAG.findall(template.read_text(encoding="utf-8"))]
    return found


def anchors_nobody_wrote(text: str, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Links to chapters that are missing or still empty; an anchor that is no literal cannot be checked and counts too."""
    written = {f'"{chapter.anchor}"' for chapter in read_document(text).chapters}
    return [(name, anchor) for name, anchor in links if anchor not in written]


def test_every_anchor_in_templates_is_a_chapter_with_text():
    assert anchors_nobody_wrote(TEXT, linked_anchors()) == []


def test_links_to_missing_empty_and_computed_anchors_are_noticed():
    text = "# M\n\n## Klassen\n\nText.\n\n## Leer\n"
    links = [("a", '"klassen"'), ("a", '"leer"'), ("a", '"fehlt"'), ("a", "anchor")]
    assert anchors_nobody_wrote(text, links) == [("a", '"leer"'), ("a", '"fehlt"'), ("a", "anchor")]


def test_anchors_are_unique():
    anchors = [anchor_of(title) for title in CHAPTER.findall(TEXT)]
    assert len(anchors) == len(set(anchors)) == len(chapter_titles(TEXT))


def test_links_inside_lead_to_chapters_and_others_are_complete_addresses():
    ids = {f"#{anchor}" for anchor in chapter_titles(TEXT)}
    for chapter in read_document(TEXT).chapters:
        ids |= {f"#{found}" for found in re.findall(r' id="([^"]+)"', chapter.html)}
    targets = re.findall(r"\]\(([^)\s]+)\)", TEXT)
    assert [target for target in targets if target not in ids and not target.startswith("https://")] == []


def test_headings_below_a_chapter_carry_its_name():
    html = read_document("# M\n\n## Räumliche Muster\n\n### Beispiel\n\nText.").chapters[0].html
    assert '<h3 id="raeumliche-muster-beispiel">Beispiel</h3>' in html


def test_indented_block_is_a_formula_with_its_signs():
    html = read_document("# M\n\n## F\n\n    p ± z · √(p · q / n) < 1\n    n > 0\n").chapters[0].html
    assert '<div class="formula">p ± z · √(p · q / n) &lt; 1\nn &gt; 0</div>' in html


@pytest.mark.parametrize("html", ["<script>alert(1)</script>", "<p onclick='x'>a</p>", "a <b>fett</b> b"])
def test_raw_html_is_shown_and_never_run(html):
    shown = read_document(f"# M\n\n## F\n\n{html}\n").chapters[0].html
    assert html.partition(">")[0] not in shown and "&lt;" in shown


def test_comments_for_writers_are_left_out():
    assert "For those who write" in document_text()
    assert "For those who write" not in read_document(document_text()).opening


def test_tables_scroll_by_themselves_and_are_named():
    html = read_document("# M\n\n## Zeichen\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n").chapters[0].html
    assert (
        'role="region" lang="de" aria-label="Zeichen: Tabelle 1" tabindex="0"' in html
        and '<table class="data-table">' in html
    )
    assert '<th class="num">b</th>' in html and "style=" not in html
