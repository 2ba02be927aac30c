"""Projects with their places, fields and states; fields of action with their names."""

from django.contrib import admin
from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from actionplan.actions.states import why_not
from actionplan.models import (
    FieldGoal,
    FieldName,
    FieldOfAction,
    Project,
    ProjectField,
    ProjectPlace,
    ProjectState,
)
from areas.admin.widgets import DateRangeWidget
from areas.naming import fold

from .journals import JournalFormSet, JournalInline
from .own_areas import OwnAreasOnly, OwnPlaces
from .project_filters import InPlace, InYear, NewestState
from .project_records import FileInline, ResultInline
from .project_steps import MoneyInline, change_state
from .refusals import SaysRefusals


class PlaceInline(OwnPlaces, admin.StackedInline):
    """Where it works."""

    model = ProjectPlace
    autocomplete_fields = ["area", "action_area"]
    extra = 0


class FieldInline(admin.StackedInline):
    """What it belongs to."""

    model = ProjectField
    extra = 0


class StateFormSet(JournalFormSet):
    """A state is only ever added, so one that cannot follow is refused before it stands there for good."""

    def clean(self):
        """Each new state follows on the newest known one, and no day lies in the future."""
        super().clean()
        if any(self.errors):
            return
        new = [form for form in self.extra_forms if form.has_changed() and form.cleaned_data]
        newest = self.instance.states.last() if self.instance.pk else None
        for form in sorted(new, key=lambda form: form.cleaned_data["day"]):
            state, day = form.cleaned_data["state"], form.cleaned_data["day"]
            if day > timezone.localdate():
                form.add_error("day", _("Der Tag liegt in der Zukunft."))
            elif reason := why_not(newest, state, day):
                form.add_error("state", _("Das Projekt %(reason)s.") % {"reason": reason})
            newest = ProjectState(state=state, day=day)


class StateInline(JournalInline):
    """Its way."""

    formset = StateFormSet
    model = ProjectState
    fields = ["state", "day", "day_is_exact", "paper", "note"]
    autocomplete_fields = ["paper"]


@admin.register(Project)
class ProjectAdmin(SaysRefusals, OwnAreasOnly, admin.ModelAdmin):
    """Projects."""

    list_display = ["title", "state_now", "where", "carrier", "time"]
    list_filter = [NewestState, InPlace, InYear, "fields_of_action"]
    actions = [change_state]
    list_per_page, show_full_result_count = 50, False
    readonly_fields = ["changes"]
    list_select_related = ["source"]
    search_fields = ["title", "slug", "words"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source"]
    inlines = [PlaceInline, FieldInline, StateInline, MoneyInline, ResultInline, FileInline]

    def get_queryset(self, request):
        """With the newest known state."""
        newest = ProjectState.objects.filter(project=OuterRef("pk")).order_by("-day", "-pk").values("state")[:1]
        places = ProjectPlace.objects.select_related("area", "action_area").defer(
            "area__geometry", "action_area__geometry"
        )
        found = super().get_queryset(request).defer("words").annotate(newest=Subquery(newest))
        return found.prefetch_related(Prefetch("places", places))

    def get_search_results(self, request, queryset, search_term):
        """Words in any spelling of umlauts."""
        return super().get_search_results(request, queryset, fold(search_term))

    def has_set_state_permission(self, request):
        """Whether somebody may move projects along their way."""
        return request.user.has_perm("actionplan.add_projectstate")

    @admin.display(description=_("Zustand"), ordering="newest")
    def state_now(self, project):
        """The newest known state."""
        return dict(ProjectState.State.choices).get(project.newest, _("nicht bekannt"))

    @admin.display(description=_("Gebiet"), ordering="reach")
    def where(self, project):
        """Areas, or that it is for the whole city, or that nobody knows."""
        names = sorted(place.name for place in project.places.all())
        return ", ".join(names).replace("/", "/\u200b") or project.get_reach_display()  # may break after a slash

    @admin.display(description=_("Zeit"), ordering="begins")
    def time(self, project):
        """First and last day as far as they are known, or what is said of them."""
        first, last = (date_format(day, "SHORT_DATE_FORMAT") if day else "" for day in (project.begins, project.ends))
        return f"{first} – {last}".strip() if first or last else project.dates_note or _("nicht bekannt")

    @admin.display(description=_("Verlauf"))
    def changes(self, project):
        """Where earlier states of projects are told."""
        url = reverse("staff:history") + "?art=projekte"
        return format_html('<a href="{}">{}</a>', url, _("Frühere Stände aller Projekte ansehen"))


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
class FieldOfActionAdmin(SaysRefusals, admin.ModelAdmin):
    """Fields of action."""

    list_display = ["slug", "goal", "order"]
    search_fields = ["slug", "names__name"]
    inlines = [NameInline, GoalInline]
