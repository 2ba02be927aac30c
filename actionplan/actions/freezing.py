"""Freezing the figures of a membership as they stood when it was decided."""

import datetime

from django.db import transaction
from django.utils import timezone

from actionplan.models import ActionArea, MembershipFigure
from actionplan.selectors.membership_figures import Side, side_when_joining, sides_of
from indicators.definitions import screened_indicators
from indicators.models import Figure, Indicator, IndicatorEdition


@transaction.atomic
def freeze_figures(membership: ActionArea) -> int:
    """Write down the figures of the rules' indicators for a membership that has none yet; returns how many.

    They come from the newest release that was public on its first day, else from the first release ever; of these
    the newest period that had ended before, else the earliest one.
    """
    ActionArea.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    if membership.figures.exists():
        return 0
    indicators = {indicator.pk: indicator for indicator in screened_indicators()}
    joined = membership.valid.lower
    editions = _editions(indicators, joined)
    figures = Figure.objects.filter(edition__in=[edition.pk for edition in editions.values()])
    found = sides_of(membership.area, figures, indicators)
    rows = []
    for pk, sides in found.items():
        if sides:
            side, is_earliest = side_when_joining(sides, joined)
            rows.append(_row(membership, indicators[pk], editions[pk], side, is_earliest=is_earliest))
    return len(MembershipFigure.objects.bulk_create(rows))


def freeze_memberships() -> int:
    """The same for all memberships that have none; returns for how many something was written."""
    bare = ActionArea.objects.filter(figures__isnull=True).select_related("area")
    return sum(freeze_figures(one) > 0 for one in bare.defer("geometry", "area__geometry").order_by("pk"))


def _editions(indicators: dict[int, Indicator], joined: datetime.date) -> dict[int, IndicatorEdition]:
    """By indicator the edition that was public when the first day ended, else the first one. 1 query."""
    next_day = datetime.datetime.combine(joined + datetime.timedelta(days=1), datetime.time.min)
    over = timezone.make_aware(next_day)
    public = IndicatorEdition.objects.filter(
        indicator__in=indicators, release__published_at__isnull=False, release__withdrawn_at__isnull=True
    )
    found: dict[int, IndicatorEdition] = {}
    for edition in public.select_related("release").order_by("release__published_at", "pk").defer("breaks"):
        if edition.release.published_at < over or edition.indicator_id not in found:
            found[edition.indicator_id] = edition
    return found


def _row(
    membership: ActionArea, indicator: Indicator, edition: IndicatorEdition, side: Side, *, is_earliest: bool
) -> MembershipFigure:
    here, city = side.here, side.city
    return MembershipFigure(
        membership=membership,
        indicator=indicator,
        indicator_slug=indicator.slug,
        indicator_label=indicator.name,
        period=side.period,
        area_id=here.area_id,
        release_id=edition.release_id,
        value=here.value,
        status=here.status,
        joint_with=here.joint_with,
        lower=here.lower,
        upper=here.upper,
        city_value=city.value if city else None,
        city_status=city.status if city else "",
        city_difference=here.city_difference,
        is_earliest=is_earliest,
        frozen_on=timezone.localdate(),
    )
