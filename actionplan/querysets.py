"""One filter step each."""

import datetime

from django.contrib.gis.db import models
from django.utils import timezone


class ActionAreaQuerySet(models.QuerySet):
    """Filter steps for action areas; chain them."""

    def in_force(self, on: datetime.date | None = None) -> "ActionAreaQuerySet":
        """Memberships that hold on a day (default: today)."""
        return self.filter(valid__contains=on or timezone.localdate())


def named_on(names: models.QuerySet | models.Manager, on: datetime.date) -> models.QuerySet:
    """Names that hold on a day."""
    return names.filter(valid__contains=on)
