"""The tree of Ward's joins, drawn lying: names on the left, joins to the right. Pure calculation, no Django."""

from collections.abc import Mapping, Sequence
from html import escape

ROW, NAMES, TREE, EDGE = 20, 250, 640, 12  # units of the drawing: row height, width of names and tree, margin
LETTERS = 34  # of a name that fit


def dendrogram_svg(
    merges: Sequence[Sequence[float]],
    order: Sequence[str],
    *,
    sorted_codes: Sequence[str],
    names: Mapping[str, str],
    clusters: Mapping[str, int],
    text: str,
) -> str:
    """An SVG element. `merges` are rows (left, right, height, size) as `statistics.ward.Merge` numbers them.

    `order` are the codes from top to bottom, `sorted_codes` the codes that the numbers stand for, `clusters` colour the
    leaves. A dashed line shows where the tree is cut. "" for fewer than two areas.

    >>> dendrogram_svg([], ["a"], sorted_codes=["a"], names={}, clusters={}, text="")
    ''
    """
    if not merges:
        return ""
    highest = max(float(merge[2]) for merge in merges) or 1.0
    tree = _Tree(order, sorted_codes, highest)
    joins = [tree.join(step, merge, clusters) for step, merge in enumerate(merges)]
    leaves = [_leaf(row, code, names.get(code, code), clusters.get(code)) for row, code in enumerate(order)]
    height = len(order) * ROW + 2 * EDGE
    return (
        f'<svg class="dendrogram" viewBox="0 0 {NAMES + TREE + 2 * EDGE} {height}" role="img" '
        f'aria-label="{escape(text)}">{"".join(leaves)}{"".join(joins)}'
        f"{_cut(merges, len(set(clusters.values())), highest, height)}</svg>"
    )


class _Tree:
    """Where each group stands while it grows: its row, its height, and the cluster all of it belongs to."""

    def __init__(self, order: Sequence[str], codes: Sequence[str], highest: float):
        rows = {code: row for row, code in enumerate(order)}
        self.places = {n: (EDGE + (rows[code] + 0.5) * ROW, 0.0) for n, code in enumerate(codes)}
        self.inside = {n: {code} for n, code in enumerate(codes)}
        self.count, self.highest = len(codes), highest

    def join(self, step: int, merge: Sequence[float], clusters: Mapping[str, int]) -> str:
        """The bracket of one join."""
        left, right, height = int(merge[0]), int(merge[1]), float(merge[2])
        (y1, h1), (y2, h2) = self.places[left], self.places[right]
        made = self.count + step
        self.inside[made] = self.inside[left] | self.inside[right]
        self.places[made] = ((y1 + y2) / 2, height)
        of = {clusters.get(code) for code in self.inside[made]}
        css = f"of-cluster cluster-{of.pop()}" if len(of) == 1 and None not in of else "above"
        x, x1, x2 = (_x(h, self.highest) for h in (height, h1, h2))
        return f'<path class="{css}" d="M{x1:.1f} {y1:.1f}H{x:.1f}V{y2:.1f}H{x2:.1f}"/>'


def _x(height: float, highest: float) -> float:
    return EDGE + NAMES + height / highest * (TREE - EDGE)


def _leaf(row: int, code: str, name: str, cluster: int | None) -> str:
    y = EDGE + (row + 0.5) * ROW
    short = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
    mark = (
        "" if cluster is None else f'<rect class="class-{cluster}" x="{EDGE}" y="{y - 6:.1f}" width="12" height="12"/>'
    )
    return f'{mark}<text x="{EDGE + 20}" y="{y + 4.5:.1f}">{escape(short)}</text>'


def _cut(merges: Sequence[Sequence[float]], count: int, highest: float, height: float) -> str:
    """Halfway between the last join inside clusters and the first between them."""
    inside = len(merges) + 1 - count
    if not 0 < inside < len(merges):
        return ""
    x = _x((float(merges[inside - 1][2]) + float(merges[inside][2])) / 2, highest)
    return f'<line class="cut" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
