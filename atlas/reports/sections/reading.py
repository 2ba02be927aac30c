"""Options that several sections share, and how what stands in them is read: each refuses with a sentence."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from actionplan.selectors.changes import newest_report
from areas.models import Area, AreaLevel
from atlas.reports.sections.section import Making, Option, wrong
from atlas.selectors.actionplan import first_day
from indicators.models import Dimension, Indicator

MOST_AREAS = 200
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SEPARATOR = re.compile(r"[\s,;]+")

PLAN_AREAS = Option("areas", gettext_lazy("Aktionsräume"), "areas", hint=gettext_lazy("Leer: alle, die im Plan sind"))
SINCE = Option(
    "since",
    gettext_lazy("Veränderungen seit"),
    "day",
    hint=gettext_lazy("Leer: seit dem Tag des letzten Sachstandsberichts"),
)
YEARS = Option(
    "years",
    gettext_lazy("Haushaltsjahre"),
    "text",
    hint=gettext_lazy("Etwa: 2021, 2022. Leer: die Jahre seit dem letzten Bericht, für die Mittel eingetragen sind"),
)
LEVEL = Option("level", gettext_lazy("Ebene"), "level", hint=gettext_lazy("Leer: die Ebene der Berichte"))
INDICATORS = Option("indicators", gettext_lazy("Indikatoren"), "indicators")


class DimensionChoices:
    """Slugs and names of the catalogue's dimensions as they are when somebody asks."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([(dimension.slug, dimension.label) for dimension in Dimension.objects.all()])


DIMENSION = Option(
    "dimension",
    gettext_lazy("Dimension"),
    "choice",
    needed=True,
    choices=DimensionChoices(),  # type: ignore[arg-type]
)


def text_in(options: Mapping[str, Any], name: str) -> str:
    """The text of an option without spaces around it; "" where there is none."""
    return str(options.get(name) or "").strip()


def day_in(section: str | Promise, option: str | Promise, found: Any) -> datetime.date | None:
    """A day written as JJJJ-MM-TT or TT.MM.JJJJ; None for nothing. Raises `WrongOption`."""
    text = str(found or "").strip()
    if not text:
        return None
    german = _GERMAN.fullmatch(text)
    try:
        if german:
            return datetime.date(int(german[3]), int(german[2]), int(german[1]))
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise wrong(section, option, text, _("ein Tag in der Form JJJJ-MM-TT oder TT.MM.JJJJ")) from error


def plan_day_in(section: str | Promise, option: str | Promise, found: Any) -> datetime.date | None:
    """A day of the action plan; None for nothing. 1 query. Raises `WrongOption` for a day that it cannot tell of."""
    day = day_in(section, option, found)
    said = outside_plan(day)
    if said:
        raise wrong(section, option, day, said)
    return day


def outside_plan(day: datetime.date | None) -> str:
    """What is expected instead of a day of which the plan cannot tell: one to come, or before it began; "" for others.

    1 query.
    """
    if day is None:
        return ""
    if day > (today := timezone.localdate()):
        said = _("ein Tag bis heute, %(day)s: Was danach gilt, kann sich noch ändern")
        return said % {"day": date_format(today, "SHORT_DATE_FORMAT")}
    earliest = first_day()
    if earliest and day < earliest:
        said = _("ein Tag ab %(day)s, dem Beginn des Aktionsplans")
        return said % {"day": date_format(earliest, "SHORT_DATE_FORMAT")}
    return ""


def since_of(section: str | Promise, options: Mapping[str, Any], making: Making) -> datetime.date:
    """The day after which changes count: the one asked for, else that of the newest progress report on record, else
    the first day of the plan, else the day itself. At most 2 queries. Raises `WrongOption` for a day not before it."""
    asked = day_in(section, SINCE.label, options.get("since"))
    if asked is not None:
        if asked >= making.day:
            raise wrong(section, SINCE.label, asked.isoformat(), _("ein Tag vor dem Stichtag"))
        return asked
    report = newest_report(making.day)
    if report is not None:
        return report.day
    first = ActionArea.objects.order_by("valid__startswith").values_list("valid", flat=True).first()
    return min(first.lower, making.day) if first else making.day


