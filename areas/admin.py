"""Levels, areas, places, sources and published files in the administration."""

import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.forms import ModelForm
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from areas.admin_maps import AdminWithMap, AreaForm, GeometryKeepingForm, background
from areas.models import Area, AreaLevel, AreaPart, Facility, PublishedFile, Source
from areas.naming import fold
from areas.tasks import republish_boundaries

SEEN_ON_MAP = {"level", "code", "name", "parent", "valid"}  # what the published boundaries contain


class ReadOnly:
    """For records that only the portal itself writes."""

    def has_add_permission(self, request, obj=None):
        """Nobody adds these by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes these by hand."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes these by hand."""
        return False


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


class LevelForm(ModelForm):
    """A level whose pattern for codes can be used."""

    class Meta:
        model = AreaLevel
        fields = (
            "name",
            "name_plural",
            "name_en",
            "name_plural_en",
            "slug",
            "rank",
            "code_pattern",
            "is_smallest",
            "is_reporting",
        )

    def clean_code_pattern(self):
        """Refuse a pattern that is no regular expression."""
        pattern = self.cleaned_data["code_pattern"]
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValidationError(_("Das ist kein regulärer Ausdruck. Beispiel: \\d{3}")) from error
        return pattern


@admin.action(description=_("Kartengrenzen neu berechnen und veröffentlichen"), permissions=["change"])
def republish(modeladmin, request, queryset):
    """Let the worker publish the boundaries of the chosen levels."""
    for level in queryset:
        republish_boundaries.enqueue(level.slug)
    text = _("Beauftragt: %(levels)s. Die Karte zeigt die neuen Grenzen, sobald sie berechnet sind.")
    modeladmin.message_user(request, text % {"levels": ", ".join(x.name for x in queryset)}, messages.SUCCESS)


@admin.register(AreaLevel)
class AreaLevelAdmin(admin.ModelAdmin):
    """The levels of the division with the number of areas in force."""

    form = LevelForm
    list_display = ["name", "slug", "rank", "count", "code_pattern", "is_smallest", "is_reporting"]
    search_fields = ["name", "slug"]
    actions = [republish]

    def get_queryset(self, request):
        """With the number of areas of today."""
        today = Q(areas__valid__contains=timezone.localdate())
        return super().get_queryset(request).annotate(in_force=Count("areas", filter=today))

    @admin.display(description=_("Gebiete heute"), ordering="in_force")
    def count(self, level):
        """Areas in force today."""
        return level.in_force


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


class FacilityForm(GeometryKeepingForm):
    """A place; its position stays exact when nobody moves it."""

    geometry_field = "point"

    class Meta:
        model = Facility
        fields = ("kind", "name", "address", "source", "point")


@admin.register(Facility)
class FacilityAdmin(AdminWithMap):
    """Places that people use."""

    form = FacilityForm
    list_display = ["name", "kind", "address", "source"]
    list_filter = ["kind"]
    list_select_related = ["source"]
    search_fields = ["name", "address", "kind"]

    def get_queryset(self, request):
        """Lists need no positions; the form loads its own."""
        return super().get_queryset(request).defer("point")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Where facts come from."""

    list_display = ["title", "publisher", "state", "licence", "is_estimate", "order"]
    search_fields = ["title", "publisher", "slug"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(PublishedFile)
class PublishedFileAdmin(ReadOnly, admin.ModelAdmin):
    """What the portal has published; to look at only."""

    list_display = ["name", "digest", "is_current", "created_at", "address"]
    list_filter = ["is_current", "content_type"]
    search_fields = ["name", "digest"]
    fields = ["name", "digest", "content_type", "is_current", "created_at", "address"]
    readonly_fields = ["address"]

    def get_queryset(self, request):
        """Without the contents."""
        return super().get_queryset(request).defer("plain", "gzip")

    @admin.display(description=_("Adresse"))
    def address(self, file):
        """Link to the file itself."""
        return format_html('<a href="{0}">{0}</a>', file.path)
