"""Rules "below the average": which areas stand out, computed from published figures when a release is prepared."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from areas.models import AreaLevel
from indicators.analyses import Told, figures_seen_with, tables_of
from indicators.definitions import DefinedScreening, defined_screenings
from indicators.delivered import division_in_force
from indicators.models import Analysis, Period, Release
from indicators.statistics.screening import Criterion, Limit, Screened, limit_of, screen
from indicators.statistics.upwards import Division
from indicators.statuses import Status

SCREENINGS = "unter-durchschnitt"
OfLevel = Mapping[str, Mapping[str, Told]]  # figures by indicator and area


def screenings_of(release: Release) -> Iterator[Analysis]:
    """A result for every rule that the release concerns, and every period for which all its indicators have figures."""
    touched = set(release.editions.values_list("indicator_id", flat=True))
    periods = {period.code: period for period in Period.objects.all()}
    concerned = [d for d in defined_screenings() if touched & {indicator.pk for indicator in d.indicators}]
    division = division_in_force() if concerned else None
    city = AreaLevel.objects.order_by("rank").values_list("slug", flat=True).first()
    for defined in concerned:
        for code, levels in _figures(release, defined).items():
            content = _content(defined, levels, division, city)
            if content is not None:
                yield Analysis(
                    kind=SCREENINGS,
                    key=f"{defined.record.slug}/{code}",
                    level=defined.record.level,
                    period=periods[code],
                    inputs=sorted({criterion.slug for criterion in defined.criteria}),
                    content=content,
                )


def _figures(release: Release, defined: DefinedScreening) -> dict[str, dict[str, OfLevel]]:
    """Figures by period, level, indicator and area."""
    found: dict = defaultdict(lambda: defaultdict(dict))
    slugs = {indicator.pk: indicator.slug for indicator in defined.indicators}
    for pk, of_levels in tables_of(figures_seen_with(release, defined.indicators), with_city=True).items():
        for level, of_periods in of_levels.items():
            for period, figures in of_periods.items():
                found[period][level][slugs[pk]] = {figure.code: figure for figure in figures}
    return dict(sorted(found.items()))


def _content(defined: DefinedScreening, levels: Mapping[str, OfLevel], division: Division, city: str) -> dict | None:
    record, criteria = defined.record, defined.criteria
    here = levels.get(record.level.slug, {})
    if any(criterion.slug not in here for criterion in criteria):
        return None
    whole = {slug: next(iter(figures.values())).value for slug, figures in levels.get(city, {}).items()}
    limits = [limit_of(c, _column(here[c.slug]), whole.get(c.slug)) for c in criteria]
    lower = levels.get(record.lower_level.slug, {}) if record.lower_level else {}
    return {
        "definition": _definition(defined),
        "city": [_text(whole.get(criterion.slug)) for criterion in criteria],
        "limits": [
            {"value": _text(limit.value), "is_inside": limit.is_inside, "tied": list(limit.tied)} for limit in limits
        ],
        "areas": _screened(criteria, limits, here, record.needed),
        "below": [
            {**area, "inside": _container(division, record, area["code"])}
            for area in _screened(criteria, limits, lower, record.needed)
        ],
        "has_estimates": any(f.status == Status.ESTIMATED for of_one in here.values() for f in of_one.values()),
    }


def _screened(criteria: Sequence[Criterion], limits: Sequence[Limit], of_level: OfLevel, needed: int) -> list[dict]:
    columns = {slug: _column(figures) for slug, figures in of_level.items()}
    return [_area(area, of_level) for area in screen(columns, criteria, limits, needed)]


def _area(area: Screened, of_level: OfLevel) -> dict:
    return {
        "code": area.key,
        "verdict": str(area.verdict),
        "met": area.met,
        "reasons": [
            {
                "value": _text(reason.value),
                "status": _status(of_level, reason.slug, area.key),
                "met": reason.met,
            }
            for reason in area.reasons
        ],
    }


def _definition(defined: DefinedScreening) -> dict:
    record = defined.record
    texts = {key: getattr(record, key) for key in ("slug", "name", "name_en", "description", "description_en")}
    return {
        **texts,
        "level": record.level.slug,
        "lower_level": record.lower_level.slug if record.lower_level else "",
        "order": record.order,
        "needed": record.needed,
        "criteria": [
            {"indicator": c.slug, "comparison": str(c.kind), "side": str(c.side), "threshold": _text(c.threshold)}
            for c in defined.criteria
        ],
    }


def _container(division: Division, record, code: str) -> str:
    """The area of the rule's level in which a smaller one lies with all its parts; "" where there is none."""
    parts = division.parts.get((record.lower_level.slug, code), frozenset())
    level = record.level.slug
    found = (key[1] for key, whole in division.parts.items() if key[0] == level and parts and parts <= whole)
    return next(found, "")


def _column(figures: Mapping[str, Told]) -> dict[str, Decimal | None]:
    return {code: figure.value for code, figure in figures.items()}


def _status(of_level: OfLevel, slug: str, code: str) -> str:
    figure = of_level.get(slug, {}).get(code)
    return str(figure.status if figure else Status.MISSING)


def _text(number: Decimal | None) -> str | None:
    """Exact and short: 12.50 becomes 12.5."""
    return None if number is None else f"{number.normalize():f}"
