"""Codes of areas: text with leading zeros, also where a spreadsheet has made numbers of them."""

import math
import re

LONGEST = 20  # characters, as in the database


def as_text(value: object) -> str:
    """A cell as text; whole numbers lose their `.0`, nothing becomes the empty string.

    >>> as_text(11.0), as_text(" 011 "), as_text(None), as_text(float("nan"))
    ('11', '011', '', '')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def is_number(value: object) -> bool:
    """Whether a cell holds a number, so that leading zeros may be lost (booleans are no numbers)."""
    return hasattr(value, "__float__") and not isinstance(value, str | bool)


def pad(code: str, pattern: str) -> str | None:
    """The code with leading zeros if the pattern of its level allows exactly one number of them, else None.

    >>> pad("11", r"\\d{3}"), pad("11", r"\\d+")
    ('011', None)
    """
    if not code.isdigit():
        return None
    fits = {code.zfill(width) for width in range(len(code), LONGEST + 1) if re.fullmatch(pattern, code.zfill(width))}
    return fits.pop() if len(fits) == 1 else None


def fits(code: str, pattern: str) -> bool:
    """Whether a code follows the pattern of its level and fits into the database."""
    return len(code) <= LONGEST and re.fullmatch(pattern, code) is not None
