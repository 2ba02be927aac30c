"""Which names a map can carry without any two of them touching. Pure geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, HEIGHT, GAP = 8.0, 18.0, 3.0  # drawing units of a name set in 15 px bold: per letter, of a line, around it


@dataclass(frozen=True)
class Name:
    """A name at its place; `room` is the free radius around it in drawing units."""

    key: str
    text: str
    x: float
    y: float
    room: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom with the gap around it."""
        half = len(self.text) * LETTER / 2 + GAP
        return self.x - half, self.y - HEIGHT / 2 - GAP, self.x + half, self.y + HEIGHT / 2 + GAP


def names_that_fit(names: Sequence[Name]) -> frozenset[str]:
    """Keys of the names that can stand together: those with most room first, each only where it touches none before.

    >>> near = [Name("a", "Hörde", 0, 0, 50), Name("b", "Aplerbeck", 20, 5, 40), Name("c", "Mengede", 300, 0, 10)]
    >>> sorted(names_that_fit(near))
    ['a', 'c']
    """
    kept: dict[str, tuple[float, float, float, float]] = {}
    for name in sorted(names, key=lambda n: (-n.room, n.key)):
        if not any(_touch(name.box, box) for box in kept.values()):
            kept[name.key] = name.box
    return frozenset(kept)


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
