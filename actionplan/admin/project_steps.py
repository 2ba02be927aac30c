"""Many projects at once, and the money of one, in the administration."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actionplan.actions.booking import euros
from actionplan.actions.states import LeftOut, StateError, set_states
from actionplan.models import Allocation, CouncilPaper, Project, ProjectState
from actionplan.selectors.sums import with_sums


class StateForm(forms.Form):
    """The new state of all chosen projects."""

    state = forms.ChoiceField(
        label=_("Neuer Zustand"), choices=[("", _("bitte wählen")), *ProjectState.State.choices]
    )  # none is chosen before: a state stays for ever
    day = forms.DateField(
        label=_("Seit"),
        initial=timezone.localdate,
        help_text=_("z. B. 01.05.2026"),
        widget=forms.DateInput(attrs={"class": "vDateField"}),
    )
    paper = forms.ModelChoiceField(CouncilPaper.objects.all(), label=_("Drucksache"), required=False)
    note = forms.CharField(
        label=_("Bemerkung"), max_length=240, required=False, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    without = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, projects, **kwargs):
        """`without`: keys of projects of which was said that they are left out."""
        super().__init__(*args, **kwargs)
        self.fields["without"].choices = [(pk, pk) for pk in projects]


@admin.action(description=_("Zustand der ausgewählten Projekte ändern"), permissions=["set_state"])
def change_state(model_admin, request, queryset):
    """First a page that asks for state, day and paper; a refusal stands on it, and what was typed stays.

    Projects that cannot get the state are told with the reason; the others move when that was seen.
    """
    keys = queryset.values_list("pk", flat=True)
    form = StateForm(request.POST if "apply" in request.POST else None, projects=keys)
    left_out: list = []
    if "apply" in request.POST and form.is_valid():
        try:
            count = set_states(projects=queryset.defer("words"), **form.cleaned_data)
        except LeftOut as error:
            form.add_error(None, str(error))
            left_out = error.projects
        except StateError as error:
            form.add_error(None, str(error))
        else:
            told = ngettext("%(count)d Projekt geändert.", "%(count)d Projekte geändert.", count) % {"count": count}
            gone = len(keys) - count
            if gone:
                told += " " + ngettext("%(count)d blieb weg.", "%(count)d blieben weg.", gone) % {"count": gone}
            model_admin.message_user(request, told, messages.SUCCESS)
            return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Zustand ändern"),
        "opts": model_admin.model._meta,
        "projects": _with_state(queryset),
        "form": form,
        "left_out": left_out,
        "remaining": len(keys) - len(left_out),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/actionplan/project/change_state.html", context)


def _with_state(queryset) -> list[tuple[Project, ProjectState | None]]:
    """Projects by title, each with the state that it is in (None: not known)."""
    states = ProjectState.objects.filter(project__in=queryset.order_by().values("pk")).order_by("day", "pk")
    newest = {state.project_id: state for state in states}
    return [(project, newest.get(project.pk)) for project in queryset.order_by("title")]


class MoneyInline(admin.TabularInline):
    """What the project gets from which fund, with its sums; booking happens at the allocation."""

    model = Allocation
    fields = readonly_fields = ["fund", "planned", "granted", "committed", "spent", "way"]
    verbose_name, verbose_name_plural = _("Geld aus einem Topf"), _("Geld (gebucht wird an der Zuweisung)")
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request):
        """With the sums of the journal until today."""
        return with_sums(super().get_queryset(request).select_related("fund"), timezone.localdate())

    def has_add_permission(self, request, obj=None):
        """An allocation is opened on its own page."""
        return False

    def has_change_permission(self, request, obj=None):
        """Sums are read."""
        return False

    @admin.display(description=_("geplant"))
    def planned(self, allocation):
        """Foreseen, in euros."""
        return euros(allocation.sum_planned or 0)

    @admin.display(description=_("bewilligt"))
    def granted(self, allocation):
        """Approved by now, in euros."""
        return euros((allocation.sum_approved or 0) + (allocation.sum_revised or 0))

    @admin.display(description=_("gebunden"))
    def committed(self, allocation):
        """Promised, in euros."""
        return euros(allocation.sum_committed or 0)

    @admin.display(description=_("ausgezahlt"))
    def spent(self, allocation):
        """Paid, in euros."""
        return euros(allocation.sum_spent or 0)

    @admin.display(description="")
    def way(self, allocation):
        """Where it is booked."""
        url = reverse("admin:actionplan_allocation_change", args=[allocation.pk])
        return format_html('<a href="{}">{}</a>', url, _("buchen"))
