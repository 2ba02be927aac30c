"""One filter step each."""

import datetime

from django.db import models


class IndicatorQuerySet(models.QuerySet):
    """Filter steps for the catalogue; chain them."""

    def published(self) -> "IndicatorQuerySet":
        """Indicators for which there are public figures."""
        return self.filter(current_edition__isnull=False)

    def without_data(self) -> "IndicatorQuerySet":
        """Indicators that stand in the catalogue only."""
        return self.filter(current_edition__isnull=True)

    def for_lists(self) -> "IndicatorQuerySet":
        """With everything that a list of indicators shows; class limits are large and stay in the database."""
        related = self.select_related("dimension", "source", "weight", "current_edition__release")
        return related.defer("current_edition__breaks")


class ReleaseQuerySet(models.QuerySet):
    """Filter steps for releases; chain them."""

    def published(self) -> "ReleaseQuerySet":
        """Releases that the public sees or saw."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)


class ValueQuerySet(models.QuerySet):
    """Filter steps for internal values; chain them."""

    def visible_to(self, release) -> "ValueQuerySet":
        """Of each area, indicator and period the newest value: of `release` itself, else of what was published.

        For a release that is public itself: of what was published before it, so that an old figure is never explained
        by newer values. What was withdrawn does not count; nothing public is computed from it.
        """
        public = models.Q(release__published_at__isnull=False, release__withdrawn_at__isnull=True)
        if release.published_at is not None:
            public &= models.Q(release__published_at__lt=release.published_at)
        open_or_this = models.Q(release=release) | public
        return (
            self.filter(open_or_this)
            .annotate(is_own=models.Case(models.When(release=release, then=1), default=0))
            .order_by("indicator_id", "area_id", "period_id", "-is_own", "-release__published_at")
            .distinct("indicator_id", "area_id", "period_id")
        )

    def public_at(self, moment: datetime.datetime) -> "ValueQuerySet":
        """Of each area, indicator and period the value that was public at a moment and is not withdrawn."""
        return (
            self.filter(release__published_at__lte=moment, release__withdrawn_at__isnull=True)
            .order_by("indicator_id", "area_id", "period_id", "-release__published_at")
            .distinct("indicator_id", "area_id", "period_id")
        )


class FigureQuerySet(models.QuerySet):
    """Filter steps for published figures; chain them."""

    def current(self) -> "FigureQuerySet":
        """Figures that the public sees now."""
        return self.filter(edition__current_for__isnull=False)

    def public_at(self, moment: datetime.datetime | None) -> "FigureQuerySet":
        """Figures that the public saw at a moment, for None those it sees now. 1 query more for a moment."""
        if moment is None:
            return self.current()
        from indicators.standing import editions_at  # noqa: PLC0415 - it imports the models, which import this module

        return self.filter(edition__in=editions_at(moment).values())

    def at_level(self, slug: str) -> "FigureQuerySet":
        """Figures of areas of the level with this slug."""
        return self.filter(area__level__slug=slug)

    def for_period(self, code: str) -> "FigureQuerySet":
        """Figures of one period."""
        return self.filter(period__code=code)

    def in_force(self, on: datetime.date) -> "FigureQuerySet":
        """Figures of areas that are valid on a day."""
        return self.filter(area__valid__contains=on)


class AnalysisQuerySet(models.QuerySet):
    """Filter steps for stored results."""

    def public_at(self, moment: datetime.datetime) -> "AnalysisQuerySet":
        """Results that were public at a moment, are not withdrawn, and whose figures were still the newest then."""
        from indicators.models import IndicatorEdition  # noqa: PLC0415 - the models import this module

        place = models.Func(
            models.OuterRef("inputs"),
            models.F("indicator__slug"),
            function="array_position",
            output_field=models.IntegerField(),
        )
        replaced = IndicatorEdition.objects.alias(place=place).filter(
            place__isnull=False,
            release__published_at__lte=moment,
            release__withdrawn_at__isnull=True,
            release__published_at__gt=models.OuterRef("release__published_at"),
        )
        public = self.filter(release__published_at__lte=moment, release__withdrawn_at__isnull=True)
        return public.filter(~models.Exists(replaced))
