"""The address of the map page is its state: parsing, defaults and addresses of neighbouring states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import AreaLevel
from indicators.models import Indicator
from indicators.selectors import FigureTable, edition_of, figure_table
from indicators.statistics.classes import CLASS_COUNTS, Method

DEFAULT_INDICATOR = "transferleistungsquote"

METHODS = {
    "natuerlich": (Method.NATURAL, gettext_lazy("natürliche Grenzen")),
    "quantile": (Method.QUANTILES, gettext_lazy("gleich viele Gebiete")),
    "gleich": (Method.EQUAL, gettext_lazy("gleich breite Klassen")),
    "abweichung": (Method.DEVIATION, gettext_lazy("Standardabweichung")),
    "eigene": (Method.AUTHOR, gettext_lazy("Grenzen der Fachleute")),
}
METHOD_WORDS = {method.value: word for word, (method, _label) in METHODS.items()}
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
    """A state that can be shown, its figures, and what had to be put right in the address."""

    state: MapState
    indicator: Indicator
    level: AreaLevel
    levels: list[AreaLevel]
    table: FigureTable
    remarks: list[str]


class NothingPublished(Exception):
    """There is no published indicator at all."""


def read_state(query: Mapping[str, str]) -> MapView:
    """The view that an address asks for; what does not exist is replaced by the usual and remarked upon.

    Raises `NothingPublished` when the portal has no figures yet.
    """
    remarks: list[str] = []
    indicator = _indicator(query.get("indikator", ""), remarks)
    release = query.get("stand", "")
    edition = edition_of(indicator, release_slug=release or None)
    if edition is None:
        remarks.append(
            _("Die Veröffentlichung „%s“ enthält diesen Indikator nicht; gezeigt wird die neueste.") % release
        )
        release, edition = "", edition_of(indicator)
    levels = _levels_with_figures(edition)
    level = _level(query.get("ebene", ""), levels, remarks)
    table = figure_table(edition, level.slug)
    period = _period(query.get("zeit", ""), table, remarks)
    state = MapState(
        indicator=indicator.slug,
        level=level.slug,
        period=period,
        compare=_compare(query.get("vergleich", ""), period, table, remarks),
        method=_method(query.get("klassen", ""), indicator, table),
        count=_count(query.get("anzahl", ""), indicator),
        area=_area(query.get("gebiet", ""), period, table, remarks),
        plan=query.get("plan", "1") != "0",
        release=release,
        sorting=query.get("sortierung") if query.get("sortierung") in SORTINGS else "rang",
    )
    return MapView(state, indicator, level, levels, table, remarks)


def _indicator(slug: str, remarks: list[str]) -> Indicator:
    published = Indicator.objects.for_lists().published()
    found = published.filter(slug=slug).first() if slug else None
    if found:
        return found
    usual = published.filter(slug=DEFAULT_INDICATOR).first() or published.first()
    if usual is None:
        raise NothingPublished
    if slug:
        remarks.append(
            _("Einen Indikator „%(slug)s“ mit Werten gibt es nicht; gezeigt wird „%(name)s“.")
            % {"slug": slug, "name": usual.label}
        )
    return usual


def _levels_with_figures(edition) -> list[AreaLevel]:
    slugs = set(edition.breaks) - {"stadt"} or set(edition.breaks)
    return list(AreaLevel.objects.filter(slug__in=slugs).order_by("rank"))


def _level(slug: str, levels: list[AreaLevel], remarks: list[str]) -> AreaLevel:
    usual = next((level for level in levels if level.is_reporting), levels[-1])
    chosen = next((level for level in levels if level.slug == slug), None)
    if slug and chosen is None:
        remarks.append(
            _("Für die Ebene „%(slug)s“ gibt es von diesem Indikator keine Werte; gezeigt werden %(level)s.")
            % {"slug": slug, "level": usual.label_plural}
        )
    return chosen or usual


def _period(code: str, table: FigureTable, remarks: list[str]) -> str:
    known = [p.code for p in table.periods]
    if code and code not in known:
        remarks.append(
            _("Für %(asked)s gibt es auf dieser Ebene keine Werte; gezeigt wird %(shown)s.")
            % {"asked": code, "shown": known[-1]}
        )
    return code if code in known else known[-1]


def _compare(code: str, period: str, table: FigureTable, remarks: list[str]) -> str:
    """The earlier period to compare with; "" where no change can be shown."""
    if not code:
        return ""
    if f"{code}-{period}" in table.change_limits:
        return code
    remarks.append(
        _("Ein Vergleich von %(later)s mit %(earlier)s ist hier nicht möglich.") % {"later": period, "earlier": code}
    )
    return ""


def _method(word: str, indicator: Indicator, table: FigureTable) -> str:
    known = [w for w, (method, _label) in METHODS.items() if method.value in table.limits]
    usual = METHOD_WORDS.get(indicator.default_method, "natuerlich")
    return word if word in known else (usual if usual in known else known[0])


def _count(text: str, indicator: Indicator) -> int:
    return int(text) if text.isdigit() and int(text) in CLASS_COUNTS else indicator.default_classes


def _area(code: str, period: str, table: FigureTable, remarks: list[str]) -> str:
    if code and code not in table.figures[period]:
        remarks.append(_("Ein Gebiet mit dem Schlüssel „%s“ gibt es auf dieser Ebene nicht.") % code)
        return ""
    return code
