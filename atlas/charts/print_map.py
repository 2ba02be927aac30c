"""A map for paper: areas in colours with textures, borders, names with halos, a scale bar. Pure SVG text, no Django.

All areas of a class are one path, and all borders another: a printed atlas holds many maps, and what a map costs is its
number of shapes and points.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import shapely

from areas.geometry.drawing import Drawing
from atlas import colours
from atlas.charts.print_labels import PrintLabel
from atlas.charts.textures import Fill, definitions, painted

EDGE = 1.2  # mm around the map, for lines that lie on its border
AREA_CASING, AREA_LINE, GROUP_LINE, OUTER_LINE, PLAN_LINE, HALO = 0.42, 0.13, 0.5, 0.4, 0.65, 0.5  # mm
MARK_LINE, MARK_CASING = 0.8, 1.7  # mm: around areas that a map is about
POINT = 0.3528  # mm
BORDER, GROUP_BORDER = "#4d686f", "#1c2b30"
AROUND, AROUND_LINE = "#eef1f1", "#c3cdcf"  # areas around those that a map is about
FREE = 0.05  # of its size that is left free around what a window shows
FLATTEST, STEEPEST = 0.62, 0.95  # height of a window of width 1


@dataclass(frozen=True)
class Window:
    """The part of a drawing that a map shows, in drawing units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PrintMap:
    """What is to be drawn: the class of each area by its code, or the sign it has instead ("missing", "suppressed").

    `plan` are action areas, `marked` those that the map is about; both are outlined. Where `only` names areas, all
    others are pale surroundings.
    """

    fills: Sequence[Fill]
    classes: Mapping[str, int]
    signs: Mapping[str, str]
    joint: frozenset[str] = frozenset()
    groups: Mapping[str, object] = field(default_factory=dict)
    plan: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    labels: Sequence[PrintLabel] = ()
    description: str = ""
    scale_km: float = 0
    family: str = "sans-serif"


def print_map_svg(map_: PrintMap, drawing: Drawing, width: float, window: Window | None = None) -> str:
    """A complete SVG document of `width` millimetres (its height: `print_map_height`, `window_height`)."""
    shown = window or Window(0, 0, drawing.width, drawing.height)
    unit = shown.width / (width - 2 * EDGE)  # drawing units per mm
    edge = EDGE * unit
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{shown.x - edge:.2f} {shown.y - edge:.2f} '
        f'{shown.width + 2 * edge:.2f} {shown.height + 2 * edge:.2f}" font-family="{map_.family}">'
        f"<title>{escape(map_.description)}</title>",
        definitions(map_.fills, unit),
        *(_around(map_.only, drawing, shown, unit) if map_.only else ()),
        *_surfaces(map_, drawing),
        *_borders(map_, drawing, unit),
        *_labels(map_.labels, unit),
        _scale_bar(map_.scale_km, drawing, shown, unit) if map_.scale_km else "",
        "</svg>",
    ]
    return "".join(parts)


def print_map_height(drawing: Drawing, width: float) -> float:
    """Height in millimetres of a map of `width`."""
    return window_height(Window(0, 0, drawing.width, drawing.height), width)


def window_height(window: Window, width: float) -> float:
    """Height in millimetres of a map of `width` that shows a window."""
    return round((width - 2 * EDGE) * window.height / window.width + 2 * EDGE, 2)


def window_of(drawing: Drawing, codes: Collection[str]) -> Window:
    """A window around some areas with a little free space, neither very flat nor very steep."""
    left, top, right, bottom = map(float, shapely.total_bounds([drawing.polygons[code] for code in codes]))
    free = FREE * max(right - left, bottom - top)
    wide, high = right - left + 2 * free, bottom - top + 2 * free
    wide, high = max(wide, high / STEEPEST), max(high, wide * FLATTEST)
    return Window((left + right - wide) / 2, (top + bottom - high) / 2, wide, high)


