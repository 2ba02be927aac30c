"""What the administration's list of projects can be narrowed to: the same questions as the public list asks."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.models import ProjectState
from actionplan.selectors.project_list import CITY, UNKNOWN, Filters, choices, narrowed

_NOT_KNOWN = (UNKNOWN, _("nicht bekannt"))


class _Narrowed(admin.SimpleListFilter):
    """`asks`: the name of a field of `Filters`."""

    asks = ""

    def queryset(self, request, queryset):
        """Only what passes; an address that is not offered narrows nothing."""
        if self.value() not in {value for value, _label in self.lookup_choices}:
            return queryset
        return queryset.filter(pk__in=narrowed(Filters(**{self.asks: self.value()})).values("pk"))


def _offered(request):
    """What there is to choose from, asked once for all filters of a page."""
    if not hasattr(request, "plan_choices"):
        request.plan_choices = choices(timezone.localdate())
    return request.plan_choices


class InPlace(_Narrowed):
    """Where a project works."""

    title, parameter_name, asks = _("Gebiet"), "gebiet", "place"

    def lookups(self, request, model_admin):
        """City-wide, unknown, and the areas in which there are projects."""
        return [(CITY, _("stadtweit")), _NOT_KNOWN, *_offered(request).places]


class InYear(_Narrowed):
    """In which year it ran, as far as that is known."""

    title, parameter_name, asks = _("Jahr"), "jahr", "year"

    def lookups(self, request, model_admin):
        """The years of which something is known."""
        return [_NOT_KNOWN, *((year, year) for year in _offered(request).years)]


class NewestState(_Narrowed):
    """The newest state, as the column shows it."""

    title, parameter_name, asks = _("Zustand"), "zustand", "state"

    def lookups(self, request, model_admin):
        """All states."""
        return [*ProjectState.State.choices, _NOT_KNOWN]
