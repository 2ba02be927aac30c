"""The grammar of written numbers: sign, groups of thousands, decimals, brackets, unit, footnote marks."""

import re
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

SPACES = re.compile(r"[\s\u00a0\u2007\u2008\u2009\u200a\u202f\u205f\u200b\ufeff]+")

_FOOTNOTE = re.compile(
    r"(?P<before>.*\S)(?P<mark>\s+\d{1,2}\)|\s+\(\d{1,2}\)|\s+[a-z]\))|"
    # Behind a letter a raised digit belongs to the unit, such as m².
    r"(?P<tight>.*[\d%‰€).…–x-])(?P<sign>\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\)?|\s*\*{1,3}|\s*[†‡])"
)
_BODY = re.compile(r"(?P<sign>[-+−–]?)\s?(?P<body>\d(?:[\d.,'’ ]*\d)?)\s?(?P<rest>.*)", re.ASCII)
_UNIT = re.compile(r"[%‰€$°A-Za-zÄÖÜäöüßµ][^\d<>=]*|(?:je|pro|per)\s\d[\d. ]*[^\d<>=]*")
_MAGNITUDE = re.compile(r"(?:mio|mrd|tsd|million|milliard|tausend|teur|t€|k€|k\b|hundert|dutzend)", re.IGNORECASE)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?P<mark>[ '’.,])\d{3}(?:(?P=mark)\d{3})*", re.ASCII)


class Unreadable(Exception):
    """A text that is no number that can be read without guessing; the message is for the planner."""


class Parts(NamedTuple):
    """A written number taken apart."""

    body: str
    negative: bool = False
    unit: str = ""
    footnote: str = ""
    brackets: bool = False


def bare(text: str) -> Parts:
    """The number without what stands around it. `text` has single plain spaces only.

    >>> bare("(12,5 %) 1)")
    Parts(body='12,5', negative=False, unit='%', footnote='1)', brackets=True)
    """
    inner, marks = without_footnotes(text)
    brackets = False
    unit_behind = ""
    wrapped = re.fullmatch(r"\(\s?([^()]*?)\s?\)\s?([%‰€]?)", inner)
    if wrapped:
        brackets, inner, unit_behind = True, wrapped[1], wrapped[2]
        inner, more = without_footnotes(inner)
        marks = more + marks
    found = _BODY.fullmatch(inner)
    if not found:
        raise Unreadable(_not_a_number(text, inner))
    unit = (found["rest"] or unit_behind).strip()
    if unit:
        _check_unit(unit, text)
    return Parts(found["body"], found["sign"] in ("-", "−", "–"), unit, " ".join(marks), brackets)


def without_footnotes(text: str) -> tuple[str, list[str]]:
    """A text without the footnote marks behind it, and the marks.

    >>> without_footnotes("12,5 % 1)"), without_footnotes("12 m²")
    (('12,5 %', ['1)']), ('12 m²', []))
    """
    marks: list[str] = []
    while found := _FOOTNOTE.fullmatch(text):
        marks.insert(0, (found["mark"] or found["sign"]).strip())
        text = found["before"] or found["tight"]
    return text, marks


def _not_a_number(text: str, inner: str) -> str:
    if re.match(r"[<>≤≥~≈]|(?:ca|rd|etwa|rund|unter|über|mehr|weniger|bis)\b", inner, re.IGNORECASE):
        return _("»%(text)s« ist eine ungefähre Angabe, keine Zahl.") % {"text": text[:40]}
    return _("»%(text)s« ist weder eine Zahl noch ein bekanntes Tabellenzeichen.") % {"text": text[:40]}


def _check_unit(unit: str, text: str) -> None:
    if _MAGNITUDE.match(unit):
        raise Unreadable(
            _("»%(text)s« nennt eine Größenordnung (%(unit)s); schreiben Sie die Zahl aus.")
            % {"text": text[:40], "unit": unit[:20]}
        )
    if len(unit) > 60 or not _UNIT.fullmatch(unit):
        raise Unreadable(_("»%(text)s« enthält mehr als eine Zahl und ihre Einheit.") % {"text": text[:40]})


def decimal_of(body: str, decimal: str) -> Decimal:
    """The number that digits and separators mean under a convention (`,`, `.` or `""` for not known).

    >>> decimal_of("1.234,5", ","), decimal_of("1’234.5", ""), decimal_of("12,5", "")
    (Decimal('1234.5'), Decimal('1234.5'), Decimal('12.5'))
    >>> decimal_of("1.234", "")
    Traceback (most recent call last):
    indicators.intake.numerals.Unreadable: »1.234« kann 1234 oder 1,234 heißen; die Spalte zeigt nicht, welches gilt.
    """
    mark = _decimal_mark(body, decimal)
    whole, _mark, fraction = body.partition(mark) if mark else (body, "", "")
    if not whole.isdigit():
        groups = _GROUPS.fullmatch(whole)
        if not groups or groups["mark"] in (mark, decimal):
            raise Unreadable(_("In »%(body)s« stehen die Trennzeichen nicht wie in einer Zahl.") % {"body": body})
        whole = re.sub(r"\D", "", whole)
    elif len(whole) > 1 and whole.startswith("0"):
        raise Unreadable(_("»%(body)s« hat führende Nullen; das ist wohl ein Schlüssel.") % {"body": body})
    if mark and not (fraction.isascii() and fraction.isdigit()):
        raise Unreadable(_("In »%(body)s« stehen die Trennzeichen nicht wie in einer Zahl.") % {"body": body})
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _decimal_mark(body: str, decimal: str) -> str:
    """Which character starts the decimals; `""` when there are none. Raises when that would be a guess."""
    marks = [c for c in body if c in ".,"]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2 or (len(marks) == 1 and re.search(r"[ '’]", body)):
        if decimal not in ("", last) or marks.count(last) > 1:
            raise Unreadable(_against_rule(body, decimal))
        return last
    if len(marks) > 1:
        return ""
    return _single_mark(body, last, decimal)


def _single_mark(body: str, mark: str, decimal: str) -> str:
    if mark == decimal:
        return mark
    is_group = _GROUPS.fullmatch(body) is not None
    if decimal:
        if is_group:
            return ""
        raise Unreadable(_against_rule(body, decimal))
    if is_group:
        whole, _mark, fraction = body.partition(mark)
        raise Unreadable(
            _("»%(body)s« kann %(large)s oder %(small)s heißen; die Spalte zeigt nicht, welches gilt.")
            % {"body": body, "large": whole + fraction, "small": f"{whole},{fraction}"}
        )
    return mark


def _against_rule(body: str, decimal: str) -> str:
    names = {",": _("das Komma"), ".": _("der Punkt")}
    return _("»%(body)s« passt nicht dazu, dass in dieser Datei %(mark)s die Nachkommastellen abtrennt.") % {
        "body": body,
        "mark": names.get(decimal, ""),
    }
