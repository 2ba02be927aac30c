"""How numbers are written and spoken. Pure: no Django, decimals in, text out.

Signs in tables follow the official ones (DIN 55301). Statuses are the strings of `indicators.statuses.Status`.
Missing numbers never become a zero; a number that is not zero but rounds to it is shown as a bare `0`.
"""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
PLUS_MINUS = "±"
NO_BREAK = "\u00a0"
JOINT = f"{NO_BREAK}J"  # sign of a value that holds for several areas together
NARROW = "\u202f"

_MARKS = {"de": (".", ","), "en": (",", ".")}  # thousands, decimals
_WITH_VALUE = frozenset({"reported", "zero", "estimated", "joint"})
_SIGNS = {
    "zero": "–",
    "suppressed": ".",
    "suppressed_secondary": ".",
    "missing": ".",
    "not_yet": "...",
    "not_applicable": "x",
}
_SPOKEN_STATUS = {
    "de": {
        "suppressed": "geheim zu halten",
        "suppressed_secondary": "geheim zu halten",
        "missing": "kein Wert bekannt",
        "not_yet": "Wert liegt noch nicht vor",
        "not_applicable": "nicht sinnvoll",
        "zero": "genau null",
        "tiny": "fast null",
        "estimated": "geschätzt",
        "joint": "gemeinsamer Wert mehrerer Gebiete",
        "minus": "minus",
    },
    "en": {
        "suppressed": "kept secret",
        "suppressed_secondary": "kept secret",
        "missing": "no value known",
        "not_yet": "value not yet available",
        "not_applicable": "not meaningful",
        "zero": "exactly zero",
        "tiny": "almost zero",
        "estimated": "estimated",
        "joint": "joint value of several areas",
        "minus": "minus",
    },
}
_SPOKEN_UNITS = {
    "de": {"%": "Prozent", "m²": "Quadratmeter", "km²": "Quadratkilometer", "ha": "Hektar", "€": "Euro"},
    "en": {"%": "per cent", "m²": "square metres", "km²": "square kilometres", "ha": "hectare", "€": "euros"},
}


def _known(language: str) -> str:
    return "en" if language.startswith("en") else "de"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: Decimal | None, decimals: int, language: str = "de") -> str:
    """A number with thousands mark from four digits, rounded half up; empty text for None.

    >>> format_number(Decimal("1234.5"), 1)
    '1.234,5'
    >>> format_number(Decimal("-1234.5"), 1, "en")
    '−1,234.5'
    """
    if value is None:
        return ""
    thousands, point = _MARKS[_known(language)]
    number = _rounded(value, decimals)
    sign = MINUS if number < 0 else ""
    text = f"{abs(number):,.{decimals}f}"
    return sign + text.translate(str.maketrans({",": thousands, ".": point}))


def format_signed(value: Decimal | None, decimals: int, language: str = "de") -> str:
    """A change with its sign; `±0,0` when it rounds to zero, empty text for None.

    >>> format_signed(Decimal("1.24"), 1), format_signed(Decimal("-0.04"), 1)
    ('+1,2', '±0,0')
    """
    if value is None:
        return ""
    number = _rounded(value, decimals)
    if number == 0:
        return PLUS_MINUS + format_number(Decimal(0), decimals, language)
    return ("+" if number > 0 else "") + format_number(number, decimals, language)


def with_unit(text: str, unit: str) -> str:
    """A written number and its short unit, never torn apart at a line's end; narrow space before %.

    Signs without a number (`.`, `...`, `x`, `–`) and empty units get no unit; the J of a joint value stands
    behind the unit.

    >>> with_unit("36,8", "%") == "36,8\\u202f%"
    True
    """
    if not unit or not any(sign.isdigit() for sign in text):
        return text
    number = text.removesuffix(JOINT)
    return f"{number}{NARROW if unit == '%' else NO_BREAK}{unit.replace(' ', NO_BREAK)}{text[len(number) :]}"


def cell(value: Decimal | None, status: str, decimals: int, language: str = "de") -> str:
    """A table cell: the number, or the official sign that says why there is none.

    Estimates stand in brackets, values of several areas together carry a J. Raises `ValueError` when status
    and value contradict each other, because a silent repair would turn missing into zero or back.

    >>> cell(Decimal("34.6"), "estimated", 1), cell(None, "missing", 1), cell(Decimal(0), "zero", 1)
    ('(34,6)', '.', '–')
    >>> cell(Decimal("0.04"), "reported", 1)
    '0'
    """
    _check(value, status)
    if status in _SIGNS:
        return _SIGNS[status]
    text = "0" if _rounded(value, decimals) == 0 else format_number(value, decimals, language)
    if status == "estimated":
        return f"({text})"
    return f"{text}{JOINT}" if status == "joint" else text


def spoken(value: Decimal | None, status: str, decimals: int, unit_long: str, language: str = "de") -> str:
    """The value as a screen reader should say it: words instead of signs, the long unit behind the number.

    Raises `ValueError` when status and value contradict each other.

    >>> spoken(Decimal("34.6"), "estimated", 1, "% der Bevölkerung")
    'geschätzt 34,6 Prozent der Bevölkerung'
    >>> spoken(None, "missing", 1, "%")
    'kein Wert bekannt'
    """
    _check(value, status)
    language = _known(language)
    words = _SPOKEN_STATUS[language]
    if status == "zero" or value is None:
        return words[status]
    if _rounded(value, decimals) == 0:
        text = words["tiny"]
    else:
        number = format_number(value, decimals, language).replace(MINUS, f"{words['minus']} ")
        text = " ".join([number, *_spoken_unit(unit_long, language)])
    if status == "estimated":
        return f"{words['estimated']} {text}"
    return f"{text}, {words['joint']}" if status == "joint" else text


def _spoken_unit(unit_long: str, language: str) -> list[str]:
    return [_SPOKEN_UNITS[language].get(word, word) for word in unit_long.split()]


def _check(value: Decimal | None, status: str) -> None:
    if status not in _WITH_VALUE and status not in _SIGNS:
        raise ValueError(f"unknown status {status!r}")
    if (value is not None) != (status in _WITH_VALUE):
        raise ValueError(f"a value of {value} cannot have the status {status!r}")
