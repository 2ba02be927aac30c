"""How the public interface writes levels, areas and boundaries."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.models import Area, AreaLevel


class LevelSerializer(serializers.ModelSerializer):
    """One level of the city's division; `areas` is the number of its areas in force today."""

    areas = serializers.IntegerField(source="area_count")

    class Meta:
        model = AreaLevel
        fields = ["slug", "name", "name_plural", "name_en", "name_plural_en", "rank", "is_reporting", "areas"]


class AreaSerializer(serializers.ModelSerializer):
    """One area without its boundary."""

    level = serializers.SlugField(source="level.slug")
    parent = serializers.SerializerMethodField()
    valid_from = serializers.DateField(source="valid.lower")
    valid_until = serializers.DateField(source="valid.upper", help_text="Erster Tag, an dem es nicht mehr gilt")
    source = serializers.CharField(source="source.title")

    class Meta:
        model = Area
        fields = ["level", "code", "name", "parent", "certainty", "note", "valid_from", "valid_until", "source"]

    @extend_schema_field({"type": "object", "nullable": True, "example": {"level": "stadtbezirk", "code": "02"}})
    def get_parent(self, area: Area) -> dict | None:
        """Level and code of the area that this one lies in."""
        return {"level": area.parent.level.slug, "code": area.parent.code} if area.parent else None


class AreaDetailSerializer(AreaSerializer):
    """One area with the smallest areas that it consists of."""

    parts = serializers.ListField(child=serializers.CharField(), help_text="Schlüssel der kleinsten Gebiete")
    square_kilometres = serializers.FloatField()

    class Meta(AreaSerializer.Meta):
        fields = [*AreaSerializer.Meta.fields, "parts", "square_kilometres"]


class AreaFeatureSerializer(GeoFeatureModelSerializer):
    """One area as GeoJSON ; the view hands over `geometry` in WGS 84."""

    geometry = GeometryField(precision=6)
    level = serializers.CharField(source="level.slug")
    parent = serializers.CharField(source="parent.code", default="")

    class Meta:
        model = Area
        geo_field = "geometry"
        id_field = "code"
        fields = ["code", "level", "name", "parent", "certainty"]


class AreaRefSerializer(serializers.Serializer):
    """An area as far as a link needs it."""

    level = serializers.CharField()
    level_name = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class PlaceSerializer(serializers.Serializer):
    """The areas that lie at a point, from the city down."""

    lat = serializers.FloatField()
    lon = serializers.FloatField()
    inside = serializers.BooleanField(help_text="Ob der Punkt im Stadtgebiet liegt")
    areas = AreaRefSerializer(many=True)
