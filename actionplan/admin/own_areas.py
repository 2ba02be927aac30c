"""Administration for accounts that edit only the areas they are in charge of; see `actionplan/rights.py`."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionArea, AreaCharge
from actionplan.rights import areas_in_charge, is_limited, may_edit, own_areas

from .refusals import SaysRefusals


class OwnAreasOnly:
    """A list that everybody reads; a record is changed only by who may edit its areas."""

    def has_change_permission(self, request, obj=None):
        """Not in a neighbour's area."""
        return super().has_change_permission(request, obj) and may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Not in a neighbour's area."""
        return super().has_delete_permission(request, obj) and may_edit(request.user, obj)

    def get_queryset(self, request):
        """A step for many takes only records that may be changed; lists show all."""
        found = super().get_queryset(request)
        if request.method == "POST" and request.POST.get("action") and is_limited(request.user):
            chosen = found.filter(pk__in=request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME))
            return found.filter(pk__in=[record.pk for record in chosen if may_edit(request.user, record)])
        return found

    def response_action(self, request, queryset):
        """What was chosen and lies in other areas is named before anything happens to the rest."""
        chosen = request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME)
        if request.POST.get("action") and is_limited(request.user) and chosen:
            dropped = self.model.objects.filter(pk__in=chosen).exclude(pk__in=queryset.values("pk"))
            if names := [str(record) for record in dropped]:
                told = _("Nicht dabei, weil Sie dort nicht zuständig sind: %(names)s.") % {"names": ", ".join(names)}
                self.message_user(request, told, messages.WARNING)
                if len(names) == len(chosen):
                    return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only the own action areas can be chosen."""
        if db_field.related_model is ActionArea and is_limited(request.user):
            kwargs["queryset"] = ActionArea.objects.filter(area__in=own_areas(request.user)).defer("geometry")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        """The last door: what was saved lies in the own areas, or nothing is saved."""
        super().save_related(request, form, formsets, change)
        if not may_edit(request.user, form.instance):
            raise PermissionDenied


class OwnPlacesFormSet(BaseInlineFormSet):
    """Places of a record; `user` is who edits them."""

    user = None

    def clean(self):
        """An account with areas of its own names only these, and at least one."""
        super().clean()
        if self.user is None or not is_limited(self.user) or any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        named = {_area_of(row) for row in kept} - {None}
        if named and named <= own_areas(self.user):
            return
        own = ", ".join(area.name for area in areas_in_charge(self.user)) or _("keines")
        text = _("Sie sind zuständig für: %(own)s. Nennen Sie mindestens eines dieser Gebiete und kein anderes.")
        raise ValidationError(text % {"own": own})


def _area_of(row: dict) -> int | None:
    area, member = row.get("area"), row.get("action_area")
    return area.pk if area else member.area_id if member else None


class OwnPlaces:
    """An inline of places that knows who edits."""

    formset = OwnPlacesFormSet

    def get_formset(self, request, obj=None, **kwargs):
        """The formset, with the person."""
        made = super().get_formset(request, obj, **kwargs)
        return type(made.__name__, (made,), {"user": request.user})


@admin.register(AreaCharge)
class AreaChargeAdmin(SaysRefusals, admin.ModelAdmin):
    """Who is in charge of which area."""

    list_display = ["user", "area"]
    list_select_related = ["user", "area"]
    search_fields = ["user__username", "area__search_name"]
    autocomplete_fields = ["user", "area"]

    def get_queryset(self, request):
        """Lists need no boundaries."""
        return super().get_queryset(request).defer("area__geometry")
