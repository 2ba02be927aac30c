"""Action programmes and their versions in the administration."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.actions.programmes import ProgrammeError, begin_version, publish_version
from actionplan.models import (
    ActionProgramme,
    ProgrammeGoal,
    ProgrammeMeasure,
    ProgrammeMilestone,
    ProgrammeParticipation,
    ProgrammeVersion,
)
from areas.admin.widgets import DateRangeWidget

from .constraints import SkipsUndecidable
from .own_areas import OwnAreasOnly
from .refusals import SaysRefusals


class ProgrammeForm(SkipsUndecidable, forms.ModelForm):
    """What the database would refuse is said at its field."""

    decides, then_leave_out = "state", "valid"

    class Meta:
        model = ActionProgramme
        fields = ("title", "slug", "action_area", "valid", "state", "paper", "source")
        widgets = {"valid": DateRangeWidget()}

    def clean(self):
        """A published programme keeps its address and its area and does not become a draft again."""
        cleaned = super().clean()
        valid = cleaned.get("valid")
        if valid is not None and (valid.lower is None or valid.upper is None):
            self.add_error("valid", ValidationError(_("Erster und letzter Tag gehören dazu.")))
        if self.instance.pk and self.instance.versions.filter(published_on__isnull=False).exists():
            for name in {"slug", "action_area"} & set(self.changed_data):
                self.add_error(name, ValidationError(_("Eine Fassung ist veröffentlicht: Das bleibt, wie es ist.")))
            if cleaned.get("state") == ActionProgramme.State.DRAFT:
                self.add_error("state", ValidationError(_("Eine Fassung ist veröffentlicht: kein Entwurf mehr.")))
        return cleaned


class ParticipationInline(admin.StackedInline):
    """What led to it."""

    model = ProgrammeParticipation
    autocomplete_fields = ["participation"]
    extra = 0


class VersionInline(admin.TabularInline):
    """Its versions, to open."""

    model = ProgrammeVersion
    fields = readonly_fields = ["number", "published_on", "change_note"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        """Versions are begun by a step of their own."""
        return False


@admin.register(ActionProgramme)
class ActionProgrammeAdmin(SaysRefusals, OwnAreasOnly, admin.ModelAdmin):
    """Programmes of the action areas."""

    form = ProgrammeForm
    list_display = ["title", "action_area", "state", "valid", "paper"]
    list_filter = ["state"]
    list_select_related = ["action_area", "paper"]
    search_fields = ["title", "action_area__name"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["action_area", "paper", "source"]
    inlines = [ParticipationInline, VersionInline]
    actions = ["begin"]

    def get_queryset(self, request):
        """Lists need no boundaries."""
        return super().get_queryset(request).defer("action_area__geometry")

    @admin.action(description=_("Neue Fassung beginnen (mit dem Inhalt der neuesten)"), permissions=["change"])
    def begin(self, request, queryset):
        """A further draft for each chosen programme."""
        for programme in queryset:
            made = begin_version(programme=programme, like=programme.versions.order_by("-number").first())
            self.message_user(request, _("Begonnen: %(version)s.") % {"version": made}, messages.SUCCESS)


class _FrozenInline(admin.StackedInline):
    """Parts of a version: open as long as it is not published."""

    extra = 0

    def _is_open(self, obj) -> bool:
        return obj is None or obj.published_on is None

    def has_add_permission(self, request, obj=None):
        """A published version gets no new parts."""
        return self._is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """Parts of a published version stay."""
        return self._is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Parts of a published version stay."""
        return self._is_open(obj) and super().has_delete_permission(request, obj)


class GoalInline(_FrozenInline):
    """What is to be reached."""

    model = ProgrammeGoal


class MeasureInline(_FrozenInline):
    """What is to be done."""

    model = ProgrammeMeasure
    autocomplete_fields = ["project"]


class MilestoneInline(_FrozenInline):
    """By when."""

    model = ProgrammeMilestone


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(SaysRefusals, OwnAreasOnly, admin.ModelAdmin):
    """What a programme says; published versions can only be read."""

    list_display = ["programme", "number", "published_on", "change_note"]
    list_filter = [("published_on", admin.EmptyFieldListFilter)]
    list_select_related = ["programme"]
    search_fields = ["programme__title", "change_note"]
    autocomplete_fields = ["programme"]
    readonly_fields = ["published_on"]
    inlines = [GoalInline, MeasureInline, MilestoneInline]
    actions = ["publish"]

    def has_change_permission(self, request, obj=None):
        """A published version stays."""
        return (obj is None or obj.published_on is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A published version stays."""
        return (obj is None or obj.published_on is None) and super().has_delete_permission(request, obj)

    @admin.action(description=_("Veröffentlichen: ab heute öffentlich, danach unveränderlich"), permissions=["change"])
    def publish(self, request, queryset):
        """Each chosen draft, with the database's sentence where it refuses."""
        for version in queryset.filter(published_on__isnull=True):
            try:
                publish_version(version=version, day=timezone.localdate())
            except ProgrammeError as error:
                self.message_user(request, f"{version}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("Veröffentlicht: %(version)s.") % {"version": version}, messages.SUCCESS)
