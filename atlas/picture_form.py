"""What readers may ask of the picture of a map: how wide, as which file, with patterns or without."""

from dataclasses import dataclass

from atlas.links import map_root

NARROWEST = 600  # pixels: below them the letters cannot be read
WIDEST = 3000  # pixels: drawing so many takes five seconds of computing
USUAL_WIDTH = 1600


@dataclass(frozen=True)
class PictureForm:
    """Asking for the map alone: the parameters of the map that go along, and how wide it may be in pixels."""

    hidden: tuple[tuple[str, str], ...]
    png: str
    svg: str
    narrowest: int = NARROWEST
    usual: int = USUAL_WIDTH
    widest: int = WIDEST


def picture_form(query: dict[str, str]) -> PictureForm:
    """The form for the map that parameters of its address show."""
    return PictureForm(tuple(query.items()), png=f"{map_root()}karte.png", svg=f"{map_root()}karte.svg")
