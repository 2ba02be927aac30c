"""What an address asks for: reading parameters, with one clear message for each that cannot be read."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 8  # possible values named in a sentence


@dataclass
class AskedWrongly(Exception):
    """A parameter that cannot be used: its name, what was found and what would be right."""

    parameter: str
    found: str
    expected: list[str]

    def __str__(self):
        expected = " / ".join(self.expected[:SHOWN]) + (" …" if len(self.expected) > SHOWN else "")
        if not self.found:
            return _("Der Parameter „%(name)s“ fehlt. Erwartet: %(expected)s.") % {
                "name": self.parameter,
                "expected": expected,
            }
        return _("Der Parameter „%(name)s“ hat den Wert „%(found)s“. Erwartet: %(expected)s.") % {
            "name": self.parameter,
            "found": self.found[:60],
            "expected": expected,
        }


@dataclass
class AskedTooMuch(AskedWrongly):
    """A parameter that there is not."""

    def __str__(self):
        known = " / ".join(self.expected) or _("keine")
        return _("Den Parameter „%(name)s“ gibt es hier nicht. Mögliche Parameter: %(known)s.") % {
            "name": self.parameter[:60],
            "known": known,
        }


def only(query: Mapping, known: Sequence[str]) -> None:
    """Raises `AskedTooMuch` for a parameter that is not `known`."""
    for name in query:
        if name not in known:
            raise AskedTooMuch(name, query[name], list(known))


def one_of(query: Mapping, name: str, allowed: Iterable[str], *, default: str | None = None) -> str:
    """A parameter with one of the `allowed` values; `default` where it is not given (None: it has to be given).

    Raises `AskedWrongly`.
    """
    allowed = list(allowed)
    found = query.get(name, "").strip()
    if not found and default is not None:
        return default
    if found not in allowed:
        raise AskedWrongly(name, found, allowed)
    return found


def whole_number(query: Mapping, name: str, *, low: int, high: int, default: int, of: str = "") -> int:
    """A parameter that is a whole number from `low` to `high`; `default` where it is not given, `of` says of what.

    Raises `AskedWrongly`.
    """
    found = query.get(name, "").strip()
    if not found:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", found) or not low <= int(found) <= high:
        said = _("eine ganze Zahl von %(low)s bis %(high)s") % {"low": low, "high": high}
        raise AskedWrongly(name, found, [f"{said} ({of})" if of else said])
    return int(found)


def day(
    query: Mapping,
    name: str,
    *,
    default: datetime.date,
    earliest: datetime.date | None = None,
    latest: datetime.date | None = None,
) -> datetime.date:
    """A parameter that is a day such as 2021-04-13; `default` where it is not given.

    Raises `AskedWrongly` for anything else, also for days before `earliest` or after `latest`.
    """
    found = query.get(name, "").strip()
    if not found:
        return default
    expected = [_expected_day(earliest, latest)]
    try:
        asked = datetime.date.fromisoformat(found)
    except ValueError as error:
        raise AskedWrongly(name, found, expected) from error
    if (earliest and asked < earliest) or (latest and asked > latest):
        raise AskedWrongly(name, found, expected)
    return asked


def _expected_day(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    first, last = (f"{limit:%d.%m.%Y}" if limit else "" for limit in (earliest, latest))
    if first and last:
        return _("ein Tag von %(first)s bis %(last)s in der Form JJJJ-MM-TT") % {"first": first, "last": last}
    if first:
        return _("ein Tag ab %(day)s in der Form JJJJ-MM-TT") % {"day": first}
    if last:
        return _("ein Tag bis %(day)s in der Form JJJJ-MM-TT") % {"day": last}
    return _("ein Tag in der Form JJJJ-MM-TT")


def degrees(query: Mapping, name: str, limit: int) -> float:
    """A parameter that is a geographic coordinate in degrees (WGS 84), between -limit and limit.

    A decimal comma is understood. Raises `AskedWrongly`.
    """
    found = query.get(name, "").strip()
    expected = [_("eine Zahl in Grad zwischen −%(limit)s und %(limit)s") % {"limit": limit}]
    try:
        asked = float(found.replace(",", "."))
    except ValueError as error:
        raise AskedWrongly(name, found, expected) from error
    if not -limit <= asked <= limit:  # also refuses NaN
        raise AskedWrongly(name, found, expected)
    return asked
