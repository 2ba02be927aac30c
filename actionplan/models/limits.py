"""What numbers and days can be. The database knows a number NaN, above all others, and a day "infinity"."""

import datetime

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

MOST = 10**12  # euros, and more than any column for them takes
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)


def is_a_number(*columns: str, name: str) -> CheckConstraint:
    """These columns hold numbers or nothing, not NaN."""
    condition = Q()
    for column in columns:
        condition &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lt": MOST})
    return CheckConstraint(condition=condition, name=name, violation_error_message=_("Das ist keine Zahl."))


def is_a_day_of_this_century(column: str, *, name: str) -> CheckConstraint:
    """The day lies in the years for which there can be funds."""
    return CheckConstraint(
        condition=Q(**{f"{column}__gte": FIRST_DAY, f"{column}__lte": LAST_DAY}),
        name=name,
        violation_error_message=_("Der Tag liegt nicht zwischen 2000 und 2100."),
    )
