"""Small maps of stored results for paper: the drawings of the pages, with colours of their own."""

from collections.abc import Mapping, Sequence

from atlas import colours
from atlas.reports.document import Cell, Picture
from atlas.reports.drawings import styled, svg_document

WIDTH = 82  # mm
_BASE = (
    "path{stroke:#ffffff;stroke-width:.8;stroke-linejoin:round}.is-missing{fill:url(#thumbnail-missing)}"
    ".is-suppressed{fill:url(#thumbnail-secret)}.hatch-ground,.dot-ground{fill:#ffffff}.hatch-line{fill:#8fa7aa}"
    ".dot{fill:#557076}.thumbnail__lines{fill:none;stroke:#c2410c;stroke-width:5}"
)
SWATCH_WIDTH, SWATCH_HEIGHT = 5.0, 3.0  # mm


def classed_map(
    svg: str, shades: Mapping[str, str], *, alternative: str, name: str, caption: str = ""
) -> Picture | None:
    """A drawing whose classes of CSS have these colours; None for "", while no boundaries are published."""
    if not svg:
        return None
    css = _BASE + "".join(f".{one}{{fill:{colour}}}" for one, colour in shades.items())
    return styled(svg, css, width=WIDTH, alternative=alternative, name=name, caption=caption)


def shades_of(count: int) -> list[str]:
    """The colours of that many classes, the lowest first."""
    return colours.sequential(count)


def swatch_cell(text: str, colour: str, *, note: str = "") -> Cell:
    """A cell with a field of the map's colour before it."""
    field = (
        f'<rect x="0.1" y="0.1" width="{SWATCH_WIDTH - 0.2:g}" height="{SWATCH_HEIGHT - 0.2:g}" fill="{colour}" '
        'stroke="#557076" stroke-width="0.2"/>'
    )
    svg = svg_document(field, view=f"0 0 {SWATCH_WIDTH:g} {SWATCH_HEIGHT:g}", title=text)
    return Cell(text, note=note, swatch=Picture(svg, text, "feld", SWATCH_WIDTH, SWATCH_HEIGHT))


def members_said(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Which areas belong to which class, for those who do not see the map."""
    return " ".join(f"{label}: {', '.join(names)}." for label, names in groups if names)
