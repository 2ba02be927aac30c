"""What stored results say about one area, for its profile."""

from dataclasses import dataclass

from django.utils.translation import get_language

from areas.models import Area
from atlas.links import typology_path
from atlas.selectors.results import text_of
from atlas.sentences.types import severity_words
from atlas.stand import Stand
from indicators.actions.analysing_types import TYPOLOGIES
from indicators.analyses import analyses_at


@dataclass(frozen=True)
class AreaCluster:
    """The cluster of an area: `count` areas are in it, `of` clusters there are; `label` None: left out, values miss."""

    label: int | None
    of: int
    severity: str
    count: int
    name: str
    period: str
    url: str


def area_cluster(area: Area, stand: Stand) -> AreaCluster | None:
    """The newest typology of the area's level that comes first in order; None where there is none. 1 query."""
    found = list(analyses_at(TYPOLOGIES, stand.moment).filter(level=area.level))
    if not found:
        return None
    first = min(found, key=lambda a: (a.content["definition"].get("order", 100), a.key)).key.split("/")[0]
    newest = max((a for a in found if a.key.split("/")[0] == first), key=lambda a: a.key)
    content, period = newest.content, newest.key.split("/")[1]
    label = next((row["cluster"] for row in content["areas"] if row["code"] == area.code), None)
    if label is None and area.code not in {row["code"] for row in content["left_out"]}:
        return None
    cluster = next((c for c in content["clusters"] if c["label"] == label), None)
    return AreaCluster(
        label=label,
        of=len(content["clusters"]),
        severity=severity_words(cluster["severity"], get_language()) if cluster else "",
        count=cluster["size"] if cluster else 0,
        name=text_of(content["definition"], "name"),
        period=period,
        url=typology_path(first, period=period, stand=stand.asked),
    )
