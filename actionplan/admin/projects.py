"""Projects with their places, fields and states; fields of action with their names."""

from django.contrib import admin

from actionplan.models import FieldGoal, FieldName, FieldOfAction, Project, ProjectField, ProjectPlace, ProjectState
from areas.admin.widgets import DateRangeWidget

from .journals import JournalInline
from .own_areas import OwnAreasOnly, OwnPlaces


class PlaceInline(OwnPlaces, admin.StackedInline):
    """Where it works."""

    model = ProjectPlace
    autocomplete_fields = ["area", "action_area"]
    extra = 0


class FieldInline(admin.StackedInline):
    """What it belongs to."""

    model = ProjectField
    extra = 0


class StateInline(JournalInline):
    """Its way."""

    model = ProjectState
    fields = ["state", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]


@admin.register(Project)
class ProjectAdmin(OwnAreasOnly, admin.ModelAdmin):
    """Projects."""

    list_display = ["title", "reach", "carrier", "begins", "ends", "source"]
    list_filter = ["reach", "fields_of_action", "states__state", "source"]
    list_select_related = ["source"]
    search_fields = ["title", "description", "carrier", "partners"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source"]
    inlines = [PlaceInline, FieldInline, StateInline]


class NameInline(admin.StackedInline):
    """What it is called, and when."""

    model = FieldName
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A range of dates as two days."""
        if db_field.name == "valid":
            kwargs["widget"] = DateRangeWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class GoalInline(admin.StackedInline):
    """Which indicators its goal wants to move."""

    model = FieldGoal
    autocomplete_fields = ["indicator"]
    extra = 0


@admin.register(FieldOfAction)
class FieldOfActionAdmin(admin.ModelAdmin):
    """Fields of action."""

    list_display = ["slug", "goal", "order"]
    search_fields = ["slug", "names__name"]
    inlines = [NameInline, GoalInline]
