"""What the portal is measured against: bare Django bytes, and a plain DRF-GIS serializer over the same data."""

from django.contrib.gis.db.models.functions import Transform
from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import path
from rest_framework.generics import ListAPIView
from rest_framework.serializers import SerializerMethodField
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.models import Area
from dortmund_sozial.urls import urlpatterns as portal_urls
from indicators.models import Figure

INDICATOR = "transferleistungsquote"
BODY = b'{"values":[' + b",".join(b"12.5" for _ in range(200)) + b"]}"


def bare(request):
    """Bytes from memory through Django's handler: the fastest that a Django view can be."""
    return HttpResponse(BODY, content_type="application/json")


class AreaSerializer(GeoFeatureModelSerializer):
    """Areas with geometry and values, as the documentation of DRF-GIS shows it."""

    shape = GeometryField()
    values = SerializerMethodField()

    class Meta:
        model = Area
        geo_field = "shape"
        fields = ("id", "code", "name", "values")

    def get_values(self, area):
        """Values by period, prefetched."""
        return {figure.period.code: figure.value for figure in area.shown}


class PlainAreas(ListAPIView):
    """All areas of a level with values and geometry in WGS 84: two queries, everything else is serialising."""

    serializer_class = AreaSerializer

    def get_queryset(self):
        """Areas of the level in the address."""
        figures = Figure.objects.filter(edition__indicator__slug=INDICATOR).select_related("period")
        areas = Area.objects.at_level(self.kwargs["level"]).annotate(shape=Transform("geometry", 4326))
        return areas.prefetch_related(Prefetch("figures", figures, to_attr="shown"))


urlpatterns = [
    path("baseline/bare/", bare),
    path("baseline/areas/<str:level>/", PlainAreas.as_view()),
    *portal_urls,
]
