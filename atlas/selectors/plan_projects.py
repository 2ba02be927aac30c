"""Where the projects of a list work: counted by area, drawn and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import AreaLevel
from atlas.charts.area_map import area_map_svg
from atlas.drawings import level_drawing

STARTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # smallest counts of the classes
MOST_CLASSES = 5
_COLOURS = {1: (4,), 2: (2, 5), 3: (1, 3, 5), 4: (1, 3, 4, 6), 5: (1, 2, 3, 5, 6)}  # of the six of the stylesheet


@dataclass(frozen=True)
class CountClass:
    """A class of the map: `least` to `most` projects (None: no upper end) and its colour of the stylesheet."""

    least: int
    most: int | None
    css: str

    @property
    def label(self) -> str:
        """As it stands in the legend."""
        if self.most is None:
            return _("%(least)d und mehr") % {"least": self.least}
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True)
class AreaCount:
    """Projects in one area; `css` is the colour of its class."""

    code: str
    name: str
    count: int
    url: str
    css: str


@dataclass(frozen=True)
class ProjectMap:
    """Number of projects by area: most first in `rows`; areas without any are only counted (`empty`)."""

    svg: str
    rows: tuple[AreaCount, ...]
    classes: tuple[CountClass, ...]
    empty: int


def count_classes(largest: int) -> tuple[CountClass, ...]:
    """Classes for counts from 1 to `largest`, at most MOST_CLASSES; the last one is open upwards where it is wider.

    >>> [c.label for c in count_classes(13)]
    ['1', '2–4', '5–9', '10 und mehr']
    >>> count_classes(0)
    ()
    """
    starts = [start for start in STARTS if start <= largest][-MOST_CLASSES:]
    if not starts:
        return ()
    starts[0] = 1
    ends = [start - 1 for start in starts[1:]] + [None]
    if starts[-1] == largest:
        ends[-1] = largest
    colours = _COLOURS[len(starts)]
    return tuple(
        CountClass(least, most, f"class-{colour}") for least, most, colour in zip(starts, ends, colours, strict=True)
    )


def project_map(counts: Mapping[str, int], *, address: str) -> ProjectMap | None:
    """Counts by code of the reporting level; `address` ends where the code of an area goes.

    None where no boundaries are published. 2 queries, one more when they are drawn for the first time.
    """
    level = AreaLevel.objects.filter(is_reporting=True).first()
    drawing = level_drawing(level.slug) if level else None
    if drawing is None:
        return None
    classes = count_classes(max(counts.values(), default=0))
    css = {code: _css(counts.get(code, 0), classes) for code in drawing.paths}
    names = {code: drawing.properties[code]["name"] for code in drawing.paths}
    rows = [
        AreaCount(code, names[code], counts[code], f"{address}{code}", css[code]) for code in names if code in counts
    ]
    rows.sort(key=lambda row: (-row.count, row.name))
    svg = area_map_svg(
        drawing,
        classes=css,
        links={row.code: (row.url, f"{row.name}: {told(row.count)}") for row in rows},
        label=_("Karte: Zahl der Projekte je Sozialraum; dieselben Zahlen stehen in der Tabelle darunter."),
    )
    return ProjectMap(svg, tuple(rows), classes, len(names) - len(rows))


def told(count: int) -> str:
    """A number of projects in words."""
    return ngettext("%(count)d Projekt", "%(count)d Projekte", count) % {"count": count}


def _css(count: int, classes: tuple[CountClass, ...]) -> str:
    return next((c.css for c in reversed(classes) if count >= c.least), "is-empty")
