"""Where the offices of the plan are: numbered marks on a map, with the same numbers in the list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from actionplan.models import Office
from areas.geometry.drawing import Drawing
from areas.models import AreaLevel
from atlas.charts.locator import GRID, coarse_path
from atlas.charts.thumbnail import thumbnail_svg
from atlas.drawings import level_drawing

NEAR = 4  # drawing units: marks nearer to each other are one mark with both numbers
RADIUS = 9  # of a mark, in units of the coarse drawing


@dataclass(frozen=True)
class OfficeMap:
    """Offices whose position is recorded; `numbers` by key of the office."""

    svg: str
    numbers: dict[int, int]


def numbered(offices: Sequence[Office]) -> dict[int, int]:
    """Numbers of the offices that have a position, by key, in their order."""
    return {office.pk: n for n, office in enumerate((o for o in offices if o.wgs84 is not None), 1)}


def office_marks(offices: Sequence[Office], drawing: Drawing) -> str:
    """Their marks as SVG elements for a coarse map; "" where no position is recorded."""
    spots: list[tuple[float, float, list[int]]] = []
    numbers = numbered(offices)
    for office in offices:
        if office.wgs84 is None:
            continue
        x, y = drawing.place(office.wgs84.x, office.wgs84.y)
        near = next((spot for spot in spots if abs(spot[0] - x) + abs(spot[1] - y) < NEAR), None)
        if near:
            near[2].append(numbers[office.pk])
        else:
            spots.append((x, y, [numbers[office.pk]]))
    return "".join(_mark(x / GRID, y / GRID, found) for x, y, found in spots)


def office_map(offices: Sequence[Office], *, here: Collection[str] = ()) -> OfficeMap | None:
    """Marks on the map of the city, areas `here` highlighted. None without positions or boundaries. 0 to 3 queries."""
    numbers = numbered(offices)
    level = AreaLevel.objects.filter(is_reporting=True).first() if numbers else None
    drawing = level_drawing(level.slug) if level else None
    if drawing is None:
        return None
    text = _("Karte der Stadt mit der Lage der Büros; ihre Nummern stehen in der Liste.")
    svg = thumbnail_svg(
        {code: coarse_path(path) for code, path in drawing.paths.items()},
        size=(drawing.width / GRID, drawing.height / GRID),
        classes={code: "is-plan" if code in here else "is-plain" for code in drawing.paths},
        text=text,
        on_top=office_marks(offices, drawing),
    )
    return OfficeMap(svg, numbers)


def _mark(x: float, y: float, numbers: Sequence[int]) -> str:
    label = escape(", ".join(map(str, numbers)))
    half = RADIUS + 3.4 * (len(label) - 1)
    return (
        f'<g class="office-spot" transform="translate({x:.1f} {y:.1f})"><rect x="{-half:g}" y="{-RADIUS}" '
        f'width="{2 * half:g}" height="{2 * RADIUS}" rx="{RADIUS}"/><text y="4.5">{label}</text></g>'
    )
