"""What pages about stored results share: choosing one by address, indicators, areas, a small map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from areas.models import Area, AreaLevel
from atlas import numbers
from atlas.asked import one_of
from atlas.charts.locator import GRID
from atlas.charts.thumbnail import thumbnail_svg
from atlas.drawings import level_drawing
from atlas.selectors.thumbnails import coarse
from atlas.stand import Stand
from indicators.analyses import analyses_at
from indicators.models import Analysis, Indicator


class NothingStored(Exception):
    """No result of this kind is public at the moment asked for."""


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen, and whether it is."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Chosen:
    """A stored result with what else could be shown: definitions by slug, periods of this definition."""

    result: Analysis
    slug: str
    period: str
    definitions: list[Choice]
    periods: list[Choice]

    @property
    def content(self) -> dict:
        """The result itself."""
        return self.result.content


def chosen_result(kind: str, parameter: str, query: Mapping[str, str], stand: Stand) -> Chosen:
    """The result that an address names by `parameter` and `zeit`, else the first definition's newest. 2 queries.

    Raises `AskedWrongly`, and `NothingStored` where there is none at all.
    """
    found = {analysis.key: analysis for analysis in analyses_at(kind, stand.moment)}
    if not found:
        raise NothingStored
    keys = [key.split("/", 1) for key in sorted(found)]
    ranks = {key.split("/", 1)[0]: _rank(analysis) for key, analysis in found.items()}
    slugs = sorted(ranks, key=lambda slug: ranks[slug])
    slug = one_of(query, parameter, slugs, default=slugs[0])
    periods = [period for one, period in keys if one == slug]
    period = one_of(query, "zeit", periods, default=periods[-1])
    return Chosen(
        result=found[f"{slug}/{period}"],
        slug=slug,
        period=period,
        definitions=[Choice(s, _name(found, s), s == slug) for s in slugs],
        periods=[Choice(p, p, p == period) for p in periods],
    )


def _rank(analysis: Analysis) -> tuple:
    definition = analysis.content["definition"]
    return definition.get("order", 100), definition["slug"]


def _name(found: Mapping[str, Analysis], slug: str) -> str:
    newest = max(key for key in found if key.startswith(f"{slug}/"))
    return text_of(found[newest].content["definition"], "name")


def text_of(definition: Mapping[str, str], field: str) -> str:
    """A text of a stored definition in the language of the request."""
    return (get_language() == "en" and definition.get(f"{field}_en")) or definition.get(field, "")


def areas_word(level: AreaLevel) -> str:
    """The plural name of a level inside a sentence: English ones begin with a small letter there."""
    return level.label_plural.lower() if get_language() == "en" else level.label_plural


def indicators_called(slugs: Sequence[str]) -> dict[str, Indicator]:
    """By slug, with their sources. 1 query."""
    return {i.slug: i for i in Indicator.objects.filter(slug__in=slugs).select_related("source")}


def area_names(*levels: AreaLevel | str) -> dict[tuple[str, str], str]:
    """Names of all areas in force on these levels by level and code. 1 query."""
    slugs = [getattr(level, "slug", level) for level in levels]
    rows = Area.objects.in_force().filter(level__slug__in=slugs).values_list("level__slug", "code", "name")
    return {(level, code): name for level, code, name in rows}


def written(number: float, decimals: int) -> str:
    """A number of a stored result in the language of the request."""
    return numbers.format_number(Decimal(str(number)), decimals, get_language())


def figure_cell(indicator: Indicator, number, status: str) -> str:
    """A number with its sign, as tables show it."""
    return numbers.cell(number, status, indicator.decimals, get_language())


def result_map(
    level: str, classes: Mapping[str, str], *, text: str, css: str = "", outlined: Sequence[str] = ()
) -> str:
    """A map of a level coloured by CSS classes, action areas outlined; "" without boundaries. 1 or 2 queries."""
    drawing = level_drawing(level)
    if drawing is None:
        return ""
    members = {code for code in outlined if code in drawing.paths}
    borders = drawing.mesh({code: code for code in members}) + drawing.outline(members) if members else ""
    lines = f'<path class="thumbnail__lines" transform="scale({1 / GRID:.4f})" d="{borders}"/>' if members else ""
    size = (drawing.width / GRID, drawing.height / GRID)
    return thumbnail_svg(coarse(drawing.paths), size=size, classes=classes, text=text, css=css, on_top=lines)
