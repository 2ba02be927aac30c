"""Maps that show where areas lie, without figures: some of them stand out."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from areas.models import AreaLevel
from atlas.charts.print_map import PrintMap, print_map_height, print_map_svg
from atlas.charts.textures import PLAIN, Fill
from atlas.reports.document import Picture
from atlas.reports.fonts import FAMILY
from atlas.reports.map_drawing import SCALE_KM, printed_drawing, printed_labels

AROUND, CHOSEN = Fill("#eef3f1", PLAIN, ""), Fill("#b9d9d3", PLAIN, "")


def areas_picture(
    level: AreaLevel, chosen: Collection[str], width: float, *, groups: dict[str, int], name: str, labelled: bool = True
) -> Picture:
    """The areas of a level, those with `chosen` codes coloured and named; `groups`: their Stadtbezirke by code."""
    drawing = printed_drawing(level.slug, width)
    names = {code: found.get("name", "") for code, found in drawing.properties.items()}
    own = {code: names[code] for code in names if code in set(chosen)}
    printed = PrintMap(
        fills=(AROUND, CHOSEN),
        classes={code: int(code in own) for code in names},
        signs={},
        groups=groups if len(set(groups.values())) > 1 else {},
        labels=printed_labels(level.slug, own, width) if labelled else (),
        description=level.label_plural,
        scale_km=SCALE_KM if labelled else 0,
        family=FAMILY,
    )
    svg = print_map_svg(printed, drawing, width)
    words = {"areas": level.label_plural, "names": ", ".join(own.values())}
    if len(own) == len(names):
        said = _("Karte der Stadt mit allen Gebieten der Ebene %(areas)s: %(names)s.") % words
    else:
        said = _("Karte der Stadt, hervorgehoben: %(names)s.") % words
    return Picture(svg, said, name, width, print_map_height(drawing, width))
