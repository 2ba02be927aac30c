"""Small map that shows where an area lies. Pure calculation, no Django."""

import itertools
from collections.abc import Collection, Mapping
from html import escape

GRID = 3  # drawing units; a locator is drawn at about a third of the drawing's size


def coarse_path(path: str, grid: int = GRID) -> str:
    """An absolute path (`M…L…Z`) on a coarse grid, in relative steps: a fifth of the bytes.

    Points of shared borders land on the same grid points from both sides, so neighbours stay neighbours. Rings
    smaller than the grid disappear.

    >>> coarse_path("M0,0L9,0L9,9L8.9,9.2L0,9Z")
    'M0 0l3 0 0 3-3 0z'
    """
    return "".join(_ring(ring, grid) for ring in path.split("Z") if ring)


def locator_svg(
    paths: Mapping[str, str],
    *,
    size: tuple[float, float],
    links: Mapping[str, tuple[str, str]],
    here: Collection[str] = (),
    on_top: str = "",
    plan: Collection[str] = (),
) -> str:
    """The map as an SVG element: `paths` from `coarse_path`, `size` of the drawing in its own units.

    `links` gives (address, name) of areas that lead somewhere; `here` are the codes of the areas shown, or `on_top`
    the path of an area of another level; `plan` are action areas. It is hidden from screen readers and skipped by
    the Tab key: whoever uses it must offer the same links as text beside it.
    """
    width, height = (value / GRID for value in size)
    shapes = [_shape(code, path, links.get(code), _classes(code, here, plan)) for code, path in paths.items()]
    if on_top:
        shapes.append(f'<path class="is-here" d="{on_top}"/>')
    return (
        f'<svg class="locator" viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" aria-hidden="true" focusable="false">'
        f"{''.join(shapes)}</svg>"
    )


def _classes(code: str, here: Collection[str], plan: Collection[str]) -> str:
    names = [name for name, codes in (("is-here", here), ("is-plan", plan)) if code in codes]
    return f' class="{" ".join(names)}"' if names else ""


def _shape(code: str, path: str, link: tuple[str, str] | None, classes: str) -> str:
    if link is None:
        return f'<path{classes} d="{path}"/>'
    address, name = link
    return (
        f'<a href="{escape(address)}" tabindex="-1"><path{classes} d="{path}"><title>{escape(name)}</title></path></a>'
    )


def _ring(ring: str, grid: int) -> str:
    points = [tuple(round(float(number) / grid) for number in pair.split(",")) for pair in ring[1:].split("L")]
    kept = [point for i, point in enumerate(points) if point != points[i - 1]]
    if len(kept) < 3:
        return ""
    steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(kept)]
    drawn = " ".join(f"{x} {y}" if y >= 0 else f"{x}{y}" for x, y in steps).replace(" -", "-")
    return f"M{kept[0][0]} {kept[0][1]}l{drawn}z"
