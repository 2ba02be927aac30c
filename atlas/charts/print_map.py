"""A map for paper: areas in colours with textures, borders, names with halos, a scale bar. Pure SVG text, no Django.

All areas of a class are one path, and all borders another: a printed atlas holds many maps, and what a map costs is its
number of shapes and points.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from areas.geometry.drawing import Drawing
from atlas import colours
from atlas.charts.print_labels import PrintLabel
from atlas.charts.textures import Fill, definitions, painted

EDGE = 1.2  # mm around the map, for lines that lie on its border
AREA_CASING, AREA_LINE, GROUP_LINE, OUTER_LINE, PLAN_LINE, HALO = 0.42, 0.13, 0.5, 0.4, 0.65, 0.5  # mm
MARK_LINE, MARK_CASING = 0.8, 1.7  # mm: around areas that a map is about
POINT = 0.3528  # mm
BORDER, GROUP_BORDER = "#4d686f", "#1c2b30"


@dataclass(frozen=True)
class PrintMap:
    """What is to be drawn: the class of each area by its code, or the sign it has instead ("missing", "suppressed").

    `plan` are action areas, `marked` those that the map is about; both are outlined.
    """

    fills: Sequence[Fill]
    classes: Mapping[str, int]
    signs: Mapping[str, str]
    joint: frozenset[str] = frozenset()
    groups: Mapping[str, object] = field(default_factory=dict)
    plan: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    labels: Sequence[PrintLabel] = ()
    description: str = ""
    scale_km: float = 0
    family: str = "sans-serif"


def print_map_svg(map_: PrintMap, drawing: Drawing, width: float) -> str:
    """A complete SVG document of `width` millimetres (its height: `print_map_height`)."""
    unit = drawing.width / (width - 2 * EDGE)  # drawing units per mm
    edge = EDGE * unit
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-edge:.2f} {-edge:.2f} {drawing.width + 2 * edge:.2f} '
        f'{drawing.height + 2 * edge:.2f}" font-family="{map_.family}"><title>{escape(map_.description)}</title>',
        definitions(map_.fills, unit),
        *_surfaces(map_, drawing),
        *_borders(map_, drawing, unit),
        *_labels(map_.labels, unit),
        _scale_bar(map_.scale_km, drawing, unit) if map_.scale_km else "",
        "</svg>",
    ]
    return "".join(parts)


def print_map_height(drawing: Drawing, width: float) -> float:
    """Height in millimetres of a map of `width`."""
    return round((width - 2 * EDGE) * drawing.height / drawing.width + 2 * EDGE, 2)


def _surfaces(map_: PrintMap, drawing: Drawing) -> list[str]:
    of_class: dict[int, list[str]] = defaultdict(list)
    of_sign: dict[str, list[str]] = defaultdict(list)
    for code, path in drawing.paths.items():
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
    codes = list(drawing.paths)
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


def _scale_bar(km: float, drawing: Drawing, unit: float) -> str:
    """A bar of `km` kilometres in the lower right corner."""
    length = km * 1000 / drawing.metres_per_unit
    right, y, tick = drawing.width - 0.5 * unit, drawing.height - 1.2 * unit, 1.1 * unit
    left = right - length
    size = 7 * POINT * unit
    bar = f'<path d="M{left:.1f} {y - tick:.1f}V{y:.1f}H{right:.1f}V{y - tick:.1f}" fill="none" '
    text = f'<text x="{(left + right) / 2:.1f}" y="{y - 0.9 * unit:.1f}" text-anchor="middle" font-size="{size:.2f}" '
    return f'{bar}stroke="{colours.INK}" stroke-width="{0.25 * unit:.2f}"/>{text}fill="{colours.INK}">{km:g} km</text>'
