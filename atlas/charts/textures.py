"""Colours with textures for printed maps: classes can be told apart in grey and without colour. Pure, no Django.

Textures are tone in tone and fine: darker marks on light classes, lighter ones on dark classes, so that the order from
light to dark stays what is seen first. Neighbouring classes never carry the same texture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from atlas import colours

PLAIN, DOTS, LINES, LEVEL, BACK, CROSS = "plain", "dots", "lines", "level", "back", "cross"
_SEQUENTIAL = {
    1: (LINES,),
    2: (PLAIN, LINES),
    3: (PLAIN, DOTS, LINES),
    4: (PLAIN, DOTS, LINES, BACK),
    5: (PLAIN, DOTS, LINES, BACK, PLAIN),
    6: (PLAIN, DOTS, LINES, LEVEL, BACK, PLAIN),
    7: (PLAIN, DOTS, LINES, LEVEL, BACK, DOTS, PLAIN),
}
_DIVERGING = {1: (PLAIN,), 7: (CROSS, LEVEL, LEVEL, PLAIN, DOTS, DOTS, LINES)}
TILE = {DOTS: 0.95, LINES: 0.95, LEVEL: 1.0, BACK: 0.95, CROSS: 1.25}  # mm from mark to mark
STROKE, RADIUS = 0.17, 0.15  # mm
HATCH, HATCH_LINE, GREY_DOT = 1.5, 0.28, 0.24  # mm: signs of areas without a value
SIGN_INK, SIGN_SOFT = "#5c696d", "#7d8e93"


@dataclass(frozen=True)
class Fill:
    """How one class is printed: its colour, its texture and the colour of the marks."""

    colour: str
    texture: str
    mark: str


def fills(count: int, scale: str = "petrol", *, is_change: bool = False) -> list[Fill]:
    """Fills of `count` classes (1 to 7), lowest first; changes have seven around zero, or one.

    >>> [fill.texture for fill in fills(4)]
    ['plain', 'dots', 'lines', 'back']
    """
    if is_change:
        count = 7 if count > 1 else 1
    palette = colours.diverging(count) if is_change else colours.sequential(count, scale)
    textures = (_DIVERGING if is_change else _SEQUENTIAL)[count]
    return [Fill(colour, texture, _mark(colour, texture)) for colour, texture in zip(palette, textures, strict=True)]


def _mark(colour: str, texture: str) -> str:
    """A tone that stands out from a colour without shouting; dots are small and need more of it."""
    if colours.is_dark(colour):
        return colours.mix((colour, "#ffffff"), 0.62)
    return colours.mix((colour, "#0e3a47"), 0.62 if texture == DOTS else 0.5)


def definitions(used: Sequence[Fill], unit: float) -> str:
    """SVG patterns `t0`, `t1` … of the fills, `missing`, `suppressed` and `joint`; `unit` is the length of 1 mm."""
    return f"<defs>{''.join(_pattern(n, fill, unit) for n, fill in enumerate(used))}{_signs(unit)}</defs>"


def _pattern(number: int, fill: Fill, unit: float) -> str:
    if fill.texture == PLAIN:
        return ""
    size = TILE[fill.texture] * unit
    turn = {LINES: 45, BACK: -45, DOTS: 45, CROSS: 45}.get(fill.texture, 0)
    half, stroke = size / 2, STROKE * unit
    marks = {
        DOTS: f'<circle cx="{half:.3f}" cy="{half:.3f}" r="{RADIUS * unit:.3f}" fill="{fill.mark}"/>',
        CROSS: _bar(size, stroke, fill.mark) + _bar(size, stroke, fill.mark, upright=True),
    }.get(fill.texture, _bar(size, stroke, fill.mark))
    return _tile(f"t{number}", size, turn, marks)


def _bar(size: float, stroke: float, colour: str, *, upright: bool = False) -> str:
    at, length = (size - stroke) / 2, size
    box = (
        f'x="{at:.3f}" y="0" width="{stroke:.3f}" height="{length:.3f}"'
        if upright
        else f'x="0" y="{at:.3f}" width="{length:.3f}" height="{stroke:.3f}"'
    )
    return f'<rect {box} fill="{colour}"/>'


def _tile(name: str, size: float, turn: int, marks: str) -> str:
    turned = f' patternTransform="rotate({turn})"' if turn else ""
    return (
        f'<pattern id="{name}" width="{size:.3f}" height="{size:.3f}" patternUnits="userSpaceOnUse"{turned}>'
        f"{marks}</pattern>"
    )


def _signs(unit: float) -> str:
    hatch, dots = HATCH * unit, 1.1 * unit
    ground = f'<rect width="{dots:.3f}" height="{dots:.3f}" fill="{colours.SUPPRESSED}"/>'
    dot = f'<circle cx="{dots / 2:.3f}" cy="{dots / 2:.3f}" r="{GREY_DOT * unit:.3f}" fill="{SIGN_INK}"/>'
    white = f'<rect width="{hatch:.3f}" height="{hatch:.3f}" fill="{colours.MISSING}"/>'
    return (
        _tile("missing", hatch, 45, white + _bar(hatch, HATCH_LINE * unit, SIGN_SOFT))
        + _tile("suppressed", dots, 0, ground + dot)
        + _tile("joint", 2 * unit, 90, _bar(2 * unit, 0.2 * unit, "#465a60"))
    )


def painted(shape: str, number: int, fill: Fill) -> str:
    """A shape in a fill: `shape` is an element up to its attributes, such as `<path d="…"`."""
    colour = f'{shape} fill="{fill.colour}"/>'
    return colour if fill.texture == PLAIN else f'{colour}{shape} fill="url(#t{number})"/>'
