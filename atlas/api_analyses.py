"""The public interface: results beyond single figures."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from areas.models import Area, AreaLevel
from atlas.answers import open_answer, parameter
from atlas.asked import AskedWrongly, one_of
from atlas.selectors.correlation import correlation_page, rates_at
from atlas.selectors.similar import similar_to
from atlas.serializers import NumberField
from atlas.stand import Stand, read_stand
from indicators.analyses import analyses_at
from indicators.models import Analysis

MOST = 200  # results in one answer; more are asked for by indicator, level or period
FILTERS = {"indicator": "indicator__slug", "level": "level__slug", "period": "period__code"}


class AnalysisSerializer(serializers.Serializer):
    """One stored result; what `content` holds depends on `kind` and is described in docs/methods.md."""

    kind = serializers.CharField()
    key = serializers.CharField()
    indicator = serializers.CharField(source="indicator.slug", default=None)
    level = serializers.CharField(source="level.slug", default=None)
    period = serializers.CharField(source="period.code", default=None)
    computed_from = serializers.ListField(source="inputs", child=serializers.CharField())
    release = serializers.CharField(source="release.slug")
    content = serializers.JSONField()


@extend_schema(
    parameters=[
        parameter("kind", "Art der Auswertung", required=True, example="raeumliches-muster"),
        parameter("indicator", "Kennung des Indikators; ohne Angabe alle", example="transferleistungsquote"),
        parameter("level", "Kennung der Gliederungsebene; ohne Angabe alle", example="sozialraum"),
        parameter("period", "Kennung des Zeitraums; ohne Angabe alle", example="2018"),
        parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste"),
    ],
    responses=AnalysisSerializer(many=True),
)
@open_answer("kind", *FILTERS, "release")
def analyses(request):
    """Stored results of a kind, as they were published."""
    kinds = Analysis.objects.filter(release__published_at__isnull=False).order_by("kind").distinct("kind")
    kind = one_of(request.GET, "kind", kinds.values_list("kind", flat=True))
    found = analyses_at(kind, asked_stand(request.GET).moment)
    for name, field in FILTERS.items():
        if text := request.GET.get(name, "").strip():
            found = found.filter(**{field: text})
    rows = list(found[: MOST + 1])
    if len(rows) > MOST:
        raise AskedWrongly("indicator", "", [_("eine Auswahl: Die Antwort wäre sonst zu groß")])
    return Response(AnalysisSerializer(rows, many=True).data)


def asked_stand(query) -> Stand:
    """The state that `release` names. Raises `AskedWrongly`."""
    stand = read_stand(query.get("release", ""))
    if stand.wrong:
        stand.wrong.parameter = "release"
        raise stand.wrong
    return stand


class PairSerializer(serializers.Serializer):
    """An area with both values; `null` where one is not known."""

    area = serializers.CharField(source="code")
    name = serializers.CharField()
    x = NumberField(source="x.value", allow_null=True, default=None)
    y = NumberField(source="y.value", allow_null=True, default=None)


class CorrelationSerializer(serializers.Serializer):
    """Two indicators against each other; `n` are observations (areas with joint values count once)."""

    x = serializers.CharField(source="x.slug")
    y = serializers.CharField(source="y.slug")
    level = serializers.CharField(source="level.slug")
    period = serializers.CharField(source="period.code", default=None)
    n = serializers.IntegerField(source="found.n")
    pearson = serializers.FloatField(source="found.pearson", allow_null=True)
    spearman = serializers.FloatField(source="found.spearman", allow_null=True)
    pairs = PairSerializer(many=True)


class AlikeSerializer(serializers.Serializer):
    """An area with its distance and its differences, in standard deviations."""

    area = serializers.CharField(source="code")
    distance = serializers.FloatField()
    differences = serializers.DictField(child=serializers.FloatField())


class SimilarSerializer(serializers.Serializer):
    """Areas of the same level, nearest first; what was left out is named."""

    level = serializers.CharField(source="area.level.slug")
    area = serializers.CharField(source="area.code")
    period = serializers.CharField()
    indicators = serializers.SerializerMethodField()
    left_out = serializers.SerializerMethodField()
    without = serializers.ListField(child=serializers.CharField())
    areas = AlikeSerializer(many=True, source="every")

    def get_indicators(self, page) -> list[str]:
        """Indicators that were compared."""
        return [i.slug for i in page.used]

    def get_left_out(self, page) -> list[str]:
        """Chosen indicators that could not be compared."""
        return [i.slug for i in (*page.lacking, *page.untimely, *page.flat)]


@extend_schema(
    parameters=[
        parameter("x", "Kennung des ersten Indikators", required=True, example="transferleistungsquote"),
        parameter("y", "Kennung des zweiten Indikators", required=True, example="arbeitslosenquote"),
        parameter("level", "Kennung der Gliederungsebene; ohne Angabe die der Berichte", example="sozialraum"),
        parameter("period", "Kennung des Zeitraums; ohne Angabe der neueste gemeinsame", example="2018"),
        parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste"),
    ],
    responses=CorrelationSerializer,
)
@open_answer("x", "y", "level", "period", "release")
def correlation(request):
    """Pearson's and Spearman's coefficients of two indicators with all pairs."""
    names = {"x": "x", "y": "y", "level": "ebene", "period": "zeit"}
    query = {german: request.GET[name] for name, german in names.items() if name in request.GET}
    for needed in ("x", "y"):
        one_of(query, needed, rates_at(asked_stand(request.GET)))
    try:
        page = correlation_page(query, asked_stand(request.GET))
    except AskedWrongly as wrong:
        wrong.parameter = next(name for name, german in names.items() if german == wrong.parameter)
        raise
    return Response(CorrelationSerializer(page).data)


@extend_schema(
    parameters=[
        parameter("level", "Kennung der Gliederungsebene", required=True, example="sozialraum"),
        parameter("area", "Schlüssel des Gebiets", required=True, example="023"),
        parameter("indicators", "Kennungen der Indikatoren, durch Komma getrennt; ohne Angabe je Thema einer"),
        parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste"),
    ],
    responses=SimilarSerializer,
)
@open_answer("level", "area", "indicators", "release")
def similar(request):
    """Areas like one, by their distance."""
    levels = AreaLevel.objects.filter(rank__gt=0).values_list("slug", flat=True)
    areas = Area.objects.in_force().at_level(one_of(request.GET, "level", levels))
    code = one_of(request.GET, "area", areas.order_by("code").values_list("code", flat=True))
    area = areas.select_related("level").defer("geometry").get(code=code)
    slugs = [slug.strip() for slug in request.GET.get("indicators", "").split(",") if slug.strip()]
    try:
        page = similar_to(area, slugs, asked_stand(request.GET))
    except AskedWrongly as wrong:
        wrong.parameter = "indicators" if wrong.parameter == "merkmal" else wrong.parameter
        raise
    return Response(SimilarSerializer(page).data)
