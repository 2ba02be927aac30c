"""Areas that were cut anew: what pages and downloads say beside their figures."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Area
from indicators.models import Figure


def recut_words(day: date | None) -> str:
    """Since when an area has its present boundary; "" for one that was never cut anew.

    >>> recut_words(None)
    ''
    """
    return _("neu zugeschnitten %s") % day.year if day else ""


def recut_sentence(day: date) -> str:
    """The same as a sentence with what follows from it."""
    text = _("Neu zugeschnitten %s: Frühere Zahlen gelten für anders geschnittene Gebiete.")
    return text % day.year


def former_sentence(area: Area) -> str:
    """For a figure of an area that has ended since: that the number is about the ground of then."""
    return _("Zuschnitt bis %s: Die Zahl gilt für das Gebiet, wie es damals war.") % _last_year(area)


def is_former(area: Area, on: date | None = None) -> bool:
    """Whether this row of an area has ended on a day (default: today)."""
    return area.valid.upper is not None and area.valid.upper <= (on or timezone.localdate())


def extent_words(figure: Figure, recut: Mapping[str, date], on: date | None = None) -> str:
    """What a list says beside a figure: "Zuschnitt bis 2018", "neu zugeschnitten 2019" or ""."""
    if is_former(figure.area, on):
        return _("Zuschnitt bis %s") % _last_year(figure.area)
    return recut_words(recut.get(figure.area.code))


def extent_sentence(figure: Figure, recut: Mapping[str, date], on: date | None = None) -> str:
    """The same for the card of one area."""
    if is_former(figure.area, on):
        return former_sentence(figure.area)
    day = recut.get(figure.area.code)
    return recut_sentence(day) if day else ""


def _last_year(area: Area) -> int:
    """The year of the last day on which the area was valid; its range ends before its upper end."""
    return date.fromordinal(area.valid.upper.toordinal() - 1).year
