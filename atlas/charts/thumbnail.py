"""A small map of one indicator or of the action plan, coloured by the stylesheet. Pure calculation, no Django."""

from collections.abc import Mapping
from html import escape


def thumbnail_svg(
    paths: Mapping[str, str],
    *,
    size: tuple[float, float],
    classes: Mapping[str, str],
    text: str,
    css: str = "",
    on_top: str = "",
    with_codes: bool = False,
) -> str:
    """An SVG element: `paths` from `locator.coarse_path`, `size` in the units of those paths.

    `classes` are CSS classes by area code (areas without one are hatched as missing), `text` is what the picture
    says to those who do not see it,
    `on_top` are further elements drawn over the areas. `with_codes`: every shape carries the code of its area, so
    that a script can colour it anew.
    """
    width, height = size
    named = {code: f' data-area="{escape(code)}"' if with_codes else "" for code in paths}
    shapes = "".join(
        f'<path class="{escape(classes.get(code, "is-missing"))}"{named[code]} d="{d}"/>' for code, d in paths.items()
    )
    return (
        f'<svg class="thumbnail {escape(css)}" viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}" role="img" '
        f'aria-label="{escape(text)}">{_HATCHING}{shapes}{on_top}</svg>'
    )


_HATCHING = (
    '<defs><pattern id="thumbnail-missing" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="hatch-ground" width="4" height="4"/>'
    '<rect class="hatch-line" width="1" height="4"/></pattern>'
    '<pattern id="thumbnail-secret" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="dot-ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1"/></pattern></defs>'
)
