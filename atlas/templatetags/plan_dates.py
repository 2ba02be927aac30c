"""How days of the plan stand in templates: only as exactly as they are known."""

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from actionplan.models import Participation

register = template.Library()
ONE_DAY = datetime.timedelta(days=1)


@register.simple_tag
def participation_time(event):
    """When an event is or was: the day with its hour, a range, months, or years."""
    first, last = event.begins, event.last_day
    if event.exactness == Participation.Exactness.YEAR:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if event.exactness == Participation.Exactness.MONTH:
        return _months(first, last)
    if first != last:
        return _range(date_format(first, "DATE_FORMAT"), date_format(last, "DATE_FORMAT"))
    day = date_format(first, "DATE_FORMAT")
    if event.starts_at is None:
        return day
    return _("%(day)s, %(time)s Uhr") % {"day": day, "time": f"{event.starts_at:%H:%M}"}


def _months(first: datetime.date, last: datetime.date) -> str:
    end = date_format(last, "F Y")
    if (first.year, first.month) == (last.year, last.month):
        return end
    return _range(date_format(first, "F" if first.year == last.year else "F Y"), end)


def _range(begins: str, ends: str) -> str:
    return _("%(begins)s bis %(ends)s") % {"begins": begins, "ends": ends}


@register.simple_tag
def held_time(thing):
    """For when an office or a function is documented; words of the source are marked as German."""
    return held_words(thing, mark=lambda words: format_html('<span lang="de">{}</span>', words))


def held_words(thing, mark=str) -> str:
    """For when an office or a function is documented, as text; `mark` is put around words of the source."""
    begins = _day(thing.begins, exact=thing.begins_is_exact)
    ends = _day(thing.ends - ONE_DAY if thing.ends else None, exact=thing.ends_is_exact)
    if begins and ends:
        return _range(begins, ends)
    if ends:
        return _("bis %(day)s") % {"day": ends}
    if begins and thing.is_former:
        return _("ab %(day)s; bis wann, ist nicht bekannt") % {"day": begins}
    if begins:
        return _("seit %(day)s") % {"day": begins}
    words = _("belegt: %(when)s")
    words = _("%(words)s; gilt nicht mehr") % {"words": words} if thing.is_former else words
    when = mark(thing.reported)
    text = words % {"when": when}
    return mark_safe(text) if isinstance(when, SafeString) else text  # noqa: S308 - own words and what `mark` escaped


def _day(day: datetime.date | None, *, exact: bool) -> str:
    if day is None:
        return ""
    return date_format(day, "DATE_FORMAT") if exact else str(day.year)


@register.simple_tag
def duration(valid):
    """Years of a range of dates whose end is not included: "2022 bis 2025", or days where it does not fill years."""
    first, last = valid.lower, valid.upper - ONE_DAY
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _range(str(first.year), str(last.year))
    return _range(date_format(first, "DATE_FORMAT"), date_format(last, "DATE_FORMAT"))
