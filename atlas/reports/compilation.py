"""A document that somebody puts together: parts in an order, kept as plain data, made again for any release. Pure.

    {"title": "…", "kind": "Sachstandsbericht", "subtitle": "", "day": "2026-11-27",
     "sheet": {"size": "A4", "landscape": false},
     "parts": [{"section": "profiles", "title": "", "text": "", "options": {"areas": ["sozialraum/023"]}}]}

The data say what is wanted, never what came out: figures come from the release that a document is made for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from atlas.reports.document import Sheet

MOST_PARTS = 200
MOST_LETTERS = 100_000  # of one text
MOST_TITLE = 300
MOST_KEY = 40
SIZES = ("A4", "A3")


class WrongCompilation(ValueError):
    """Data that are no compilation; the message is a sentence that says where."""


@dataclass(frozen=True)
class Part:
    """One chapter: a kind of section (a key of `SECTIONS`), a heading ("" takes the section's own), an introduction in
    plain text, and what the section itself wants to know. `key` is its name within a kept compilation, which stays
    when it moves; texts that belong to one release hang on it."""

    section: str
    title: str = ""
    text: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Compilation:
    """A whole plan. `kind` stands above the title; `day` is that of the action plan, None: the day of the release."""

    title: str
    kind: str = ""
    subtitle: str = ""
    parts: tuple[Part, ...] = ()
    day: date | None = None
    sheet: Sheet = field(default_factory=Sheet)


def as_data(compilation: Compilation) -> dict[str, Any]:
    """Plain data that JSON can hold; `compilation_of` reads them."""
    return {
        "title": compilation.title,
        "kind": compilation.kind,
        "subtitle": compilation.subtitle,
        "day": compilation.day.isoformat() if compilation.day else None,
        "sheet": {"size": compilation.sheet.size, "landscape": compilation.sheet.landscape},
        "parts": [part_as_data(part) for part in compilation.parts],
    }


def part_as_data(part: Part) -> dict[str, Any]:
    """Plain data of one part; a key only where it has one."""
    data = {"section": part.section, "title": part.title, "text": part.text, "options": dict(part.options)}
    return data | ({"key": part.key} if part.key else {})


def compilation_of(data: Any) -> Compilation:
    """The compilation that plain data describe. Raises `WrongCompilation`."""
    _want(isinstance(data, dict), _("Die Zusammenstellung"), _("eine Sammlung von Angaben"))
    parts = data.get("parts", [])
    _want(isinstance(parts, list) and len(parts) <= MOST_PARTS, _("Die Teile"), _("eine Liste von höchstens 200"))
    title = _text(data, "title", _("Der Titel"), MOST_TITLE)
    _want(bool(title.strip()), _("Der Titel"), _("ein Text, der nicht leer ist"))
    keys = [part["key"] for part in parts if isinstance(part, dict) and part.get("key")]
    _want(len({str(key) for key in keys}) == len(keys), _("Die Teile"), _("eine Liste ohne doppelte Kennungen"))
    return Compilation(
        title=title,
        kind=_text(data, "kind", _("Die Art"), MOST_TITLE),
        subtitle=_text(data, "subtitle", _("Der Untertitel"), MOST_TITLE),
        day=_day(data.get("day")),
        sheet=sheet_of(data.get("sheet")),
        parts=tuple(_part(number, each) for number, each in enumerate(parts, 1)),
    )


def sheet_of(data: Any) -> Sheet:
    """The paper that plain data describe, A4 upright for none. Raises `WrongCompilation`."""
    data = data or {}
    _want(isinstance(data, dict) and data.get("size", "A4") in SIZES, _("Das Papier"), " / ".join(SIZES))
    return Sheet(data.get("size", "A4"), bool(data.get("landscape")))


def _part(number: int, data: Any) -> Part:
    where = _("Teil %(number)s") % {"number": number}
    _want(isinstance(data, dict), where, _("eine Sammlung von Angaben"))
    section, options = data.get("section"), data.get("options", {})
    _want(isinstance(section, str) and bool(section), where, _("die Art des Abschnitts"))
    _want(isinstance(options, dict), where, _("Angaben des Abschnitts"))
    return Part(
        section=section,
        title=_text(data, "title", f"{where}, {_('Überschrift')}", MOST_TITLE),
        text=_text(data, "text", f"{where}, {_('Text')}", MOST_LETTERS),
        options=options,
        key=_text(data, "key", f"{where}, {_('Kennung')}", MOST_KEY),
    )


def _text(data: Mapping, name: str, where: str, most: int) -> str:
    text = data.get(name) or ""
    _want(
        isinstance(text, str) and len(text) <= most,
        where,
        _("ein Text von höchstens %(most)s Zeichen") % {"most": most},
    )
    return text


def _day(text: Any) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        said = _("Der Stichtag: erwartet wird ein Tag in der Form JJJJ-MM-TT, gefunden „%(found)s“.")
        raise WrongCompilation(said % {"found": str(text)[:60]}) from error


def _want(holds: bool, where: str, expected: str) -> None:
    if not holds:
        raise WrongCompilation(_("%(where)s: erwartet wird %(expected)s.") % {"where": where, "expected": expected})
