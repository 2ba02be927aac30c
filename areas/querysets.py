"""One filter step each."""

import datetime

from django.contrib.gis.db import models
from django.utils import timezone


class AreaQuerySet(models.QuerySet):
    """Filter steps for areas; chain them."""

    def in_force(self, on: datetime.date | None = None) -> "AreaQuerySet":
        """Areas valid on a day (default: today)."""
        return self.filter(valid__contains=on or timezone.localdate())

    def at_level(self, slug: str) -> "AreaQuerySet":
        """Areas of the level with this slug."""
        return self.filter(level__slug=slug)

    def smallest(self) -> "AreaQuerySet":
        """The areas that all others are composed of."""
        return self.filter(level__is_smallest=True)

    def containing(self, point) -> "AreaQuerySet":
        """Areas that cover a point (any SRID; transformed by the database)."""
        return self.filter(geometry__covers=point)
