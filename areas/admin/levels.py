"""Levels of the division in the administration."""

import re

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import AreaLevel
from areas.tasks import republish_boundaries


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
