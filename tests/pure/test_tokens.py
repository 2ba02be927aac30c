"""Contrast and order of the colour tokens, read from the stylesheet and computed by the WCAG and OKLab formulas."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static" / "css" / "site.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    (ink, ground)
    for ink in ("ink", "ink-soft", "link", "accent")
    for ground in ("paper", "card", "accent-soft", "hover")
] + [
    ("header-ink", "header"),
    ("header-soft", "header"),
    ("header-ink", "header-field"),
    ("header-soft", "header-field"),
    ("chosen-ink", "chosen"),
    ("chosen-ink", "petrol-700"),
    ("map-label", "map-halo"),
]
GRAPHIC_PAIRS = [
    ("line-strong", "paper"),
    ("line-strong", "card"),
    ("header-line", "header"),
    ("focus", "paper"),
    ("focus", "card"),
    ("petrol-500", "card"),
    ("accent-bar", "header"),
    ("strip-here", "card"),
    ("strip-here", "strip-box"),
    ("suppressed-dot", "suppressed"),
    ("map-chosen", "card"),
]


def _tokens():
    """Token names to hex colours, for both schemes; dark ones inherit what they do not set."""
    light_css, dark_css = CSS.split("@media screen and (prefers-color-scheme: dark)", 1)
    dark_css = dark_css.split("\n}\n", 1)[0]
    found = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6}|var\(--[\w-]+\))")
    light = dict(found.findall(light_css))
    return {"light": light, "dark": light | dict(found.findall(dark_css))}


TOKENS = _tokens()


def _hex(scheme, name):
    value = TOKENS[scheme][name]
    return value if value.startswith("#") else _hex(scheme, value[6:-1])


def _linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def _luminance(colour):
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG contrast ratio of two hex colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _oklab(colour):
    r, g, b = _linear(colour)
    l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)  # noqa: E741
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def _difference(one, other):
    return sum((a - b) ** 2 for a, b in zip(_oklab(one), _oklab(other), strict=True)) ** 0.5


def test_formula_against_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text, ground", TEXT_PAIRS)
def test_text_is_readable(scheme, text, ground):
    assert contrast(_hex(scheme, text), _hex(scheme, ground)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark, ground", GRAPHIC_PAIRS)
def test_borders_and_marks_are_visible(scheme, mark, ground):
    assert contrast(_hex(scheme, mark), _hex(scheme, ground)) >= 3


@pytest.mark.parametrize("name", ["seq6", "ochre6"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sequential_scale_stands_out_more_with_every_class(scheme, name):
    ground = _hex(scheme, "card")
    classes = [_hex(scheme, f"{name}-{n}") for n in range(1, 7)]
    ratios = [contrast(colour, ground) for colour in classes]
    assert ratios == sorted(ratios)
    assert _difference(classes[0], ground) > 0.05
    assert min(_difference(a, b) for a, b in pairwise(classes)) > 0.08


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_diverging_scale_is_balanced_around_its_middle(scheme):
    ground = _hex(scheme, "card")
    ratios = [contrast(_hex(scheme, f"div7-{n}"), ground) for n in range(1, 8)]
    assert ratios[:4] == sorted(ratios[:4], reverse=True)
    assert ratios[3:] == sorted(ratios[3:])
    for step in range(3):
        assert ratios[step] == pytest.approx(ratios[6 - step], rel=0.15)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_missing_and_suppressed_are_no_class_colours(scheme):
    scale = [f"{name}-{n}" for name in ("seq6", "ochre6") for n in range(1, 7)] + [f"div7-{n}" for n in range(1, 8)]
    for special in ("missing", "suppressed"):
        assert min(_difference(_hex(scheme, special), _hex(scheme, name)) for name in scale) > 0.04


def test_stylesheet_stays_small():
    assert len(CSS.splitlines()) <= 400
    assert len(CSS.encode()) <= 32_000
