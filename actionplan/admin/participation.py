"""Participation, offices and functions in the administration. No field takes a person's name."""

from django.contrib import admin

from actionplan.models import (
    Office,
    OfficePlace,
    Participation,
    ParticipationPlace,
    PlanFunction,
    PlanFunctionPlace,
)
from areas.admin.maps import AdminWithMap, GeometryKeepingForm

from .own_areas import OwnAreasOnly, OwnPlaces
from .refusals import SaysRefusals

_TIME = ["begins", "begins_is_exact", "ends", "ends_is_exact", "is_former", "reported", "source", "source_note"]


class _PlaceInline(admin.StackedInline):
    """Areas, or quarters with a boundary of their own."""

    autocomplete_fields = ["area", "action_area"]
    extra = 0


class ParticipationPlaceInline(OwnPlaces, _PlaceInline):
    """Whose people take part."""

    model = ParticipationPlace


@admin.register(Participation)
class ParticipationAdmin(SaysRefusals, OwnAreasOnly, admin.ModelAdmin):
    """Dates and processes of participation."""

    list_display = ["title", "kind", "begins", "ends", "exactness", "reach", "state"]
    list_filter = ["state", "kind", "reach"]
    search_fields = ["title", "place", "description", "outcome"]
    date_hierarchy = "begins"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["paper", "source"]
    inlines = [ParticipationPlaceInline]


class OfficePlaceInline(_PlaceInline):
    """Whom it is there for."""

    model = OfficePlace


class OfficeForm(GeometryKeepingForm):
    """An office with its position."""

    geometry_field = "location"


@admin.register(Office)
class OfficeAdmin(SaysRefusals, AdminWithMap):
    """Offices with address and hours."""

    form = OfficeForm
    list_display = ["name", "kind", "address", "begins", "ends", "is_former", "reported"]
    list_filter = ["kind", "is_former"]
    search_fields = ["name", "address"]
    prepopulated_fields = {"slug": ["name", "address"]}
    autocomplete_fields = ["source"]
    fields = [
        *("kind", "name", "slug", "number", "carrier", "address", "hours", "phone", "email", "location", "note"),
        *_TIME,
    ]
    inlines = [OfficePlaceInline]


class PlanFunctionPlaceInline(_PlaceInline):
    """Whom it is there for."""

    model = PlanFunctionPlace


@admin.register(PlanFunction)
class PlanFunctionAdmin(SaysRefusals, admin.ModelAdmin):
    """Roles in the plan; who holds them stands nowhere."""

    list_display = ["title", "number", "unit", "office", "reported"]
    list_select_related = ["office"]
    search_fields = ["title", "unit"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["office", "source"]
    fields = ["title", "title_en", "slug", "number", "unit", "tasks", "contact", "office", *_TIME]
    inlines = [PlanFunctionPlaceInline]
