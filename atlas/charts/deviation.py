"""A bar that leaves the middle to the left or right: how far a mean lies from that of all areas. Pure, no Django."""

from html import escape

FARTHEST = 2.5  # standard deviations at which the bar reaches the edge


def deviation_svg(z: float, *, worse: int, label: str) -> str:
    """An SVG element for a mean `z` in standard deviations; longer ones end at the edge.

    `worse`: 1 if high values are unfavourable, -1 if low ones are, 0 without judgement; it chooses the CSS class
    (`is-worse`, `is-better`, `is-plain`). `label` says the same in words.

    >>> 'x="50.0%" y="4" width="20.0%"' in deviation_svg(1.0, worse=1, label="höher")
    True
    """
    length = min(abs(z), FARTHEST) / FARTHEST * 50
    start = 50.0 if z >= 0 else 50 - length
    kind = "is-plain" if not worse else "is-worse" if z * worse > 0 else "is-better"
    return (
        f'<svg class="deviation" role="img" aria-label="{escape(label)}">'
        f'<rect class="{kind}" x="{start:.1f}%" y="4" width="{length:.1f}%" height="12" rx="2"/>'
        '<line class="deviation__middle" x1="50%" x2="50%" y1="0" y2="20"/></svg>'
    )
