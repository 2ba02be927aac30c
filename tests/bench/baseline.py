"""What the portal is measured against: bare Django bytes, and a plain DRF-GIS serializer over the same data."""

from django.http import HttpResponse
from django.urls import include, path
from rest_framework.generics import ListAPIView
from rest_framework_gis.serializers import GeoFeatureModelSerializer, GeometrySerializerMethodField

from areas.models import Area
from indicators.models import Figure

BODY = b'{"values":[' + b",".join(b"12.5" for _ in range(200)) + b"]}"


def bare(request):
    """Bytes from memory through Django's handler: the fastest that a Django view can be."""
    return HttpResponse(BODY, content_type="application/json")


class AreaSerializer(GeoFeatureModelSerializer):
    """Areas with their geometry transformed per row, as the DRF-GIS documentation shows it."""

    shape = GeometrySerializerMethodField()

    class Meta:
        model = Area
        geo_field = "shape"
        fields = ("id", "code", "name")

    def get_shape(self, area):
        """The geometry in WGS 84."""
        return area.geometry.transform(4326, clone=True)

    def to_representation(self, instance):
        """The feature with its values, one query per area as plain serializers do."""
        feature = super().to_representation(instance)
        figures = Figure.objects.filter(area=instance, edition__indicator__slug="transferleistungsquote")
        feature["properties"]["values"] = {f.period.code: f.value for f in figures.select_related("period")}
        return feature


class PlainAreas(ListAPIView):
    """All areas of a level with values and geometry."""

    serializer_class = AreaSerializer

    def get_queryset(self):
        """Areas of the level in the address."""
        return Area.objects.at_level(self.kwargs["level"])


urlpatterns = [
    path("baseline/bare/", bare),
    path("baseline/areas/<str:level>/", PlainAreas.as_view()),
    path("", include("dortmund_sozial.urls")),
]
