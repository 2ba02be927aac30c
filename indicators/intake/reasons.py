"""What was recognised, said so that a planner can check it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .findings import column_letters
from .mapping import (
    AREA_BOTH,
    AREA_CODE,
    AREA_LEVEL,
    AREA_NAME,
    DENOMINATOR,
    INDICATOR,
    NUMBERS,
    NUMERATOR,
    PERIOD,
)
from .sheets import View, span
from .vocabulary import Vocabulary


def reasons_of(view: View, words: Vocabulary, name_sheet: bool) -> list[str]:
    """Sentences on one sheet."""
    said = [_header(view), _areas(view, words), *_numbers(view, words), *_subject(view, words)]
    said = [s for s in said if s]
    if name_sheet:
        said[0] = _("Blatt »%(sheet)s«: %(rest)s") % {"sheet": view.sheet.name, "rest": said[0]}
    return said


def _header(view: View) -> str:
    first, last, row = view.header.first + 1, view.header.last + 1, view.header.first_row + 1
    if last < first:
        return _("Über der Tabelle stehen keine Spaltennamen; die Daten beginnen in Zeile %(row)s.") % {"row": row}
    if first == last:
        return _("Zeile %(first)s enthält die Spaltennamen, die Daten beginnen in Zeile %(row)s.") % {
            "first": first,
            "row": row,
        }
    return _("Die Zeilen %(first)s bis %(last)s enthalten die Spaltennamen, die Daten beginnen in Zeile %(row)s.") % {
        "first": first,
        "last": last,
        "row": row,
    }


def _areas(view: View, words: Vocabulary) -> str:
    labels = {AREA_CODE: _("Schlüssel"), AREA_NAME: _("Name"), AREA_BOTH: _("Schlüssel und Name")}
    places = [
        f"{column_letters(column + 1)} ({labels[role]})"
        for role, column in sorted(view.places.columns.items(), key=lambda item: item[1])
        if role in labels
    ]
    if not places:
        return ""
    where = _(" und ").join(places)
    if AREA_LEVEL in view.places.columns:
        return _("Die Gebiete stehen in Spalte %(where)s, ihre Ebene in Spalte %(level)s.") % {
            "where": where,
            "level": column_letters(view.places.columns[AREA_LEVEL] + 1),
        }
    if view.places.rival:
        return _("Die Gebiete stehen in Spalte %(where)s; auf welcher Ebene sie liegen, ist nicht eindeutig.") % {
            "where": where
        }
    return _("Die Gebiete stehen in Spalte %(where)s; sie passen zur Ebene %(level)s (%(count)s Zeilen erkannt).") % {
        "where": where,
        "level": _level_name(words, view.places.level),
        "count": view.places.matched,
    }


def _level_name(words: Vocabulary, slug: str) -> str:
    return next((level.name for level in words.known.levels if level.slug == slug), slug)


def _numbers(view: View, words: Vocabulary) -> list[str]:
    described = view.columns
    said = []
    for role, text in (
        (INDICATOR, _("Spalte %(column)s nennt den Indikator.")),
        (PERIOD, _("Spalte %(column)s nennt das Jahr.")),
        (NUMERATOR, _("Zähler: Spalte %(column)s.")),
        (DENOMINATOR, _("Nenner: Spalte %(column)s.")),
    ):
        columns = [c.index for c in described.having(role)]
        if columns:
            said.append(text % {"column": span(columns)})
    dated = [c for c in described.having(*NUMBERS) if c.period]
    if len(described.periods) > 1:
        said.append(
            _("Die Jahre %(first)s–%(last)s stehen als Spalten %(columns)s.")
            % {
                "first": min(described.periods),
                "last": max(described.periods),
                "columns": span([c.index for c in dated]),
            }
        )
    if len(described.indicators) > 1:
        names = [words.by_slug[s].name for s in described.indicators]
        shown = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        said.append(
            ngettext(
                "%(count)s Indikator steht in einer eigenen Spalte: %(names)s.",
                "%(count)s Indikatoren stehen in eigenen Spalten: %(names)s.",
                len(names),
            )
            % {"count": len(names), "names": shown}
        )
    return said


def _subject(view: View, words: Vocabulary) -> list[str]:
    said = []
    if view.indicator:
        said.append(
            _("Der Indikator ist »%(name)s« (%(where)s).")
            % {"name": words.by_slug[view.indicator].name, "where": view.indicator_from}
        )
    if view.period:
        said.append(_("Das Jahr ist %(period)s (%(where)s).") % {"period": view.period, "where": view.period_from})
    return said
