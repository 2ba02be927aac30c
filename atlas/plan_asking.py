"""What the addresses of the plan's pages ask for: the list of projects, and the day of which a page tells."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import ProjectState
from actionplan.selectors.project_list import CITY, UNKNOWN, Choices, Filters
from areas.kept import kept
from atlas.asked import AskedWrongly, day, one_of
from atlas.selectors.actionplan import first_day
from indicators.intake.numbers import NumberRules, read_number

LONGEST_SEARCH = 80
NAMES = ("q", "raum", "feld", "zustand", "jahr", "traeger", "fuer", "geld", "von", "bis", "am")
MONEY = ("mit", "ohne")
_GERMAN = NumberRules(decimal=",")


@dataclass(frozen=True)
class AskedDay:
    """The day of which a page tells (`?am=2015-06-01`); `wrong`: asked for in vain, the page tells of today."""

    on: datetime.date
    earliest: datetime.date | None
    wrong: AskedWrongly | None = None

    @property
    def is_today(self) -> bool:
        """Whether the page tells of today."""
        return self.on == timezone.localdate()

    @property
    def status(self) -> int:
        """Of the answer."""
        return 400 if self.wrong else 200


def asked_day(query: Mapping[str, str]) -> AskedDay:
    """`am`, from the first day of the plan until today; today where it is not given. 1 query, 2 the first time."""
    today = timezone.localdate()
    earliest = kept("plan-first-day", first_day)
    try:
        return AskedDay(day(query, "am", default=today, earliest=earliest, latest=today), earliest)
    except AskedWrongly as wrong:
        return AskedDay(today, earliest, wrong)


def asked_filters(query: Mapping[str, str], offered: Choices) -> Filters:
    """Raises `AskedWrongly` for anything that there is not."""
    least, most = _euros(query, "von"), _euros(query, "bis")
    if least is not None and most is not None and most < least:
        raise AskedWrongly("bis", query["bis"].strip(), [_("ein Betrag, der nicht unter „von“ liegt")])
    places = [CITY, UNKNOWN, *(code for code, _name in offered.places)]
    return Filters(
        words=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH],
        place=one_of(query, "raum", places, default=""),
        field=one_of(query, "feld", [name.field.slug for name in offered.fields], default=""),
        state=one_of(query, "zustand", [UNKNOWN, *ProjectState.State.values], default=""),
        year=one_of(query, "jahr", [UNKNOWN, *offered.years], default=""),
        carrier=one_of(query, "traeger", [UNKNOWN, *offered.carriers], default=""),
        target=one_of(query, "fuer", [UNKNOWN, *offered.targets], default=""),
        money=one_of(query, "geld", MONEY, default=""),
        at_least=least,
        at_most=most,
        on=_day(query),
    )


def _day(query: Mapping[str, str]) -> datetime.date | None:
    """The day of which the list tells; None for today. Raises `AskedWrongly`."""
    if not query.get("am", "").strip():
        return None
    today = timezone.localdate()
    asked = day(query, "am", default=today, earliest=kept("plan-first-day", first_day), latest=today)
    return asked if asked < today else None


def _euros(query: Mapping[str, str], name: str) -> Decimal | None:
    """An amount as Germans write it, such as 1.500 or 1.500,50. Raises `AskedWrongly`."""
    found = query.get(name, "").strip()
    if not found:
        return None
    reading = read_number(found, _GERMAN)
    if reading.value is None or reading.value < 0 or reading.unit not in ("", "€", "Euro"):
        raise AskedWrongly(name, found, [_("ein Betrag in Euro wie 1.500 oder 1.500,50")])
    return reading.value


def asked_again(query: Mapping[str, str], *, without: str = "") -> str:
    """The same address once more, as its query; `without` is a name left out."""
    return urlencode({name: query[name] for name in NAMES if query.get(name, "").strip() and name != without})
