"""Changes between two documents in words and as blocks: what stands on the page, in its files and in a last chapter."""

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.reports.changes import Change, Kind
from atlas.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Number,
    Origin,
    Paragraph,
    Row,
    RowGroup,
    Sheet,
    Table,
    Words,
    runs,
)
from atlas.reports.facts import FIGURE, HEAD, TEXT, Fact

APART = " › "
WORDY = 24  # letters that no number has
MOST_NAME = 40  # letters of a title in a file's name
MOST_LETTERS = 400  # of a text in a table of a document
LABELS: dict[Kind, str | Promise] = {
    Kind.VALUE: gettext_lazy("andere Zahl"),
    Kind.KNOWN: gettext_lazy("neu bekannt"),
    Kind.UNKNOWN: gettext_lazy("nicht mehr bekannt"),
    Kind.NOTE: gettext_lazy("gleiche Zahl, andere Angabe dazu"),
    Kind.WORDS: gettext_lazy("andere Angabe"),
    Kind.TEXT: gettext_lazy("anderer Text"),
    Kind.ROW_NEW: gettext_lazy("Zeile dazugekommen"),
    Kind.ROW_GONE: gettext_lazy("Zeile weggefallen"),
    Kind.COLUMN_NEW: gettext_lazy("Spalte dazugekommen"),
    Kind.COLUMN_GONE: gettext_lazy("Spalte weggefallen"),
    Kind.TABLE_NEW: gettext_lazy("Tabelle dazugekommen"),
    Kind.TABLE_GONE: gettext_lazy("Tabelle weggefallen"),
    Kind.CHAPTER_NEW: gettext_lazy("Kapitel dazugekommen"),
    Kind.CHAPTER_GONE: gettext_lazy("Kapitel weggefallen"),
    Kind.RENAMED: gettext_lazy("heißt jetzt anders"),
}
_HEAD_WORDS = {"title": gettext_lazy("Titel"), "kind": gettext_lazy("Art"), "subtitle": gettext_lazy("Untertitel")}
_CHAPTERS = {Kind.CHAPTER_NEW, Kind.CHAPTER_GONE}
_GONE = {Kind.ROW_GONE, Kind.COLUMN_GONE, Kind.TABLE_GONE, Kind.CHAPTER_GONE}
_WHOLE = _GONE | {Kind.ROW_NEW, Kind.COLUMN_NEW, Kind.TABLE_NEW, Kind.CHAPTER_NEW}


@dataclass(frozen=True)
class Line:
    """One change as people read it. `old` and `new` are "" where nothing stood; the cells carry the numbers."""

    kind: Kind
    chapter: str
    table: str
    what: str
    old: str
    new: str
    difference: str
    numbers: tuple[Number | None, Number | None, Number | None] = (None, None, None)

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(LABELS[self.kind])

    @property
    def is_long(self) -> bool:
        """Whether it is about words rather than numbers."""
        return max(len(self.old), len(self.new)) > WORDY


def lines(changes: Iterable[Change]) -> list[Line]:
    """Changes in words: a row, table or chapter that came or went is one line, a new name is one line."""
    found: dict[object, Line] = {}
    whole: dict[object, list[Change]] = {}
    changes = tuple(changes)
    inner = _inner_chapters(changes)
    for change in changes:
        if (change.kind, change.place.chapter) in inner:
            continue
        for key, line in _renamed(change):
            found.setdefault(key, line)
        if change.kind in _WHOLE:
            key = _key(change)
            whole.setdefault(key, []).append(change)
            found.setdefault(key, None)
        elif change.kind != Kind.RENAMED:
            found[change] = _line(change)
    return [line or _came_or_went(whole[key]) for key, line in found.items()]


def _inner_chapters(changes: Sequence[Change]) -> set[tuple]:
    """Chapters that came or went inside another one that did the same."""
    moved = {(change.kind, change.place.chapter) for change in changes if change.kind in _CHAPTERS}
    return {
        (kind, chapter) for kind, chapter in moved if any((kind, chapter[:n]) in moved for n in range(len(chapter)))
    }


def counts(found: Sequence[Line]) -> dict[Kind, int]:
    """How many lines there are of each kind, in the order in which kinds are told."""
    count = Counter(line.kind for line in found)
    return {kind: count[kind] for kind in LABELS if count[kind]}


def summary(found: Sequence[Line]) -> str:
    """The counts as one sentence."""
    if not found:
        return _("Es hat sich nichts geändert.")
    return "; ".join(f"{LABELS[kind]}: {count}" for kind, count in counts(found).items()) + "."


def change_blocks(found: Sequence[Line], since: str) -> tuple[Block, ...]:
    """The changes as a chapter; `since` says what is compared with."""
    said = _("Verglichen mit %(since)s. %(summary)s") % {"since": since, "summary": summary(found)}
    groups: dict[str, list[Row]] = {}
    for line in found:
        what = APART.join(part for part in (line.table, line.what) if part) or line.label
        groups.setdefault(line.chapter, []).append(Row((Cell(what, note=line.label), *_sides(line))))
    if not groups:
        return (Paragraph(runs(said)),)
    table = Table(
        name=_("Änderungen"),
        caption=_("Was sich geändert hat"),
        columns=(Column(_("Was"), width=4), *_side_columns()),
        groups=tuple(RowGroup(chapter, tuple(rows)) for chapter, rows in groups.items()),
        dense=True,
    )
    return (Paragraph(runs(said)), table)