def years_in(section: str | Promise, found: Any) -> list[int]:
    """Years of a text ("2021, 2022") or a list. Raises `WrongOption`."""
    parts = found if isinstance(found, list | tuple) else _SEPARATOR.split(str(found or ""))
    years = []
    for part in (str(one).strip() for one in parts):
        if not part:
            continue
        if not re.fullmatch(r"20\d\d", part):
            raise wrong(section, YEARS.label, part, _("ein Jahr dieses Jahrhunderts, etwa 2021"))
        years.append(int(part))
    return sorted(set(years))


def areas_in(section: str | Promise, option: str | Promise, found: Any, on: datetime.date) -> list[Area]:
    """Areas named as `sozialraum/023`, in that order, as they were on a day. 1 query. Raises `WrongOption`."""
    names = _names(section, option, found)
    if not names:
        return []
    pairs = [tuple(name.partition("/")[::2]) for name in names]
    rows = Area.objects.in_force(on).filter(code__in=[code for _level, code in pairs])
    known = {(area.level.slug, area.code): area for area in rows.select_related("level", "parent").defer("geometry")}
    for name, pair in zip(names, pairs, strict=True):
        if pair not in known:
            raise wrong(section, option, name, _("ein Gebiet wie „sozialraum/023“"))
    return [known[pair] for pair in dict.fromkeys(pairs)]


def plan_areas_in(section: str | Promise, options: Mapping[str, Any], making: Making) -> list[Area]:
    """The areas chosen, else all that belong to the plan on the day, whole or with a quarter. 1 query."""
    if options.get("areas"):
        return areas_in(section, PLAN_AREAS.label, options["areas"], making.day)
    members = ActionArea.objects.in_force(making.day).select_related("area__level", "area__parent")
    members = members.defer("geometry", "area__geometry", "area__parent__geometry").order_by("area__code")
    return list({(m.area.level_id, m.area.code): m.area for m in members}.values())


def level_in(section: str | Promise, options: Mapping[str, Any]) -> AreaLevel | None:
    """The level asked for, else that of the reports; None where the city has none. 1 query. Raises `WrongOption`."""
    slug = text_in(options, "level")
    found = AreaLevel.objects.filter(slug=slug) if slug else AreaLevel.objects.filter(is_reporting=True)
    level = found.first()
    if level is None and slug:
        known = ", ".join(AreaLevel.objects.order_by("rank").values_list("slug", flat=True))
        raise wrong(section, LEVEL.label, slug, known)
    return level


def indicators_in(section: str | Promise, found: Any) -> list[Indicator]:
    """Indicators named by slug, in that order. 1 query. Raises `WrongOption`."""
    names = _names(section, INDICATORS.label, found)
    known = {i.slug: i for i in Indicator.objects.filter(slug__in=names).select_related("dimension", "source")}
    for name in names:
        if name not in known:
            raise wrong(section, INDICATORS.label, name, _("die Kennung eines Indikators aus dem Katalog"))
    return [known[name] for name in dict.fromkeys(names)]


def dimension_in(section: str | Promise, options: Mapping[str, Any]) -> Dimension:
    """The dimension chosen. 1 query. Raises `WrongOption`."""
    slug = text_in(options, "dimension")
    dimension = Dimension.objects.filter(slug=slug).first()
    if dimension is None:
        known = ", ".join(Dimension.objects.values_list("slug", flat=True))
        raise wrong(section, DIMENSION.label, slug, known)
    return dimension


def _names(section: str | Promise, option: str | Promise, found: Any) -> list[str]:
    if isinstance(found, str):
        found = [one for one in _SEPARATOR.split(found) if one]
    if not isinstance(found, list | tuple | None) or len(found or ()) > MOST_AREAS:
        raise wrong(section, option, found, _("eine Liste von höchstens %(most)s") % {"most": MOST_AREAS})
    return [str(one) for one in found or ()]


def is_english() -> bool:
    """Whether the document is written in English."""
    return get_language() == "en"
