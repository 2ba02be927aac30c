"""The document of methods (docs/methods.md) as a page: chapters with anchors that others link to.

The document is the only text: what readers see is rendered from it, so that repository and portal cannot disagree.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import slugify
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss"})
COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)  # for those who write, not for those who read
TITLE = re.compile(r"\A\s*# .+$", re.MULTILINE)
CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """One `## Heading` of the document with the text below it, as safe HTML (empty: nothing is written yet)."""

    anchor: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Document:
    """The opening paragraphs and the chapters that have text."""

    opening: SafeString
    chapters: tuple[Chapter, ...]


def document_text() -> str:
    """The document as it lies in the repository and in the image."""
    return Path(settings.BASE_DIR, "docs", "methods.md").read_text(encoding="utf-8")


def anchor_of(title: str) -> str:
    """The anchor of a heading: its words in small letters, umlauts written out.

    >>> anchor_of("Räumliche Muster"), anchor_of("Dynamik und Matrix")
    ('raeumliche-muster', 'dynamik-und-matrix')
    """
    return slugify(title.translate(WRITTEN_OUT))


def chapter_titles(text: str) -> dict[str, str]:
    """Titles of all chapters by anchor, those without text included.

    >>> chapter_titles("# A\\n\\n## Klassen\\n\\ntext")
    {'klassen': 'Klassen'}
    """
    return {anchor_of(title): title for title in CHAPTER.findall(COMMENT.sub("", text))}


def read_document(text: str) -> Document:
    """The document as HTML. Raw HTML in it is shown as text; `###` headings are anchored as `chapter-heading`.

    >>> found = read_document("# M\\n\\nVorab.\\n\\n## Klassen\\n\\nEine *Regel*.\\n\\n## Leer\\n")
    >>> found.opening.strip(), [(part.anchor, part.html.strip()) for part in found.chapters]
    ('<p>Vorab.</p>', [('klassen', '<p>Eine <em>Regel</em>.</p>')])
    """
    opening, *rest = CHAPTER.split(COMMENT.sub("", text))
    pairs = zip(rest[::2], rest[1::2], strict=True)
    written = [Chapter(anchor_of(title), title, _html(body, anchor_of(title), title)) for title, body in pairs]
    return Document(
        _html(TITLE.sub("", opening), "", "Methoden"), tuple(chapter for chapter in written if chapter.html)
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("code_block", _formula)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("thead_open", _thead_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _html(text: str, anchor: str, title: str) -> SafeString:
    parser = _parser()
    tokens = parser.parse(text)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", f"{anchor}-{anchor_of(following.content)}")
        if token.attrs.pop("style", None) == "text-align:right":  # the security policy forbids inline style
            token.attrSet("class", "num")
    html = parser.renderer.render(tokens, parser.options, {"title": title})
    return mark_safe(html)  # noqa: S308 - the parser escapes all text and knows no raw HTML


def _formula(_renderer, tokens, index, _options, _env) -> str:
    """An indented block is a formula: lines that may wrap on a phone, read aloud as text."""
    return format_html('<div class="formula">{}</div>\n', tokens[index].content.rstrip())


def _table_open(_renderer, _tokens, _index, _options, env) -> str:
    """Each table is a region of its own; numbered, because a chapter may have several."""
    env["tables"] = env.get("tables", 0) + 1
    label = f"{env['title']}: Tabelle {env['tables']}"
    region = '<div class="table-wrap" role="region" lang="de" aria-label="{}" tabindex="0"><table class="data-table">\n'
    return format_html(region, label)


def _thead_open(_renderer, _tokens, _index, _options, _env) -> str:
    """The document is German on every page; a head that stays in view says so by itself."""
    return '<thead lang="de">\n'


def _table_close(_renderer, _tokens, _index, _options, _env) -> str:
    return "</table></div>\n"
