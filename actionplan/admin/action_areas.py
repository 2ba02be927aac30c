"""The action plan's areas in the administration."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.actions.freezing import freeze_figures
from actionplan.models import ActionArea, MembershipFigure
from areas.admin.maps import AdminWithMap, GeometryKeepingForm
from areas.admin.widgets import DateRangeWidget

from .constraints import SkipsUndecidable
from .refusals import SaysRefusals


class ActionAreaForm(SkipsUndecidable, GeometryKeepingForm):
    """A membership; only quarters have a boundary of their own."""

    decides, then_leave_out = "kind", "valid"

    class Meta:
        model = ActionArea
        fields = (
            *("kind", "name", "area", "valid", "start_is_exact", "decision", "paper", "end_decision", "end_paper"),
            *("cluster_2007", "source", "note", "geometry"),
        )
        widgets = {"valid": DateRangeWidget()}

    def clean(self):
        """Say in words what the database would refuse."""
        cleaned = super().clean()
        is_quarter = cleaned.get("kind") == ActionArea.Kind.ACTION_QUARTER
        if is_quarter and not cleaned.get("geometry"):
            self.add_error("geometry", ValidationError(_("Ein Aktionsquartier braucht eine eigene Grenze.")))
        if not is_quarter and cleaned.get("geometry"):
            text = _("Ein Aktionsraum hat die Grenze seines Sozialraums; bitte keine eigene zeichnen.")
            self.add_error("geometry", ValidationError(text))
        for decision, paper in (("decision", "paper"), ("end_decision", "end_paper")):
            if decision in self.changed_data and cleaned.get(decision) and not cleaned.get(paper):
                self.add_error(paper, ValidationError(_("Welche Drucksache das beschlossen hat, fehlt.")))
        valid = cleaned.get("valid")
        if valid is not None and valid.lower is None:
            self.add_error("valid", ValidationError(_("Der erste Tag fehlt.")))
        return cleaned


class Holds(admin.SimpleListFilter):
    """Memberships of today, or those that have ended or not yet begun."""

    title = _("Gilt")
    parameter_name = "gilt"

    def lookups(self, request, model_admin):
        """The two choices besides everything."""
        return [("heute", _("heute")), ("andere", _("nicht heute"))]

    def queryset(self, request, queryset):
        """Filter by the range of dates."""
        today = Q(valid__contains=timezone.localdate())
        return {"heute": queryset.filter(today), "andere": queryset.exclude(today)}.get(self.value(), queryset)


class FrozenFigureInline(admin.TabularInline):
    """Figures at the decision, to read: nobody changes them."""

    model = MembershipFigure
    fields = readonly_fields = (
        *("indicator_label", "period", "value", "status", "city_value", "city_status"),
        *("is_earliest", "release", "frozen_on"),
    )
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """They are frozen by the decision."""
        return False

    def has_change_permission(self, request, obj=None):
        """The database would refuse it."""
        return False

    def get_queryset(self, request):
        """With what a row names."""
        return super().get_queryset(request).select_related("period", "release")


@admin.register(ActionArea)
class ActionAreaAdmin(SaysRefusals, AdminWithMap):
    """Memberships in the plan, with dates and the decisions behind them."""

    form = ActionAreaForm
    list_display = ["name", "kind", "area", "since", "until", "decision"]
    list_filter = ["kind", Holds]
    search_fields = ["name", "area__search_name", "area__code", "decision"]
    autocomplete_fields = ["area", "source", "paper", "end_paper"]
    inlines = [FrozenFigureInline]
    fieldsets = [
        (None, {"fields": ["kind", "name", "area"]}),
        (
            _("Zeit und Beschluss"),
            {"fields": ["valid", "start_is_exact", "decision", "paper", "end_decision", "end_paper"]},
        ),
        (_("Herkunft"), {"fields": ["cluster_2007", "source", "note"]}),
        (_("Eigene Grenze (nur Aktionsquartiere)"), {"fields": ["geometry"]}),
    ]

    def get_queryset(self, request):
        """Lists need no boundaries; the form loads its own."""
        return super().get_queryset(request).select_related("area").defer("geometry", "area__geometry")

    def has_delete_permission(self, request, obj=None):
        """A membership ends by a decision; it is never made undone."""
        return False

    def save_model(self, request, obj, form, change):
        """A new membership carries the figures of its decision."""
        super().save_model(request, obj, form, change)
        if not change:
            freeze_figures(obj)

    @admin.display(description=_("seit"), ordering="valid")
    def since(self, membership):
        """First day, or its year where the day is not known."""
        first = membership.valid.lower
        return first if membership.start_is_exact or first is None else first.year

    @admin.display(description=_("bis (ausschließlich)"))
    def until(self, membership):
        """First day on which it no longer holds."""
        return membership.valid.upper
