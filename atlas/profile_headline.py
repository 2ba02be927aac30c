"""The first sentences of a profile, from its figures."""

from django.utils.translation import get_language

from atlas.profile import AreaProfile
from atlas.profile_rows import ProfileRow
from atlas.sentences import AreaFacts, FigureFacts, area_headline
from indicators.statuses import Status


def headline(profile: AreaProfile) -> str:
    """Two or three plain sentences on what tells most about the area."""
    facts = tuple(_facts(row, is_city=profile.is_city) for row in profile.figures.rows)
    return area_headline(AreaFacts(profile.area.name, facts, get_language()))


def _facts(row: ProfileRow, *, is_city: bool) -> FigureFacts:
    earlier, indicator = row.earlier, row.indicator
    return FigureFacts(
        name=indicator.label,
        headline=indicator.headline,
        value=row.value,
        status=row.status.value,
        decimals=indicator.decimals,
        unit=indicator.unit_label,
        dimension=indicator.dimension.slug,
        city_value=row.city.value if row.city and not is_city else None,
        period=row.period.code,
        joint_with="+".join(row.joint_codes),
        earlier_period=earlier.period.code if earlier else "",
        earlier_value=earlier.value if earlier else None,
        earlier_status=earlier.status if earlier else Status.MISSING.value,
        earlier_joint_with=earlier.joint_with if earlier else "",
        differs=row.figure.differs if row.figure else None,
        change_differs=row.figure.differs_since.get(earlier.period.code) if row.figure and earlier else None,
        has_break=row.series_break is not None and row.since is None,
    )
