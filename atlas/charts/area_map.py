"""A map whose areas belong to named groups, coloured by the stylesheet. Pure calculation, no Django."""

from collections.abc import Collection, Hashable, Mapping
from html import escape

from areas.geometry.drawing import Drawing
from atlas.charts.placing import Name, names_that_fit

LETTER_ROOM = 4.6  # drawing units of free radius per letter of a name, below which the name is left out


def area_map_svg(
    drawing: Drawing,
    *,
    classes: Mapping[str, str],
    links: Mapping[str, tuple[str, str]],
    label: str,
    plan: Collection[str] = (),
    groups: Mapping[str, Hashable] | None = None,
    named: Collection[str] = (),
    css: str = "",
) -> str:
    """An SVG element: areas with the CSS `classes` of their codes (none: hatched), `links` (address, text) by code.

    Areas of `plan` get the dashed line, `groups` thicker borders between them, names stand in `named` areas where they
    fit. It is one picture called `label` for screen readers and skipped by the Tab key: offer the same links as text.
    """
    shapes = "".join(_shape(code, path, classes, links.get(code)) for code, path in drawing.paths.items())
    mesh = f'<path class="area-map__mesh" d="{drawing.mesh(groups)}"/>' if groups else ""
    outline = f'<path class="area-map__plan" d="{drawing.outline(plan)}"/>' if plan else ""
    names = "".join(_name(drawing, code) for code in _fitting(drawing, named))
    return (
        f'<svg class="area-map {escape(css)}" viewBox="-3 -3 {drawing.width + 6:.0f} {drawing.height + 6:.0f}" '
        f'role="group" aria-label="{escape(label)}" focusable="false">{_HATCHING}'
        f'<g aria-hidden="true">{shapes}{mesh}{outline}{names}</g></svg>'
    )


def _shape(code: str, path: str, classes: Mapping[str, str], link: tuple[str, str] | None) -> str:
    shape = f'<path class="{escape(classes.get(code, "is-missing"))}" d="{path}">'
    if link is None:
        return f"{shape}</path>"
    address, text = link
    return f'<a href="{escape(address)}" tabindex="-1">{shape}<title>{escape(text)}</title></path></a>'


def _fitting(drawing: Drawing, named: Collection[str]) -> list[str]:
    names = []
    for code in named:
        place, name = drawing.labels.get(code), drawing.properties.get(code, {}).get("name", "")
        if place and place.radius >= LETTER_ROOM * len(name) / 2:
            names.append(Name(code, name, place.x, place.y, place.radius))
    kept = names_that_fit(names)
    return [code for code in named if code in kept]


def _name(drawing: Drawing, code: str) -> str:
    place = drawing.labels[code]
    return f'<text x="{place.x:g}" y="{place.y + 5:g}">{escape(drawing.properties[code]["name"])}</text>'


_HATCHING = (
    '<defs><pattern id="area-map-missing" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/>'
    '<rect class="hatch-line" width="1.6" height="7"/></pattern></defs>'
)
