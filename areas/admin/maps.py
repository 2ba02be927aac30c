"""Maps in the administration: Leaflet without tiles, under a strict content security policy."""

import json
import re

import numpy as np
import shapely
from csp.constants import NONCE
from csp.decorators import csp_update
from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from leaflet.admin import LeafletGeoAdmin

from areas.models import Area, AreaLevel
from areas.models.area import SRID

from .widgets import DateRangeWidget

WGS84 = 4326
SAME = 0.01  # metres; the way to the browser and back moves coordinates by less
BACKGROUND_DETAIL = 10.0  # metres

# django-leaflet starts its map by a script with a nonce; only these pages allow one.
allows_map_script = csp_update({"script-src": [NONCE]})


class GeometryKeepingForm(forms.ModelForm):
    """Leaves a geometry exactly as it is stored when nobody has moved it."""

    geometry_field = "geometry"

    def clean(self):
        """Undo the rounding by the way through longitudes and latitudes."""
        cleaned = super().clean()
        stored, sent = self.initial.get(self.geometry_field), cleaned.get(self.geometry_field)
        if stored and sent:
            moved = sent.transform(SRID, clone=True) if sent.srid != SRID else sent
            if moved.equals_exact(stored, SAME):
                cleaned[self.geometry_field] = stored
        return cleaned


class AreaForm(GeometryKeepingForm):
    """A new area may be drawn if it fits; a stored boundary changes by import, so that history stays."""

    class Meta:
        model = Area
        fields = ("level", "code", "name", "parent", "valid", "certainty", "note", "source", "geometry")
        widgets = {"valid": DateRangeWidget()}

    def __init__(self, *args, **kwargs):
        """Both ends of the valid range may be open."""
        super().__init__(*args, **kwargs)
        if "valid" in self.fields:
            self.fields["valid"].required = False

    def clean_valid(self):
        """Two empty dates mean: always."""
        return self.cleaned_data["valid"] or DateRange(None, None)

    def clean(self):
        """Keep the stored boundary; refuse a drawn one that lies on other areas of its level."""
        cleaned = super().clean()
        if self.instance.pk:
            cleaned["geometry"] = self.initial["geometry"]
        elif cleaned.get("geometry") and cleaned.get("level") and cleaned.get("valid"):
            self._check_fit(cleaned)
        level, code = cleaned.get("level"), cleaned.get("code")
        if level and code and not re.fullmatch(level.code_pattern, code):
            self.add_error("code", ValidationError(_("Der Schlüssel passt nicht zum Muster der Ebene.")))
        return cleaned

    def _check_fit(self, cleaned) -> None:
        shape = cleaned["geometry"].transform(SRID, clone=True)
        same_time = Area.objects.filter(level=cleaned["level"], valid__overlap=cleaned["valid"])
        for other in same_time.filter(geometry__relate=(shape, "T********"))[:1]:
            text = _("Die Fläche liegt zum Teil auf »%(other)s«. Zeichnen Sie daneben oder importieren Sie die Ebene.")
            self.add_error("geometry", ValidationError(text, params={"other": other}))


class AdminWithMap(LeafletGeoAdmin):
    """Django's admin with a Leaflet map whose background are the other areas of the level."""

    form = GeometryKeepingForm
    settings_overrides = {"TILES": [], "DEFAULT_CENTER": (51.51, 7.47), "DEFAULT_ZOOM": 11}

    @property
    def media(self):
        """Script and style of the map; the script is told where the background comes from."""
        address = reverse("admin:areas_area_background", args=[0])
        script = forms.Script("areas/admin-map.js", **{"data-background": address})
        return super().media + forms.Media(js=[script], css={"screen": ["areas/admin-map.css"]})

    @method_decorator(allows_map_script)
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form with the map; this page allows django-leaflet's own script by a nonce."""
        return super().changeform_view(request, object_id, form_url, extra_context)


def background(request: HttpRequest, level_pk: int) -> JsonResponse:
    """Areas of a level in force (of the reporting level for 0), simplified, as GeoJSON in WGS 84."""
    wanted = Q(level=level_pk) if level_pk else Q(level=AreaLevel.objects.filter(is_reporting=True).first())
    areas = list(Area.objects.in_force().filter(wanted).only("code", "name", "geometry"))
    features = []
    for area in areas:
        simple = area.geometry.simplify(BACKGROUND_DETAIL, preserve_topology=True)
        simple.transform(WGS84)
        shape = shapely.from_wkb(bytes(simple.wkb))
        rounded = shapely.transform(shape, lambda xy: np.round(xy, 5))
        features.append(
            {
                "type": "Feature",
                "properties": {"code": area.code, "name": area.name},
                "geometry": json.loads(shapely.to_geojson(rounded)),
            }
        )
    return JsonResponse({"type": "FeatureCollection", "features": features})