def _around(only: frozenset[str], drawing: Drawing, window: Window, unit: float) -> list[str]:
    """The areas that a map is not about, as far as they reach into its window."""
    box = (window.x, window.y, window.x + window.width, window.y + window.height)
    polygons = [polygon for code, polygon in drawing.polygons.items() if code not in only]
    pieces = shapely.get_parts(shapely.clip_by_rect(polygons, *box))
    rings = [ring for piece in pieces if piece.geom_type == "Polygon" for ring in (piece.exterior, *piece.interiors)]
    path = "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)
    line = f'stroke="{AROUND_LINE}" stroke-width="{AREA_LINE * unit:.3f}" stroke-linejoin="round"'
    return [f'<path d="{path}" fill-rule="evenodd" fill="{AROUND}" {line}/>'] if path else []


def _surfaces(map_: PrintMap, drawing: Drawing) -> list[str]:
    of_class: dict[int, list[str]] = defaultdict(list)
    of_sign: dict[str, list[str]] = defaultdict(list)
    for code, path in drawing.paths.items():
        if map_.only and code not in map_.only:
            continue
        if code in map_.classes:
            of_class[map_.classes[code]].append(path)
        else:
            of_sign[map_.signs.get(code, "missing")].append(path)
    parts = [
        painted(f'<path d="{"".join(paths)}" fill-rule="evenodd"', number, map_.fills[number])
        for number, paths in sorted(of_class.items())
    ]
    of_sign["joint"] = [drawing.paths[code] for code in sorted(map_.joint) if code in drawing.paths]
    parts += [
        f'<path d="{"".join(paths)}" fill-rule="evenodd" fill="url(#{sign})"/>'
        for sign, paths in sorted(of_sign.items(), key=lambda each: each[0] == "joint")
        if paths
    ]
    return parts


def _borders(map_: PrintMap, drawing: Drawing, unit: float) -> list[str]:
    codes = [code for code in drawing.paths if not map_.only or code in map_.only]
    inner = drawing.mesh({code: code for code in codes})
    lines = [_line(inner, "#ffffff", AREA_CASING * unit), _line(inner, BORDER, AREA_LINE * unit)]
    lines.append(_line(drawing.mesh(map_.groups), GROUP_BORDER, GROUP_LINE * unit) if map_.groups else "")
    lines.append(_line(drawing.outline(codes), GROUP_BORDER, OUTER_LINE * unit))
    if map_.plan:
        around, stroke = drawing.outline(map_.plan), PLAN_LINE * unit
        dash = f"{2.2 * unit:.2f} {1.3 * unit:.2f}"
        lines += [_line(around, "#ffffff", stroke * 2.1), _line(around, colours.ACCENT, stroke, dash)]
    if map_.marked:
        around = drawing.outline(map_.marked)
        lines += [_line(around, "#ffffff", MARK_CASING * unit), _line(around, colours.ACCENT, MARK_LINE * unit)]
    return lines


def _line(path: str, stroke: str, width: float, dash: str = "") -> str:
    if not path:
        return ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ' stroke-linecap="round"'
    return (
        f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:.3f}" stroke-linejoin="round"{dashes}/>'
    )


def _labels(labels: Sequence[PrintLabel], unit: float) -> list[str]:
    """Names in dark letters on a white halo; the halo is a text of its own, as PDF strokes what it has filled."""
    parts = []
    halo = f'stroke="#ffffff" stroke-width="{2 * HALO * unit:.2f}" stroke-linejoin="round" fill="#ffffff"'
    for look in (halo, f'fill="{colours.INK}"'):
        for label in labels:
            size = label.points * POINT * unit
            parts.append(
                f'<text x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="middle" font-size="{size:.2f}" '
                f'font-weight="600" {look}>{escape(label.text)}</text>'
            )
    return parts


def _scale_bar(km: float, drawing: Drawing, shown: Window, unit: float) -> str:
    """A bar of `km` kilometres in the lower right corner."""
    length = km * 1000 / drawing.metres_per_unit
    right, y, tick = shown.x + shown.width - 0.5 * unit, shown.y + shown.height - 1.2 * unit, 1.1 * unit
    left = right - length
    size = 7 * POINT * unit
    bar = f'<path d="M{left:.1f} {y - tick:.1f}V{y:.1f}H{right:.1f}V{y - tick:.1f}" fill="none" '
    text = f'<text x="{(left + right) / 2:.1f}" y="{y - 0.9 * unit:.1f}" text-anchor="middle" font-size="{size:.2f}" '
    return f'{bar}stroke="{colours.INK}" stroke-width="{0.25 * unit:.2f}"/>{text}fill="{colours.INK}">{km:g} km</text>'
