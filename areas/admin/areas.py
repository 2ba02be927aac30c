"""Areas in the administration."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area, AreaPart
from areas.naming import fold
from areas.tasks import republish_boundaries

from .maps import AdminWithMap, AreaForm, background
from .readonly import ReadOnly

SEEN_ON_MAP = {"level", "code", "name", "parent", "valid"}  # what the published boundaries contain


class InForce(admin.SimpleListFilter):
    """Areas of today, or those that have ended or not yet begun."""

    title = _("Gebietsstand")
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        """The two choices besides everything."""
        return [("heute", _("heute gültig")), ("andere", _("nicht heute gültig"))]

    def queryset(self, request, queryset):
        """Filter by the valid range."""
        today = Q(valid__contains=timezone.localdate())
        return {"heute": queryset.filter(today), "andere": queryset.exclude(today)}.get(self.value(), queryset)


class PartInline(ReadOnly, admin.TabularInline):
    """The smallest areas that an area consists of; written by imports."""

    model = AreaPart
    fk_name = "whole"
    fields = ["part"]
    extra = 0
    verbose_name_plural = _("Besteht aus diesen kleinsten Gebieten")

    def get_queryset(self, request):
        """Without boundaries, in order of codes."""
        links = super().get_queryset(request).select_related("part", "whole").order_by("part__code")
        return links.defer("part__geometry", "whole__geometry")


@admin.register(Area)
class AreaAdmin(AdminWithMap):
    """Areas through time. Boundaries change by import; names, parents and notes here."""

    form = AreaForm
    list_display = ["name", "code", "level", "parent_name", "since", "until", "certainty"]
    list_filter = ["level", InForce, "certainty"]
    search_fields = ["search_name", "code"]
    search_help_text = _("Name (auch ohne Umlaute) oder Schlüssel")
    autocomplete_fields = ["parent"]
    inlines = [PartInline]
    ordering = ["level__rank", "code"]

    def get_queryset(self, request):
        """Lists need no boundaries; the form loads its own."""
        return super().get_queryset(request).select_related("level", "parent").defer("geometry", "parent__geometry")

    def get_search_results(self, request, queryset, search_term):
        """Search names in any spelling, and codes from their beginning."""
        words = [Q(search_name__contains=fold(w)) | Q(code__startswith=w) for w in search_term.split() if fold(w)]
        return queryset.filter(*words), False

    def get_form(self, request, obj=None, **kwargs):
        """Only a new area can be drawn."""
        form = super().get_form(request, obj, **kwargs)
        if obj is not None and "geometry" in form.base_fields:
            field = form.base_fields["geometry"]
            field.widget.modifiable = False
            field.help_text = _("Grenzen ändern sich durch einen Import; so bleibt der alte Gebietsstand erhalten.")
        return form

    def has_delete_permission(self, request, obj=None):
        """History stays: an area ends by its valid range."""
        return False

    def save_model(self, request, obj, form, change):
        """Store, and renew the map when it shows what was changed."""
        super().save_model(request, obj, form, change)
        if not change or SEEN_ON_MAP.intersection(form.changed_data):
            republish_boundaries.enqueue(obj.level.slug)

    def get_urls(self):
        """With the background of the maps."""
        view = self.admin_site.admin_view(background)
        return [path("hintergrund/<int:level_pk>/", view, name="areas_area_background"), *super().get_urls()]

    @admin.display(description=_("Liegt in"), ordering="parent__name")
    def parent_name(self, area):
        """Name of the parent."""
        return area.parent.name if area.parent else "–"

    @admin.display(description=_("gilt seit"), ordering="valid")
    def since(self, area):
        """First day; open when unknown."""
        return area.valid.lower or _("offen")

    @admin.display(description=_("bis (ausschließlich)"))
    def until(self, area):
        """First day on which it no longer holds."""
        return area.valid.upper or _("offen")
