"""The new edition of the Sozialstrukturatlas, and the book of profiles: compilations that are ready made."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atlas.reports.compilation import SIZES, Compilation, Part
from atlas.reports.document import Sheet
from atlas.reports.sections import Option, wrong
from atlas.reports.sections.areas import WITHIN, areas_of
from atlas.reports.sections.maps import COUNT, METHOD, PLAN, known_level
from atlas.reports.sections.reading import LEVEL, text_in
from atlas.reports.template import Template
from indicators.models import Dimension

ATLAS_LABEL = gettext_lazy("Sozialstrukturatlas")
BOOK_LABEL = gettext_lazy("Buch der Profile")
PREFACE = Option("preface", gettext_lazy("Vorwort"), "longtext")
SIZE = Option("size", gettext_lazy("Papier"), "choice", choices=tuple((one, one) for one in SIZES), default=SIZES[0])
LANDSCAPE = Option("landscape", gettext_lazy("quer"), "flag", default=False)


def _atlas(options: Mapping[str, Any]) -> Compilation:
    level = known_level(ATLAS_LABEL, options)
    looks = {"level": level.slug} | {name: options[name] for name in ("method", "count", "plan") if name in options}
    maps = [
        Part("dimension", dimension.label, options={"dimension": dimension.slug, **looks})
        for dimension in Dimension.objects.order_by("order")
    ]
    return Compilation(
        title=_("Sozialstrukturatlas"),
        kind=_("Karten und Tabellen"),
        subtitle=level.label_plural,
        parts=(
            Part("cover", options={"level": level.slug}),
            Part("contents"),
            Part("text", _("Vorwort"), text_in(options, "preface")),
            *maps,
            Part("missing", options={"level": level.slug}),
            Part("area_index", options={"level": level.slug}),
            Part("notes"),
        ),
        sheet=_sheet(options),
    )


def _book(options: Mapping[str, Any]) -> Compilation:
    level, areas, outer = areas_of(options, BOOK_LABEL)
    chosen = {"level": level.slug, "within": list(options.get("within") or ())}
    names = [f"{area.level.slug}/{area.code}" for area in ([outer] if outer else []) + areas]
    title = _("Profile: %(name)s") % {"name": outer.name if outer else level.label_plural}
    return Compilation(
        title=title,
        kind=str(BOOK_LABEL),
        subtitle=_("%(count)s Gebiete der Ebene %(level)s") % {"count": len(areas), "level": level.label},
        parts=(
            Part("cover", options=chosen),
            Part("contents"),
            Part("text", _("Vorwort"), text_in(options, "preface")),
            Part("overview", options=chosen),
            Part("profiles", options={"areas": names}),
            Part("notes"),
        ),
    )


def _sheet(options: Mapping[str, Any]) -> Sheet:
    size = text_in(options, "size") or SIZES[0]
    if size not in SIZES:
        raise wrong(ATLAS_LABEL, SIZE.label, size, " / ".join(SIZES))
    return Sheet(size, bool(options.get("landscape")))


ATLAS = Template(
    "atlas",
    ATLAS_LABEL,
    gettext_lazy("Alle Indikatoren, die Werte haben: je eine Karte mit Tabelle, nach Dimensionen."),
    _atlas,
    (LEVEL, METHOD, COUNT, PLAN, PREFACE, SIZE, LANDSCAPE),
)
BOOK = Template(
    "book",
    BOOK_LABEL,
    gettext_lazy("Die Profile aller Gebiete einer Ebene, der ganzen Stadt oder eines Stadtbezirks."),
    _book,
    (LEVEL, WITHIN, PREFACE),
)
