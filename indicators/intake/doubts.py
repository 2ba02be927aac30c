"""What recognising a table leaves open, and signs whose meaning should be looked at."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.statuses import Status

from .findings import NOTE, WARNING, Finding
from .mapping import AREA_LEVEL, INDICATOR, NUMBERS, PERIOD, VALUE, Mapping
from .sheets import View, span
from .signs import DOUBTFUL
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Question:
    """Something that the planner has to decide; the weight lowers the confidence."""

    weight: float
    finding: Finding


def open_questions(mapping: Mapping, views: list[View], words: Vocabulary) -> list[Question]:
    """Everything that is needed for reading and was not found."""
    if not views:
        return [_question(0.9, "no_areas", _("Es wurden keine Gebiete erkannt."), _("eine Spalte mit Gebieten"))]
    questions = []
    for view in views:
        questions += _about_areas(view, words) + _about_numbers(view)
    if any(view.shown.against for view in views):
        view = next(v for v in views if v.shown.against)
        questions.append(
            _question(
                0.4,
                "decimal_mixed",
                _("Manche Zahlen haben ein Dezimalkomma (%(comma)s), andere einen Dezimalpunkt (%(point)s).")
                % {"comma": view.shown.example, "point": view.shown.against},
                _("eine Schreibweise in der ganzen Datei"),
                view,
            )
        )
    elif not mapping.numbers.decimal:
        doubtful = [v for v in views if v.shown.doubtful_count]
        if doubtful:
            questions.append(_doubtful(doubtful[0]))
    return questions


def _question(weight: float, code: str, found: str, expected: str, view: View | None = None) -> Question:
    return Question(weight, Finding(WARNING, code, found, expected, sheet=view.sheet.name if view else ""))


def _doubtful(view: View) -> Question:
    return _question(
        0.3,
        "decimal_unknown",
        _("Zahlen wie %(example)s können Tausender oder Nachkommastellen haben; die Datei zeigt nicht, was gilt.")
        % {"example": view.shown.doubtful[0]},
        _("Ihre Angabe, ob Komma oder Punkt die Nachkommastellen abtrennt"),
        view,
    )


def _about_areas(view: View, words: Vocabulary) -> list[Question]:
    questions = []
    names = {level.slug: level.name for level in words.known.levels}
    if view.places.rival:
        questions.append(
            _question(
                0.4,
                "level_unclear",
                _("Die Gebiete passen zu mehreren Ebenen: %(one)s und %(other)s.")
                % {"one": names[view.places.level], "other": names[view.places.rival]},
                _("Ihre Angabe, um welche Ebene es geht"),
                view,
            )
        )
    if not view.places.level and AREA_LEVEL not in view.places.columns:
        questions.append(_question(0.5, "level_missing", _("Die Ebene der Gebiete fehlt."), _("eine Ebene"), view))
    if view.header.last < view.header.first:
        questions.append(
            _question(
                0.3, "no_header", _("Die Spalten haben keine Namen."), _("eine Zeile mit Namen der Spalten"), view
            )
        )
    return questions


def _about_numbers(view: View) -> list[Question]:
    questions = []
    numbers = view.columns.having(*NUMBERS)
    if not view.indicator and not view.columns.having(INDICATOR):
        nameless = [c.index for c in numbers if not c.indicator]
        if nameless:
            questions.append(
                _question(
                    0.5,
                    "indicator_missing",
                    _("Zu den Spalten %(columns)s wurde kein Indikator erkannt.") % {"columns": span(nameless)},
                    _("je Zahlenspalte einen Indikator des Katalogs"),
                    view,
                )
            )
    if not view.period and not view.columns.having(PERIOD) and any(not c.period for c in numbers):
        questions.append(
            _question(
                0.4,
                "period_missing",
                _("Es wurde kein Jahr erkannt."),
                _("ein Jahr in Spalte, Titel oder Blattname"),
                view,
            )
        )
    plain = [c.index for c in view.columns.having(VALUE) if not c.indicator and not c.period]
    if len(plain) > 1:
        questions.append(
            _question(
                0.3,
                "several_values",
                _("Mehrere Spalten enthalten Zahlen ohne erkennbaren Namen: %(columns)s.") % {"columns": span(plain)},
                _("eine Spalte mit Werten, oder Namen für alle"),
                view,
            )
        )
    return questions


def doubts_of(view: View, mapping: Mapping) -> list[Finding]:
    """Signs that offices use differently, with the meaning that the mapping gives them."""
    notes = []
    for sign, count in sorted(view.shown.signs.items()):
        if sign in DOUBTFUL:
            status = mapping.numbers.signs.get(sign)
            notes.append(
                Finding(
                    NOTE,
                    "sign_meaning",
                    _("Leere Zellen: %(count)s.") % {"count": count}
                    if sign == ""
                    else _("Das Zeichen »%(sign)s« steht %(count)s-mal.") % {"sign": sign, "count": count},
                    _("gelesen als: %(meaning)s") % {"meaning": Status(status).label if status else "?"},
                    _("Ändern Sie die Deutung in der Zuordnung, wenn das Amt es anders meint."),
                    view.sheet.name,
                )
            )
    if view.places.from_numbers:
        notes.append(
            Finding(
                NOTE,
                "codes_are_numbers",
                _("%(count)s Schlüssel stehen als Zahl in der Datei; führende Nullen sind dabei verloren gegangen.")
                % {"count": view.places.from_numbers},
                _("Schlüssel als Text, zum Beispiel 011"),
                sheet=view.sheet.name,
                column=view.places.columns.get("area_code", -1) + 1 or None,
            )
        )
    return notes
