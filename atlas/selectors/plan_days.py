"""The days on which the plan changed or was dealt with: stops of the slider on its first page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import ActionArea, CouncilPaper


@dataclass(frozen=True)
class Stop:
    """A day with what happened; `when` is only the year where the day is not known.

    `is_title`: `what` is the title of a paper, always in German.
    """

    day: datetime.date
    when: str
    what: str
    is_title: bool = False


def stops(*, earliest: datetime.date | None, today: datetime.date) -> list[Stop]:
    """From the first day of the plan to today, each day once. 2 queries."""
    if earliest is None:
        return []
    vague, days, titles = set(), {}, {}
    for valid, exact in ActionArea.objects.values_list("valid", "start_is_exact").order_by("valid"):
        for bound in (valid.lower, valid.upper):
            if bound is not None:
                days.setdefault(bound, _("Der Aktionsplan beginnt") if bound == earliest else _("Gebiete wechseln"))
        vague |= set() if exact else {valid.lower}
    for day, title in CouncilPaper.objects.order_by("day", "pk").values_list("day", "title"):
        titles[day] = title
    days |= {today: _("Heute")} | titles
    return [
        Stop(day, str(day.year) if day in vague else date_format(day, "SHORT_DATE_FORMAT"), what, day in titles)
        for day, what in sorted(days.items())
        if earliest <= day <= today
    ]


def stop_at(found: Sequence[Stop], on: datetime.date) -> int:
    """Number of the last stop that is not after a day, from 0."""
    return max((number for number, stop in enumerate(found) if stop.day <= on), default=0)
