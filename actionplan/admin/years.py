"""Years in lists and filters: numbers of four digits, never with a separator of thousands."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class YearFilter(admin.AllValuesFieldListFilter):
    """A filter by year."""

    def choices(self, changelist):
        """The years as text."""
        for choice in super().choices(changelist):
            yield {**choice, "display": str(choice["display"])}


@admin.display(description=_("Jahr"), ordering="year")
def year_of(row):
    """The year of a row that has one."""
    return str(row.year)
