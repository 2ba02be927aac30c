"""What the page of an own group of areas shows beyond its figures: name, reasons, small map, addresses."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from areas.models import Area
from atlas import numbers
from atlas.group_reading import GroupAsked
from atlas.locators import coarse_drawing
from atlas.selectors.groups import GroupRow, GroupRows, group_rows
from indicators.models import Release
from indicators.statistics.grouping import JOINT, MISSING, NEVER, SECRET, WEIGHT
from indicators.statuses import SECRET as NOT_TOLD
from indicators.statuses import SIGN_MEANINGS, SIGNS, Status

LISTED = 4  # areas that a reason names


@dataclass(frozen=True)
class ShownRow:
    """A row with what is said about it."""

    row: GroupRow
    reason: str
    difference: str


def group_context(asked: GroupAsked) -> dict:
    """Context of `atlas/group.html`."""
    groups = group_rows(asked.level, asked.areas, asked.stand.moment) if asked.areas else []
    rows = [row for group in groups for row in group.rows]
    chosen = set(asked.codes)
    return {
        "asked": asked,
        "title": title_of(asked),
        "members": members_text(asked),
        "groups": [(group.dimension, [_shown(asked, row) for row in group.rows]) for group in groups],
        "choices": [(area, area.code in chosen) for area in _of_level(asked)],
        "drawing": _drawing(asked),
        "signs": _signs(rows),
        "has_secret": any(figure.status in NOT_TOLD for row in rows for figure in (row.figure, row.city) if figure),
        "is_shaky": any(row.figure.is_shaky for row in rows),
        "csv_url": asked.url("atlas:group_csv"),
        "permalink": asked.url(stand=asked.stand.asked or _newest_release()),
        "newest_url": asked.url(stand=""),
    }


def title_of(asked: GroupAsked) -> str:
    """The name that was given, or what the page is."""
    return asked.name or _("Eigene Gebietsgruppe")


def members_text(asked: GroupAsked) -> str:
    """How many areas of which level: `3 Sozialräume`."""
    count = len(asked.areas)
    return f"{count} {asked.level.label if count == 1 else asked.level.label_plural}"


def _of_level(asked: GroupAsked) -> list[Area]:
    areas = Area.objects.in_force().filter(level=asked.level).select_related("level")
    return list(areas.defer("geometry").order_by("code"))


def _drawing(asked: GroupAsked) -> dict | None:
    coarse = coarse_drawing(asked.level.slug)
    if coarse is None:
        return None
    width, height = (value / 3 + 4 for value in coarse.size)  # the grid of atlas/charts/locator.py
    return {"box": f"-2 -2 {width:.0f} {height:.0f}", "paths": coarse.paths.items(), "chosen": set(asked.codes)}


def _newest_release() -> str:
    newest = Release.objects.published().order_by("-published_at").values_list("slug", flat=True).first()
    return newest or ""


def _shown(asked: GroupAsked, row: GroupRow) -> ShownRow:
    difference = row.figure.city_difference
    text = "" if difference is None else numbers.format_signed(difference, row.indicator.decimals, get_language())
    return ShownRow(row, reason_of(asked, row), text)


def reason_of(asked: GroupAsked, row: GroupRow) -> str:
    """Why there is no value, or why it does not stand for all areas; "" where nothing has to be said."""
    found = row.found
    if found.value is not None:
        return _covered(row) if found.lacking else ""
    names = _named(asked, found.lacking)
    texts = {
        SECRET: _("Kein Wert, weil der von %s geheim bleibt."),
        MISSING: _("Kein Wert, weil der von %s nicht bekannt ist."),
        WEIGHT: _("Kein Wert, weil die Einwohnerzahl von %s nicht bekannt ist."),
        JOINT: _("Kein Wert, weil der von %s auch für Gebiete außerhalb der Gruppe gilt."),
        NEVER: _("Aus Werten einzelner Gebiete lässt sich hier kein gemeinsamer berechnen."),
    }
    text = texts[found.reason]
    return text % names if "%s" in text else text


def _covered(row: GroupRow) -> str:
    share = numbers.with_unit(numbers.format_number(row.found.coverage * 100, 1, get_language()), "%")
    count = len(row.found.lacking)
    text = ngettext(
        "Für %(count)s Gebiet fehlt der Wert; die übrigen tragen %(share)s des Gewichts.",
        "Für %(count)s Gebiete fehlt der Wert; die übrigen tragen %(share)s des Gewichts.",
        count,
    )
    return text % {"count": count, "share": share}


def _named(asked: GroupAsked, codes: tuple[str, ...]) -> str:
    names = [area.name for area in asked.areas if area.code in codes]
    if len(names) <= LISTED:
        return ", ".join(names) or _("mindestens einem Gebiet")
    return _("%(names)s und %(count)s weiteren") % {
        "names": ", ".join(names[:LISTED]),
        "count": len(names) - LISTED,
    }


def _signs(rows: list[GroupRow]) -> list[tuple[str, str]]:
    used = {SIGNS.get(Status(row.figure.status), "") for row in rows}
    used |= {"( )" for row in rows if row.figure.status == Status.ESTIMATED}
    used |= {"J" for row in rows if row.figure.status == Status.JOINT}
    return [(sign, meaning) for sign, meaning in SIGN_MEANINGS if sign in used]


def flat_rows(groups: list[GroupRows]) -> list[GroupRow]:
    """All rows in the order of the catalogue."""
    return [row for group in groups for row in group.rows]
