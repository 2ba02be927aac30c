"""The public interface: indices with their rule and their results. Its addresses stand in `atlas/api_urls.py`."""

from decimal import Decimal

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from atlas.answers import no_such_thing, open_answer, parameter
from atlas.asked import AskedWrongly, one_of
from atlas.selectors.indices import NoIndex, index_view
from atlas.serializers import NumberField
from indicators.models import IndexResult, Indicator
from indicators.statistics.composite import shares_of
from indicators.statuses import Status


class ContributionSerializer(serializers.Serializer):
    """What one indicator adds to a score: its value made comparable (`z`), its part, its share of all parts."""

    indicator = serializers.CharField()
    z = serializers.FloatField()
    part = serializers.FloatField()
    share = serializers.FloatField()


class IndexResultSerializer(serializers.ModelSerializer):
    """One area: unrounded score and class (from 1, the most favourable), or the reason why there is none."""

    area = serializers.CharField(source="area.code")
    name = serializers.CharField(source="area.name")
    score = NumberField(allow_null=True)
    status = serializers.SerializerMethodField()
    number_class = serializers.SerializerMethodField()
    class_name = serializers.SerializerMethodField()
    contributions = serializers.SerializerMethodField()
    changed_in = serializers.SerializerMethodField()

    class Meta:
        model = IndexResult
        fields = [
            *("area", "name", "score", "status", "number_class", "class_name", "reason", "about", "contributions"),
            *("variants", "changed_in"),
        ]

    def get_status(self, result: IndexResult) -> str:
        """Status of the score, as of every figure."""
        return self.context["view"].statuses.get(result.area_id, Status.MISSING)

    def get_number_class(self, result: IndexResult) -> int | None:
        """Class from 1."""
        return None if result.number_class is None else result.number_class + 1

    def get_class_name(self, result: IndexResult) -> str:
        """Name of the class, in German as the rule has it."""
        return (
            "" if result.number_class is None else self.context["view"].definition["class_names"][result.number_class]
        )

    @extend_schema_field(ContributionSerializer(many=True))
    def get_contributions(self, result: IndexResult) -> list[dict]:
        """In the order of the rule; empty where there is no score."""
        parts = [Decimal(row["part"]) for row in result.contributions]
        keys = [row["indicator"] for row in self.context["view"].definition["components"]] if parts else []
        return [
            {"indicator": key, "z": float(row["z"]), "part": float(row["part"]), "share": round(float(share), 6)}
            for key, row, share in zip(keys, result.contributions, shares_of(parts), strict=True)
        ]

    def get_changed_in(self, result: IndexResult) -> int:
        """In how many of the variants the class is another one."""
        return len(result.changes)


class IndexResultsSerializer(serializers.Serializer):
    """An index on one level in one period, with the rule it was computed by."""

    index = serializers.CharField()
    level = serializers.CharField()
    period = serializers.CharField()
    earlier = serializers.CharField(allow_blank=True)
    release = serializers.CharField()
    rule = serializers.SerializerMethodField()
    statistics = serializers.SerializerMethodField()
    results = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_rule(self, content: dict) -> dict:
        """Indicators, weights, directions, standardisation, classes, as kept with the release."""
        return content["rule"]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_statistics(self, content: dict) -> dict:
        """Number of areas, limits as scores, mean and standard deviation of each indicator."""
        return content["statistics"]

    @extend_schema_field(IndexResultSerializer(many=True))
    def get_results(self, content: dict) -> list[dict]:
        """Every area of the level, the least favourable first, those without a score last."""
        return IndexResultSerializer(content["results"], many=True, context=self.context).data


@extend_schema(
    parameters=[
        parameter("index", "Kennung des Index", required=True, example="mss_status"),
        parameter("level", "Kennung der Gliederungsebene; ohne Angabe die übliche", example="sozialraum"),
        parameter("period", "Kennung des Zeitraums; ohne Angabe der neueste", example="2024"),
        parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste"),
    ],
    responses=IndexResultsSerializer,
)
@open_answer("index", "level", "period", "release")
def index_results(request):
    """Results of a social index: scores, classes, what each indicator contributes, how stable the class is."""
    slugs = Indicator.objects.published().filter(index__isnull=False).order_by("slug").values_list("slug", flat=True)
    indicator = Indicator.objects.for_lists().get(slug=one_of(request.GET, "index", slugs))
    names = {"ebene": "level", "zeit": "period", "stand": "release"}
    query = {german: request.GET.get(english, "") for german, english in names.items()}
    view = _view(indicator, query, names)
    content = {
        "index": indicator.slug,
        "level": view.level.slug,
        "period": view.period.code,
        "earlier": view.earlier,
        "release": view.edition.release.slug,
        "rule": view.definition,
        "statistics": view.statistics,
        "results": [*view.results, *view.left],
    }
    return Response(IndexResultsSerializer(content, context={"view": view}).data)


def _view(indicator: Indicator, query: dict[str, str], names: dict[str, str]):
    """The view asked for; what cannot be used is refused under the name that the interface gives it."""
    try:
        view = index_view(indicator, query)
    except AskedWrongly as wrong:
        wrong.parameter = names[wrong.parameter]
        raise
    except NoIndex as nothing:
        raise no_such_thing(_("Zu diesem Index sind keine Ergebnisse veröffentlicht.")) from nothing
    if view.stand.wrong:
        view.stand.wrong.parameter = "release"
        raise view.stand.wrong
    return view