def change_sheet(found: Sequence[Line]) -> Table:
    """The changes as one flat table, for spreadsheets that filter."""
    rows = [
        Row((Cell(line.label), Cell(line.chapter), Cell(line.table), Cell(line.what), *_sides(line))) for line in found
    ]
    heads = (_("Art der Änderung"), _("Kapitel"), _("Tabelle"), _("Was"))
    return Table(
        name=_("Änderungen"),
        caption=_("Was sich geändert hat"),
        columns=(*(Column(head, width=2) for head in heads), *_side_columns()),
        groups=(RowGroup("", tuple(rows)),),
        dense=True,
    )


def change_document(found: Sequence[Line], title: str, since: str, origin: Origin, words: Words) -> Document:
    """The changes alone, as a document of their own."""
    return Document(
        title=title,
        kind=_("Was sich geändert hat"),
        subtitle=_("Verglichen mit %s") % since,
        language=get_language(),
        name=f"{_('aenderungen')}-{slugify(title)[:MOST_NAME].strip('-') or 'bericht'}",
        origin=origin,
        words=words,
        blocks=(Paragraph(runs(summary(found)), "lead"), *((change_sheet(found),) if found else ())),
        sheet=Sheet(landscape=True),
    )


def _side_columns() -> tuple[Column, ...]:
    heads = (_("vorher"), _("jetzt"))
    return (*(Column(head, "text", 2) for head in heads), Column(_("Unterschied"), "number", 1.4))


def _sides(line: Line) -> tuple[Cell, ...]:
    texts = (line.old, line.new, line.difference)
    return tuple(Cell(_cut(text), number) for text, number in zip(texts, line.numbers, strict=True))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _line(change: Change) -> Line:
    place = change.place
    old, new = _texts(change)
    difference = change.difference if change.kind == Kind.VALUE else None
    decimals = max((fact.number.decimals for fact in (change.old, change.new) if fact and fact.number), default=0)
    return Line(
        kind=change.kind,
        chapter=APART.join(place.chapter),
        table=place.table,
        what=_what(change),
        old=old,
        new=new,
        difference=numbers.format_signed(difference, decimals, get_language()),
        numbers=(
            change.old and change.old.number,
            change.new and change.new.number,
            None if difference is None else Number(difference, decimals, signed=True),
        ),
    )


def _what(change: Change) -> str:
    place = change.place
    if place.kind == TEXT:
        return _("Text")
    if place.kind == HEAD:
        return str(_HEAD_WORDS[place.row])
    row = place.row if place.nth == 1 else f"{place.row} ({place.nth})"
    return ", ".join(part for part in (place.group, row, place.column) if part)


def _texts(change: Change) -> tuple[str, str]:
    if change.place.kind == TEXT:
        return _paragraphs(change.old.text if change.old else "", change.new.text if change.new else "")
    return tuple(_told(fact, with_note=change.kind == Kind.NOTE) for fact in (change.old, change.new))


def _told(fact: Fact | None, *, with_note: bool) -> str:
    if fact is None:
        return ""
    return " · ".join(part for part in (fact.text, fact.note if with_note or not fact.text else "") if part)


def _paragraphs(old: str, new: str) -> tuple[str, str]:
    """The paragraphs that went and those that came."""
    gone, came = [], []
    before, after = old.split("\n"), new.split("\n")
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            came += after[c:d]
    return "\n".join(gone).strip(), "\n".join(came).strip()


def _key(change: Change) -> tuple:
    """What came or went as one: changes with the same key are one line."""
    place, kind = change.place, change.kind
    if kind in _CHAPTERS:
        return (kind, place.chapter)
    where = (kind, place.chapter, place.table)
    if kind in {Kind.ROW_NEW, Kind.ROW_GONE}:
        return (*where, place.group, place.row, place.nth)
    return (*where, place.column) if kind in {Kind.COLUMN_NEW, Kind.COLUMN_GONE} else where


def _came_or_went(changes: Sequence[Change]) -> Line:
    first, kind = changes[0].place, changes[0].kind
    is_gone, chapter, table, said = kind in _GONE, first.chapter, first.table, ""
    if kind in _CHAPTERS:
        chapter, table, what = chapter[:-1], "", chapter[-1]
    elif kind in {Kind.TABLE_NEW, Kind.TABLE_GONE}:
        table, what = "", table
    elif kind in {Kind.COLUMN_NEW, Kind.COLUMN_GONE}:
        what = first.column
    else:
        cells = ((change.place, change.old if is_gone else change.new) for change in changes)
        said = "; ".join(f"{place.column}: {fact.text}" for place, fact in cells if not place.is_head and fact.text)
        what = ", ".join(part for part in (first.group, first.row) if part)
    return Line(kind, APART.join(chapter), table, what, said if is_gone else "", "" if is_gone else said, "")


def _renamed(change: Change) -> Iterable[tuple[tuple, Line]]:
    """New names of chapters, tables, columns, groups and rows that a change shows."""
    before, after = change.before, change.after
    if before is None or after is None or before == after:
        return
    for old, new in zip(before.chapter, after.chapter, strict=True):
        if old != new:
            yield _new_name(APART.join(after.chapter), "", old, new)
    if after.kind == FIGURE:
        chapter = APART.join(after.chapter)
        if before.table != after.table:
            yield _new_name(chapter, "", before.table, after.table)
        for old, new in ((before.column, after.column), (before.group, after.group), (before.row, after.row)):
            if old != new:
                yield _new_name(chapter, after.table, old, new)


def _new_name(chapter: str, table: str, old: str, new: str) -> tuple[tuple, Line]:
    line = Line(Kind.RENAMED, chapter, table, "", old, new, "")
    return (Kind.RENAMED, chapter, table, old, new), line
