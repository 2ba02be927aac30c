"""The page "Woher kommt diese Zahl?": what its template places, and the same as data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import Area
from atlas import numbers
from atlas.links import area_path, index_path, indicator_path, map_path, provenance_path
from atlas.provenance_derived import input_rows
from atlas.provenance_words import exact, how_it_was_made, status_sentence, steps
from atlas.stand_notice import figure_text
from indicators.models import Indicator, Release, ReleaseEvent
from indicators.origins import Origin
from indicators.periods import period_label
from indicators.selectors_provenance import PartLine, Provenance
from indicators.statuses import SECRET

# Steps of a release that readers may see; comments and returns belong to the editors.
TOLD_STEPS = (
    *(ReleaseEvent.Kind.SUBMITTED, ReleaseEvent.Kind.APPROVED, ReleaseEvent.Kind.PUBLISHED),
    *(ReleaseEvent.Kind.SUPERSEDED, ReleaseEvent.Kind.WITHDRAWN),
)


@dataclass(frozen=True)
class PartRow:
    """One part as its table row; "" where nothing stands."""

    area: Area
    cell: str
    first: str
    second: str
    place: str
    url: str
    note: str


@dataclass(frozen=True)
class Place:
    """Where a delivered number stood, line by line: name and content."""

    lines: Sequence[tuple[str, str]]
    digest: str
    names: str


def provenance_context(found: Provenance, *, staff: bool = False, names: bool = False) -> dict:
    """Everything that the template shows. `staff` sees all numbers, `names` also who."""
    figure, indicator = found.figure, found.indicator
    hidden = not staff and (found.is_secret or any(not part.is_public for part in found.parts))
    key = _key(found)
    return {
        "found": found,
        "indicator": indicator,
        "area": figure.area,
        "release": found.release,
        "text": figure_text(indicator, figure.value, figure.status),
        "spoken": numbers.spoken(
            figure.value, figure.status, indicator.decimals, indicator.unit_long_label, get_language()
        ),
        "period": period_label(figure.period.code, indicator.reference),
        "how": how_it_was_made(found),
        "status": status_sentence(found),
        "place": place_of(found.origin, found, names=names, staff=staff) if found.origin else None,
        "parts": [part_row(part, found, staff=staff) for part in found.parts],
        "heads": part_heads(found),
        "inputs": input_rows(found),
        "formula": found.derivation.formula if found.derivation else None,
        "steps": [] if hidden else steps(found),
        "hidden": hidden,
        "has_secret": _has_secret(found),
        "weight": found.rules.weight if found.weight_edition else None,
        "events": told_events(found.release, found.events, names=names, staff=staff),
        "staff": staff,
        "names": names,
        "map_url": map_path(indicator.slug, level=key["level"], period=key["period"]) + f"&gebiet={key['code']}",
        "area_url": area_path(key["level"], key["code"]),
        "indicator_url": indicator_path(indicator.slug),
        "index_url": index_path(indicator.slug, level=key["level"], period=key["period"], stand=found.release.slug)
        if found.index
        else "",
        "public_url": provenance_path(**key),
        "permalink": provenance_path(**key, stand=found.release.slug),
        "json_url": provenance_path(**key, stand=found.release.slug, ending="json"),
    }


def _has_secret(found: Provenance) -> bool:
    """Whether the page says of any number that it is secret: its own, one of its parts, or one that it is made of."""
    lines = found.derivation.lines if found.derivation else ()
    told = (found.figure.status, *(part.told for part in found.parts), *(x.figure.status for x in lines if x.figure))
    return any(status in SECRET for status in told)


def _key(found: Provenance) -> dict[str, str]:
    area = found.figure.area
    period = found.figure.period.code
    return {"indicator": found.indicator.slug, "level": area.level.slug, "code": area.code, "period": period}


def part_heads(found: Provenance) -> list[str]:
    """Heads of the two columns that the rule needs; [] for sums."""
    rule = found.rules.aggregation
    if rule == Indicator.Aggregation.RATIO:
        return [_("Zähler"), _("Nenner")]
    if rule == Indicator.Aggregation.WEIGHTED_MEAN:
        return [_("Gewicht"), _("Wert mal Gewicht")]
    return []


def part_row(part: PartLine, found: Provenance, *, staff: bool) -> PartRow:
    """One part; numbers that are nowhere public are for staff only."""
    shown = staff or part.is_public
    rule = found.rules.aggregation
    first = second = ""
    if shown and rule == Indicator.Aggregation.RATIO:
        first, second = exact(part.numerator), exact(part.denominator)
    elif shown and rule == Indicator.Aggregation.WEIGHTED_MEAN:
        first, second = exact(part.weight), exact(part.product)
    cell = _cell(part, found) if shown else _("geheim zu halten") if part.told in SECRET else _("nicht öffentlich")
    key = {**_key(found), "level": part.key[0], "code": part.key[1]}
    has_page = shown and part.value is not None
    return PartRow(
        area=part.area,
        cell=cell,
        first=first,
        second=second,
        place=short_place(part.origin) if part.origin else _("nicht geliefert"),
        url=provenance_path(**key, stand=found.release.slug) if has_page else "",
        note=_("geschätzt") if shown and part.status == "estimated" else "",
    )


def _cell(part: PartLine, found: Provenance) -> str:
    if part.value is None or part.status == "zero":
        return numbers.cell(part.value, part.status, 0, get_language())
    return exact(part.value)


def short_place(origin: Origin) -> str:
    """Where a delivered number stood, in one line."""
    if origin.way == "upload":
        return ", ".join(text for text in (origin.file_name, origin.sheet, origin.place) if text)
    if origin.way == "folder":
        return origin.line
    return _("im Raster eingegeben") if origin.way == "grid" else _("in der Verwaltung eingegeben")


def place_of(origin: Origin, found: Provenance, *, names: bool, staff: bool) -> Place:
    """Where the delivered number of the figure stood."""
    lines = [(_("Weg"), _way(origin))]
    if origin.file_name:
        lines.append((_("Datei"), origin.file_name))
    if origin.sheet:
        lines.append((_("Blatt"), origin.sheet))
    if origin.place:
        lines.append((_("Zelle"), origin.place))
    elif origin.row:
        lines.append((_("Zeile"), str(origin.row)))
    elif origin.line and "," in origin.line:
        lines.append((_("Stelle"), origin.line.split(",", 1)[1].strip()))
    lines += _counts(found, staff=staff)
    if origin.role:
        lines.append((_("In der Rolle"), origin.role))
    if origin.comment:
        lines.append((_("Bemerkung"), origin.comment))
    if staff and origin.note:
        lines.append((_("Anmerkung"), origin.note))
    person = origin.user.get_full_name() or origin.user.get_username() if names and origin.user else ""
    # An unsalted digest of what was delivered lets anybody test guesses of the secret numbers in it.
    return Place(lines, origin.digest if staff else "", person)


def _way(origin: Origin) -> str:
    ways = {
        "upload": _("als Datei geliefert und geprüft"),
        "grid": _("im Raster eingegeben"),
        "folder": _("mit dem Datenordner der Stadt geladen"),
        "admin": _("in der Verwaltung eingegeben"),
    }
    text = ways[origin.way]
    return _("%s; danach unverändert übernommen") % text if origin.is_repeated else text


def _counts(found: Provenance, *, staff: bool) -> list[tuple[str, str]]:
    """Numerator and denominator of a delivered figure, except where small numbers would tell about people."""
    figure = found.figure
    if figure.numerator is None or figure.denominator is None or found.is_secret:
        return []
    # Whatever was stored before there were rules of secrecy: readers see no smaller count than the indicator allows.
    if not staff and 0 < figure.numerator < found.indicator.min_cases:
        return []
    return [(_("Zähler"), exact(figure.numerator)), (_("Nenner"), exact(figure.denominator))]


def told_events(release: Release, events: Sequence[ReleaseEvent], *, names: bool, staff: bool) -> list[dict]:
    """Steps of the release: for readers those that made it public, for staff all."""
    told = []
    for event in events:
        if not staff and event.kind not in TOLD_STEPS:
            continue
        user = event.user if names else None
        told.append(
            {
                "what": event.get_kind_display(),
                "at": event.at,
                "role": event.role,
                "name": (user.get_full_name() or user.get_username()) if user else "",
                "text": event.text if staff else "",
            }
        )
    return told
