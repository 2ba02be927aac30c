"""Reading the address of the map page: what does not exist is replaced by the usual, and remarked upon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from areas.models import AreaLevel
from atlas.asked import AskedWrongly
from atlas.map_state import DEFAULT_INDICATOR, METHOD_WORDS, METHODS, SORTINGS, MapState, MapView
from atlas.stand import Stand, remark_of, stand_for
from atlas.stand_notice import StandNotice, notice_of_edition
from indicators.models import Indicator, IndicatorEdition
from indicators.periods import period_label
from indicators.selectors import FigureTable, figure_table
from indicators.statistics.classes import CLASS_COUNTS

SHOWN = 60  # letters of what was found that are repeated


class NothingPublished(Exception):
    """There is no published indicator at all."""


@dataclass
class Corrections:
    """What had to be put right: sentences for readers, and parameter, found and expected for programs."""

    remarks: list[str] = field(default_factory=list)
    wrong: list[AskedWrongly] = field(default_factory=list)

    def note(self, parameter: str, found: str, expected: Iterable[str], remark: str) -> None:
        """Note one parameter that cannot be followed."""
        self.remarks.append(remark)
        self.wrong.append(AskedWrongly(parameter, found, list(expected)))


def read_state(query: Mapping[str, str]) -> MapView:
    """The view that an address asks for. Raises `NothingPublished` when the portal has no figures yet."""
    put_right = Corrections()
    indicator = _indicator(query.get("indikator", ""), put_right)
    stand, edition = _stand(query.get("stand", ""), indicator, put_right)
    levels = _levels_with_figures(edition)
    level = _level(query.get("ebene", ""), levels, put_right)
    table = figure_table(edition, level.slug)
    period = _period(query.get("zeit", ""), table, put_right)
    state = MapState(
        indicator=indicator.slug,
        level=level.slug,
        period=period,
        compare=_compare(query.get("vergleich", ""), period, table, put_right),
        method=_method(query.get("klassen", ""), table, put_right),
        count=_count(query.get("anzahl", ""), indicator, put_right),
        area=_area(query.get("gebiet", ""), period, table, put_right),
        plan=query.get("plan", "1") != "0",
        release=stand.asked,
        sorting=_sorting(query.get("sortierung", ""), put_right),
    )
    return MapView(
        state=state,
        indicator=indicator,
        level=level,
        levels=levels,
        table=table,
        remarks=put_right.remarks,
        wrong=tuple(put_right.wrong),
        notice=_notice(stand, edition, state),
    )


def _indicator(slug: str, put_right: Corrections) -> Indicator:
    published = Indicator.objects.for_lists().published()
    found = published.filter(slug=slug).first() if slug else None
    if found:
        return found
    usual = published.filter(slug=DEFAULT_INDICATOR).first() or published.first()
    if usual is None:
        raise NothingPublished
    if slug:
        remark = _("Einen Indikator „%(slug)s“ mit Werten gibt es nicht; gezeigt wird „%(name)s“.")
        expected = published.order_by("slug").values_list("slug", flat=True)
        put_right.note("indikator", slug, expected, remark % {"slug": slug[:SHOWN], "name": usual.label})
    return usual


def _stand(text: str, indicator: Indicator, put_right: Corrections) -> tuple[Stand, IndicatorEdition]:
    """The state asked for with the indicator's edition, the newest where there is no such state."""
    stand, edition = stand_for(indicator, text)
    if stand.wrong:
        put_right.remarks.append(remark_of(stand))
        put_right.wrong.append(stand.wrong)
    return stand, edition


def _notice(stand: Stand, edition: IndicatorEdition, state: MapState) -> StandNotice:
    """What a state that is not the newest says; corrected figures of the chosen area and the shown period first."""

    def first(each):
        row = each.correction
        return (row.area.code != state.area, row.period.code != state.period, row.area.code, row.period.code)

    newest = replace(state, release="").url()
    notice = notice_of_edition(stand, edition, newest=newest, first=first, area__level__slug=state.level)
    return replace(notice, remark="")  # stands among the other remarks


