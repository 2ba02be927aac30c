"""Colour scales of the maps. Pure calculation, no Django.

Screens colour by CSS classes (static/css/map.css) so that dark mode and print work; pictures for download
carry these hex values. Both interpolate the same base colours in Oklab (https://bottosson.github.io/posts/oklab/).
"""

from collections.abc import Sequence

SEQUENTIAL_BASE = ("#e6f0ee", "#b9d9d3", "#7fbab3", "#45959a", "#1f6c7d", "#0e4257")
OCHRE_BASE = ("#f3e6c6", "#e5cd93", "#cba957", "#a58036", "#79571b", "#442e0d")
_BASES = {"petrol": SEQUENTIAL_BASE, "ochre": OCHRE_BASE}
DIVERGING_BASE = ("#1f6c7d", "#5f9fa5", "#b3d0cf", "#f4f1ea", "#eac3a6", "#d98a5f", "#b4491d")
DARK_BELOW = 0.62  # Oklab lightness (0 to 1)
MISSING, SUPPRESSED, INK, PAPER, ACCENT = "#ffffff", "#d5dad9", "#1c2b30", "#ffffff", "#c2410c"


def sequential(count: int, name: str = "petrol") -> list[str]:
    """Hex colours of `count` classes (1 to 7), lowest first; `name` is a scale of the catalogue.

    >>> sequential(6)[0], sequential(3)[2], sequential(6, "ochre")[5]
    ('#e6f0ee', '#0e4257', '#442e0d')
    """
    base = _BASES[name]
    return [mix(base, position) for position in positions(count, len(base))]


def diverging(count: int) -> list[str]:
    """Hex colours of `count` classes around zero, lowest first; the middle one is neutral."""
    return [mix(DIVERGING_BASE, position) for position in positions(count, len(DIVERGING_BASE))]


def positions(count: int, stops: int) -> list[float]:
    """Where on the base scale (0 to `stops - 1`) each of `count` classes lies; one class lies in the middle."""
    last = stops - 1
    if count == 1:
        return [last / 2]
    return [i * last / (count - 1) for i in range(count)]


def mix(base: Sequence[str], position: float) -> str:
    """The colour at `position` between the base colours, mixed in Oklab."""
    lower = min(int(position), len(base) - 2)
    share = position - lower
    a, b = _to_oklab(base[lower]), _to_oklab(base[lower + 1])
    return _to_hex([x + (y - x) * share for x, y in zip(a, b, strict=True)])


def is_dark(colour: str) -> bool:
    """Whether white letters read better on a colour than dark ones: by its lightness in Oklab.

    >>> is_dark("#0e4257"), is_dark("#f4f1ea")
    (True, False)
    """
    return _to_oklab(colour)[0] < DARK_BELOW


def _to_oklab(colour: str) -> list[float]:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return [
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    ]


def _to_hex(oklab: Sequence[float]) -> str:
    light, a, b = oklab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(_gamma(min(max(c, 0), 1)) * 255):02x}" for c in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
