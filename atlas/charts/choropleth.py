"""The map drawn on the server: for readers without script, for thumbnails and for download. Pure SVG text.

Colours are attributes with values of `atlas.colours`, so that the picture is complete in itself; no style, no
script, no reference to anything outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

from areas.geometry.drawing import Drawing
from atlas import colours
from atlas.charts.placing import Name, names_that_fit

MARGIN, FONT = 24, "Sozialportal Sans, Source Sans 3, sans-serif"
ABOVE = 22  # units over the title
TITLE, SUBTITLE = (30, 36), (17, 28)  # sizes of letters and of lines
_LETTER = 0.52  # of the size of letters: how wide one is, generously
SMALLEST_LABEL = 5.2  # drawing units of free radius per letter of a name, below which the name is left out


@dataclass(frozen=True)
class ShownArea:
    """One area on the map: its class (None: no value), what its tooltip says, where it leads."""

    code: str
    name: str
    number_class: int | None
    text: str
    pattern: str = ""  # "missing", "suppressed" or "joint"
    href: str = ""
    is_selected: bool = False


@dataclass(frozen=True)
class Choropleth:
    """What is to be drawn; legend texts go with the classes in order."""

    areas: Sequence[ShownArea]
    palette: Sequence[str]
    legend: Sequence[tuple[str, int]] = ()
    title: str = ""
    subtitle: str = ""
    caption: Sequence[str] = ()
    description: str = ""
    plan: frozenset[str] = frozenset()
    plan_text: str = ""
    districts: Mapping[str, str] = field(default_factory=dict)
    pattern_texts: Mapping[str, str] = field(default_factory=dict)
    with_labels: bool = True
    language: str = "de"
    shown_width: int | None = None  # how wide the picture is when nobody scales it; else one unit is one pixel


def choropleth_svg(map_: Choropleth, drawing: Drawing) -> str:
    """A complete SVG document: map, and where given head, legend, sources."""
    heading = _heading(map_, drawing.width) if map_.title else []
    head = ABOVE + sum(height for _element, height in heading) if heading else 0
    foot = _legend_height(map_) + 22 * len(map_.caption) + (MARGIN if map_.legend or map_.caption else 0)
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN + head + foot
    scale = (map_.shown_width or width) / width
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width * scale:g}" '
        f'height="{height * scale:g}" role="img" xml:lang="{map_.language}" font-family="{FONT}">',
        f"<title>{escape(map_.title or map_.description)}</title><desc>{escape(map_.description)}</desc>",
        _patterns(),
        f'<rect width="100%" height="100%" fill="{colours.PAPER}"/>' if head or foot else "",
        _stacked(heading),
        f'<g transform="translate({MARGIN} {MARGIN + head})">{_map(map_, drawing)}</g>',
        _foot(map_, drawing.height + 2 * MARGIN + head) if foot else "",
        "</svg>",
    ]
    return "".join(parts)


def _map(map_: Choropleth, drawing: Drawing) -> str:
    shown = [area for area in map_.areas if area.code in drawing.paths]
    parts = [_area(area, map_, drawing) for area in shown]
    parts.append(_lines(drawing.mesh(map_.districts), "#ffffff", 2.6) if map_.districts else "")
    if map_.plan:
        parts.append(_lines(drawing.outline(map_.plan), colours.ACCENT, 2.4, dash="7 4"))
    parts += [_lines(drawing.outline([a.code]), colours.INK, 4) for a in shown if a.is_selected]
    if map_.with_labels:
        parts += [_label(area, map_, drawing) for area in _labelled(shown, drawing)]
    return "".join(parts)


def _area(area: ShownArea, map_: Choropleth, drawing: Drawing) -> str:
    fill = map_.palette[area.number_class] if area.number_class is not None else f"url(#{area.pattern or 'missing'})"
    path = (
        f'<path d="{drawing.paths[area.code]}" fill="{fill}" fill-rule="evenodd" stroke="#ffffff" stroke-width="1.2" '
        f'stroke-linejoin="round"><title>{escape(area.text)}</title></path>'
    )
    if area.pattern == "joint" and area.number_class is not None:
        path += f'<path d="{drawing.paths[area.code]}" fill="url(#joint)" pointer-events="none"/>'
    if not area.href:
        return path
    return f'<a href="{escape(area.href)}" target="_parent" aria-label="{escape(area.text)}">{path}</a>'


def _labelled(shown: Sequence[ShownArea], drawing: Drawing) -> list[ShownArea]:
    """Areas whose names fit into them and touch no other name."""
    names = []
    for area in shown:
        place = drawing.labels.get(area.code)
        if place and place.radius >= SMALLEST_LABEL * len(area.name) / 2:
            names.append(Name(area.code, area.name, place.x, place.y, place.radius))
    kept = names_that_fit(names)
    return [area for area in shown if area.code in kept]


def _label(area: ShownArea, map_: Choropleth, drawing: Drawing) -> str:
    place = drawing.labels[area.code]
    dark = area.number_class is not None and colours.is_dark(map_.palette[area.number_class])
    ink, halo = ("#ffffff", colours.INK) if dark else (colours.INK, "#ffffff")
    return (
        f'<text x="{place.x:g}" y="{place.y + 5:g}" text-anchor="middle" font-size="15" font-weight="600" fill="{ink}" '
        f'stroke="{halo}" stroke-width="3" stroke-opacity="0.55" paint-order="stroke" stroke-linejoin="round" '
        f'pointer-events="none">{escape(area.name)}</text>'
    )


def _lines(path: str, stroke: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round" '
        f'stroke-linecap="round"{dashes} pointer-events="none"/>'
    )


def _patterns() -> str:
    return (
        "<defs>"
        '<pattern id="missing" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="{colours.MISSING}"/><rect width="1.6" height="7" fill="#8a9ba0"/></pattern>'
        '<pattern id="suppressed" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<rect width="7" height="7" fill="{colours.SUPPRESSED}"/><circle cx="3" cy="3" r="1.2" fill="#5c696d"/>'
        "</pattern>"
        '<pattern id="joint" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        f'<rect width="1" height="5" fill="{colours.INK}" fill-opacity="0.55"/></pattern>'
        "</defs>"
    )


def _heading(map_: Choropleth, width: float) -> list[tuple[str, int]]:
    """Title and subtitle in as many lines as they need: elements without their height, and how much each takes."""
    lines = []
    for text, (size, height), look in (
        (map_.title, TITLE, f'font-weight="600" fill="{colours.INK}"'),
        (map_.subtitle, SUBTITLE, 'fill="#557076"'),
    ):
        for line in wrap(text, int(width / (size * _LETTER))):
            lines.append((f' font-size="{size}" {look}>{escape(line)}</text>', height))
    return lines


def _stacked(lines: Sequence[tuple[str, int]]) -> str:
    parts, top = [], ABOVE
    for element, height in lines:
        top += height
        parts.append(f'<text x="{MARGIN}" y="{top - 6}"{element}')
    return "".join(parts)


def _legend_entries(map_: Choropleth) -> list[tuple[str, str]]:
    entries = [(map_.palette[i], f"{text} ({count})") for i, (text, count) in enumerate(map_.legend)]
    return entries + [(f"url(#{name})", text) for name, text in map_.pattern_texts.items()]


def _legend_height(map_: Choropleth) -> int:
    rows = -(-len(_legend_entries(map_)) // 3) if map_.legend else 0
    return rows * 30 + (30 if map_.plan and map_.plan_text else 0)


def _foot(map_: Choropleth, top: float) -> str:
    parts, y = [], top
    for number, (fill, text) in enumerate(_legend_entries(map_) if map_.legend else []):
        x, y = MARGIN + number % 3 * 330, top + number // 3 * 30
        parts.append(
            f'<rect x="{x}" y="{y:g}" width="26" height="18" rx="3" fill="{fill}" stroke="#8a9ba0" stroke-width="0.8"/>'
            + _text(x + 36, y + 15, 16, text)
        )
    if map_.plan and map_.plan_text:
        y += 30
        parts.append(_lines(f"M{MARGIN},{y + 9:g}h26", colours.ACCENT, 2.4, dash="7 4"))
        parts.append(_text(MARGIN + 36, y + 15, 16, map_.plan_text))
    start = top + _legend_height(map_) + MARGIN
    for number, line in enumerate(map_.caption):
        parts.append(_text(MARGIN, start + number * 22, 14, line, fill="#557076"))
    return "".join(parts)


def _text(x: float, y: float, size: int, text: str, fill: str = colours.INK) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}">{escape(text)}</text>'