def _levels_with_figures(edition: IndicatorEdition) -> list[AreaLevel]:
    slugs = set(edition.breaks) - {"stadt"} or set(edition.breaks)
    return list(AreaLevel.objects.filter(slug__in=slugs).order_by("rank"))


def _level(slug: str, levels: list[AreaLevel], put_right: Corrections) -> AreaLevel:
    usual = next((level for level in levels if level.is_reporting), levels[-1])
    chosen = next((level for level in levels if level.slug == slug), None)
    if slug and chosen is None:
        known = AreaLevel.objects.filter(slug=slug).first()
        remark = _("Für die Ebene „%(slug)s“ gibt es von diesem Indikator keine Werte; gezeigt werden %(level)s.")
        names = {"slug": known.label if known else slug[:SHOWN], "level": usual.label_plural}
        put_right.note("ebene", slug, [level.slug for level in levels], remark % names)
    return chosen or usual


def _period(code: str, table: FigureTable, put_right: Corrections) -> str:
    known = [p.code for p in table.periods]
    if code and code not in known:
        remark = _("Für %(asked)s gibt es auf dieser Ebene keine Werte; gezeigt wird %(shown)s.")
        put_right.note("zeit", code, known, remark % {"asked": _named(code, table), "shown": table.periods[-1].label})
    return code if code in known else known[-1]


def _compare(code: str, period: str, table: FigureTable, put_right: Corrections) -> str:
    """The earlier period to compare with; "" where no change can be shown."""
    if not code or f"{code}-{period}" in table.change_limits:
        return code
    possible = [p.code for p in table.periods if f"{p.code}-{period}" in table.change_limits]
    remark = _("Ein Vergleich von %(later)s mit %(earlier)s ist hier nicht möglich.")
    names = {"later": _named(period, table), "earlier": _named(code, table)}
    put_right.note("vergleich", code, possible or [_("keine Angabe")], remark % names)
    return ""


def _named(code: str, table: FigureTable) -> str:
    """A period as readers know it; what is none is repeated as it stands."""
    return period_label(code, table.indicator.reference) if len(code) == 4 else code[:SHOWN]


def _method(word: str, table: FigureTable, put_right: Corrections) -> str:
    known = [w for w, (method, _label) in METHODS.items() if method.value in table.limits]
    usual = METHOD_WORDS.get(table.indicator.default_method, "natuerlich")
    shown = word if word in known else (usual if usual in known else known[0])
    if word and shown != word:
        asked = METHODS[word][1] if word in METHODS else word[:SHOWN]
        remark = _("Klassen der Art „%(asked)s“ gibt es hier nicht; gezeigt werden „%(shown)s“.")
        put_right.note("klassen", word, known, remark % {"asked": asked, "shown": METHODS[shown][1]})
    return shown


def _count(text: str, indicator: Indicator, put_right: Corrections) -> int:
    possible = [str(count) for count in CLASS_COUNTS]
    if text in possible:
        return int(text)
    if text:
        remark = _("Die Anzahl der Klassen muss zwischen %(low)s und %(high)s liegen, nicht „%(found)s“.")
        names = {"low": possible[0], "high": possible[-1], "found": text[:SHOWN]}
        put_right.note("anzahl", text, possible, remark % names)
    return indicator.default_classes


def _area(code: str, period: str, table: FigureTable, put_right: Corrections) -> str:
    if code and code not in table.figures[period]:
        remark = _("Ein Gebiet mit dem Schlüssel „%s“ gibt es auf dieser Ebene nicht.") % code[:SHOWN]
        put_right.note("gebiet", code, sorted(table.figures[period]), remark)
        return ""
    return code


def _sorting(word: str, put_right: Corrections) -> str:
    if word and word not in SORTINGS:
        remark = _("Eine Reihenfolge „%s“ gibt es nicht; gezeigt wird die nach Rang.") % word[:SHOWN]
        put_right.note("sortierung", word, SORTINGS, remark)
    return word if word in SORTINGS else SORTINGS[0]
