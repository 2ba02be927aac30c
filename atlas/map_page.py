"""What the map page shows, computed once per state; the template only places it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import Area, PublishedFile
from areas.recutting import recut_since
from atlas import numbers
from atlas.drawings import boundaries_file
from atlas.links import area_path, provenance_path
from atlas.map_legend import LegendEntry, class_entries, pattern_entries
from atlas.map_rows import Row, RowContext, cell_of, limits_of, plan_codes, rows_of, shown_values
from atlas.map_state import MapView
from atlas.map_texts import certainty, change_sentence, legend_title, summary_of, table_title, words_of
from atlas.recut import recut_sentence
from atlas.sentences.certainty import certainty_words, shaky_sign
from indicators.models import Figure, SeriesBreak
from indicators.selectors import PeriodName
from indicators.statistics.classes import ClassLimits
from indicators.statuses import SECRET, SIGN_MEANINGS


@dataclass(frozen=True)
class Head:
    """One column head of the table; with an address it can be sorted by."""

    label: str
    css: str = ""
    sorting: str = ""
    url: str = ""
    is_sorted: bool = False
    direction: str = "ascending"


@dataclass(frozen=True)
class MapPage:
    """Everything on the page beyond the view itself."""

    view: MapView
    period: PeriodName
    rows: list[Row]
    heads: list[Head]
    limits: ClassLimits
    legend: list[LegendEntry]
    patterns: list[LegendEntry]
    selected: Row | None
    city: str
    city_figure: Figure | None
    city_with_unit: str
    city_change: str
    earlier: PeriodName | None
    series_breaks: list[SeriesBreak]
    plan_codes: frozenset[str]
    recut: Mapping[str, date]
    boundaries_path: str
    figures_path: str
    summary: str
    text: str
    certainty: list[str]

    @property
    def is_change(self) -> bool:
        """Whether the map shows a change instead of a value."""
        return bool(self.view.state.compare)

    @property
    def scale_size(self) -> int:
        """Number of classes of the scale, for the CSS class `scale-N`."""
        return self.limits.count

    @property
    def table_title(self) -> str:
        """Caption of the table."""
        return table_title(self.view)

    @property
    def legend_title(self) -> str:
        """Heading of the legend."""
        return legend_title(self.view)

    @property
    def alternative(self) -> str:
        """Alternative text of the drawn map."""
        return f"{self.summary} {self.text}"

    @property
    def change_sentence(self) -> str:
        """The change of the selected area in words, "" where there is none."""
        if not (self.selected and self.selected.change_text and self.earlier):
            return ""
        return change_sentence(self.view, self.selected.change_text, self.earlier.code)

    @property
    def signs(self) -> list[tuple[str, str]]:
        """Signs that occur in this table, with their meaning."""
        cells = " ".join(row.cell for row in self.rows) + self.city
        found = [(sign, meaning) for sign, meaning in SIGN_MEANINGS if _occurs(sign, cells)]
        shaky = any(row.figure.is_shaky or row.change_is_shaky for row in self.rows) or self.city_change_is_shaky
        return [*found, shaky_sign(get_language())] if shaky else found

    @property
    def has_secret(self) -> bool:
        """Whether any number of the period is known and not told."""
        city = self.city_figure
        return any(row.is_secret for row in self.rows) or (city is not None and city.status in SECRET)

    @property
    def city_change_is_shaky(self) -> bool:
        """Whether the change of the whole city may be chance."""
        return bool(self.city_change and self.earlier and self.city_figure.is_shaky_since(self.earlier.code))

    @property
    def change_untold(self) -> str:
        """That the change of the selected area may be chance, "" where it is more or not known."""
        if not (self.selected and self.selected.change_is_shaky and self.earlier):
            return ""
        return certainty_words(get_language())["change_untold"].format(period=self.earlier.code)

    @property
    def permalink(self) -> str:
        """Address that keeps showing this release."""
        return replace(self.view.state, release=self.view.table.edition.release.slug).url()


def map_page(view: MapView, on: date | None = None) -> MapPage:
    """Rows, classes, legend and texts of a view; areas and action plan are those of a day (default: today)."""
    day = on or timezone.localdate()
    table, state = view.table, view.state
    series_breaks = table.breaks
    earlier = state.compare or table.earlier_than(state.period)
    names = {f.area.code: f.area.name for f in table.figures[state.period].values()}
    recut = recut_since(state.level, day)
    shown, plan = shown_values(view, day), plan_codes(view, day)
    context = RowContext(view, limits_of(view), shown, plan, earlier, names, recut, day)
    rows = rows_of(context)
    city = table.city.get(state.period)
    city_cell = cell_of(city, view.indicator.decimals) if city else ""
    files = {f.name: f.path for f in table.edition.files.defer("plain", "gzip")}
    boundaries = boundaries_file(view.level.slug)
    return MapPage(
        view=view,
        period=next(p for p in table.periods if p.code == state.period),
        rows=rows,
        heads=_heads(view, earlier),
        limits=context.limits,
        legend=class_entries(rows, context.limits, decimals=view.indicator.decimals, is_change=bool(state.compare)),
        patterns=pattern_entries(rows, is_change=bool(state.compare)),
        selected=next((row for row in rows if row.is_selected), None),
        city=city_cell,
        city_figure=city,
        city_with_unit=numbers.with_unit(city_cell, view.indicator.unit_label) if city_cell else "",
        city_change=_city_change(view, earlier),
        earlier=next((p for p in table.periods if p.code == earlier), None),
        series_breaks=series_breaks,
        plan_codes=context.plan,
        recut=recut,
        boundaries_path=boundaries.path if boundaries else "",
        figures_path=files.get(f"kennwerte/{state.indicator}/{state.level}.json", ""),
        summary=summary_of(view, state.period, state.compare),
        text=words_of(view, rows),
        certainty=certainty(view, state.period),
    )


def _heads(view: MapView, earlier: str) -> list[Head]:
    state = view.state

    def head(label: str, css: str, sorting: str, direction: str = "ascending") -> Head:
        return Head(label, css, sorting, state.url(sorting=sorting), state.sorting == sorting, direction)

    since = _("seit %s") % earlier if earlier else ""
    return [
        head(_("Rang"), "rank", "rang"),
        head(view.level.label, "", "name"),
        Head(state.period, "num"),
        Head("", "bar"),
        head(since, "num", "veraenderung") if since else Head("", "num"),
    ]


def _city_change(view: MapView, earlier: str) -> str:
    change = view.table.city_change(earlier, view.state.period)
    return numbers.format_signed(change, view.indicator.decimals, get_language())


def _occurs(sign: str, cells: str) -> bool:
    if sign == "( )":
        return "(" in cells
    return sign in cells.replace("(", " ").replace(")", " ").split()


def script_data(page: MapPage, texts: dict) -> dict:
    """What the map's script needs besides the published files; `texts` are its words in the page's language."""
    view = page.view
    published = PublishedFile.objects.filter(is_current=True, name__startswith="grenzen/", name__endswith=".json")
    return {
        "language": get_language(),
        "state": vars(view.state),
        "level": {"slug": view.level.slug, "name": view.level.label, "plural": view.level.label_plural},
        "levels": [level.slug for level in view.levels],
        "boundaries": {_level_of(f.name): f.path for f in published.defer("plain", "gzip")},
        "figures": {_level_of(f.name): f.path for f in view.table.edition.files.defer("plain", "gzip")},
        "indicator": {
            "slug": view.indicator.slug,
            "name": view.indicator.label,
            "unit": view.indicator.unit_label,
            "unitLong": view.indicator.unit_long_label,
            "decimals": view.indicator.decimals,
            "breaks": [gap.period.code for gap in page.series_breaks],
            "periodLabels": {p.code: p.label for p in view.table.periods},
        },
        "release": view.table.edition.release.slug,
        "profile": area_path(view.level.slug, "_", stand=view.state.release),
        "provenance": provenance_path(view.indicator.slug, view.level.slug, "_", "-", stand=view.state.release),
        "shaky": shaky_sign(get_language()),
        "signs": [(sign, str(meaning)) for sign, meaning in SIGN_MEANINGS],
        "summaries": _summaries(view),
        "certainty": {p.code: certainty(view, p.code) for p in view.table.periods},
        "districts": _districts(view),
        "plan": sorted(page.plan_codes),
        "recut": {code: recut_sentence(day) for code, day in page.recut.items()},
        "texts": texts,
    }


def _level_of(name: str) -> str:
    return name.rsplit("/", 1)[1].removesuffix(".json")


def _summaries(view: MapView) -> dict[str, str]:
    """The sentence under the heading for every period and every comparison that can be chosen."""
    periods = {p.code: summary_of(view, p.code, "") for p in view.table.periods}
    pairs = (pair.split("-") for pair in view.table.change_limits)
    return periods | {f"{a}-{b}": summary_of(view, b, a) for a, b in pairs}


def _districts(view: MapView) -> dict[str, str]:
    """Names of the parents of the level's areas, by code."""
    parents = Area.objects.in_force().filter(children__level=view.level).distinct()
    return dict(parents.values_list("code", "name"))
