"""The report on the social situation: chapters by dimension and by target group, analyses, every action area."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.citytables import CityFilesError, read_toml
from atlas.reports.compilation import Compilation, Part
from atlas.reports.sections.cover import CONTACT, EDITION, PUBLISHER
from atlas.reports.sections.reading import LEVEL, PLAN_AREAS, is_english, level_in, plan_day_in, text_in
from atlas.reports.sections.section import Option
from atlas.reports.template import Template
from indicators.models import Dimension, Indicator

LABEL = gettext_lazy("Bericht zur sozialen Lage")
DAY = Option("day", gettext_lazy("Stichtag des Aktionsplans"), "day", hint=gettext_lazy("Leer: der Tag der Zahlen"))
TITLE = Option("title", gettext_lazy("Titel"), "text", hint=gettext_lazy("Leer: Bericht zur sozialen Lage"))
PREFACE = Option("preface", gettext_lazy("Vorwort"), "longtext")
FILE = "target_groups.toml"


def _fill(options: Mapping[str, Any]) -> Compilation:
    """The whole report; a dimension or group without figures in a release leaves no empty chapter behind."""
    level = level_in(LABEL, options)
    on_level = {"level": level.slug} if level else {}
    cover = {one.name: options[one.name] for one in (EDITION, PUBLISHER, CONTACT) if options.get(one.name)}
    areas = {"areas": list(options["areas"])} if options.get("areas") else {}
    return Compilation(
        title=text_in(options, "title") or _("Bericht zur sozialen Lage"),
        kind=_("Sozialbericht"),
        subtitle=text_in(options, "edition"),
        day=plan_day_in(LABEL, DAY.label, options.get("day")),
        parts=(
            Part("title_page", options=cover),
            Part("contents"),
            Part("text", title=_("Vorwort"), text=text_in(options, "preface")),
            Part("summary", options=on_level | {"own_page": not text_in(options, "preface")}),
            *_dimensions(on_level),
            *_groups(on_level),
            Part("index"),
            Part("typology"),
            Part("screening"),
            Part("inequality", options=on_level),
            Part("plan_areas", options=areas | {"with_plan": False, "own_page": False}),
            Part("notes"),
        ),
    )


def _dimensions(on_level: Mapping[str, str]) -> list[Part]:
    """A chapter for each dimension; indices have one of their own."""
    found = Dimension.objects.filter(kind=Dimension.Kind.DIMENSION).exclude(indicators__index__isnull=False)
    return [Part("theme", title=one.label, options={"dimension": one.slug, **on_level}) for one in found.distinct()]


def _groups(on_level: Mapping[str, str]) -> list[Part]:
    """A chapter for each target group of the city's folder; without that, for those of the catalogue."""
    groups = _from_folder() or [
        (one.label, list(one.indicators.values_list("slug", flat=True)))
        for one in Dimension.objects.filter(kind=Dimension.Kind.TARGET_GROUP)
    ]
    known = set(Indicator.objects.values_list("slug", flat=True))
    parts = []
    for name, indicators in groups:
        told = [slug for slug in indicators if slug in known]
        if told:
            parts.append(Part("target_group", title=name, options={"indicators": told, **on_level}))
    return parts


def _from_folder() -> list[tuple[str, list[str]]]:
    """Names and indicators as the city's folder has them; nothing where it is not at hand or says nothing."""
    path = settings.CITY_FOLDER / FILE
    if not path.exists():
        return []
    try:
        rows = read_toml(path).get("target_group", [])
    except CityFilesError:
        return []
    name = "name_en" if is_english() else "name"
    return [(str(row.get(name) or row.get("name") or ""), list(row.get("indicators", []))) for row in rows]


SOZIALE_LAGE = Template(
    "soziale-lage",
    LABEL,
    gettext_lazy("Alle Dimensionen und Zielgruppen, Index, Typologie, jeder Aktionsraum; mit Karten und Tabellen."),
    _fill,
    (TITLE, EDITION, PUBLISHER, CONTACT, PREFACE, LEVEL, DAY, PLAN_AREAS),
)
