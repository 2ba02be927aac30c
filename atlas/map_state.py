"""The address of the map page is its state: what it may contain, and addresses of neighbouring states.

Read from an address in `map_reading.py`.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.models import AreaLevel
from atlas.asked import AskedWrongly
from atlas.stand_notice import StandNotice
from indicators.models import Indicator
from indicators.selectors import FigureTable
from indicators.statistics.classes import Method

DEFAULT_INDICATOR = "transferleistungsquote"

METHODS = {
    "natuerlich": (Method.NATURAL, gettext_lazy("natürliche Grenzen")),
    "quantile": (Method.QUANTILES, gettext_lazy("gleich viele Gebiete")),
    "gleich": (Method.EQUAL, gettext_lazy("gleich breite Klassen")),
    "abweichung": (Method.DEVIATION, gettext_lazy("Standardabweichung")),
    "eigene": (Method.AUTHOR, gettext_lazy("Grenzen der Fachleute")),
}
METHOD_WORDS = {method.value: word for word, (method, _label) in METHODS.items()}
PARAMETERS = frozenset(
    {"indikator", "ebene", "zeit", "vergleich", "klassen", "anzahl", "gebiet", "plan", "stand", "sortierung"}
)
SORTINGS = ("rang", "name", "schluessel", "veraenderung")


@dataclass(frozen=True)
class MapState:
    """What the map shows; every field stands in the address under the name in `as_query`."""

    indicator: str
    level: str
    period: str
    compare: str = ""
    method: str = "natuerlich"
    count: int = 6
    area: str = ""
    plan: bool = True
    release: str = ""
    sorting: str = "rang"

    def as_query(self) -> dict[str, str]:
        """Query parameters of this state; those with their usual value are left out."""
        query = {"indikator": self.indicator, "ebene": self.level, "zeit": self.period}
        optional = {"vergleich": self.compare, "gebiet": self.area, "stand": self.release}
        query |= {name: value for name, value in optional.items() if value}
        query |= {"klassen": self.method, "anzahl": str(self.count)}
        if not self.plan:
            query["plan"] = "0"
        if self.sorting != "rang":
            query["sortierung"] = self.sorting
        return query

    def url(self, name: str = "atlas:map", **changes) -> str:
        """Address of this state, or of the one that differs from it by `changes`."""
        return f"{reverse(name)}?{urlencode(replace(self, **changes).as_query())}"


@dataclass(frozen=True)
class MapView:
    """A state that can be shown, its figures, and what had to be put right in the address.

    `remarks` say it to readers, `wrong` to programs, one for each; `notice` says whether this is an older state.
    """

    state: MapState
    indicator: Indicator
    level: AreaLevel
    levels: list[AreaLevel]
    table: FigureTable
    remarks: list[str]
    wrong: tuple[AskedWrongly, ...] = ()
    notice: StandNotice = field(default_factory=StandNotice)
