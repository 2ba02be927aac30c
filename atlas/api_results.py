"""The public interface, version 1: stored results over several indicators, exactly as they were published."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.response import Response

from atlas.answers import no_such_thing, open_answer, parameter
from atlas.asked import one_of
from atlas.stand import read_stand
from indicators.actions.analysing_screens import SCREENINGS
from indicators.actions.analysing_types import TYPOLOGIES
from indicators.analyses import analyses_at

RELEASE = parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste")
PERIOD = parameter("period", "Kennung des Zeitraums; ohne Angabe alle", example="2018")
RESULT = inline_serializer(
    "StoredResult",
    {
        "slug": serializers.CharField(),
        "period": serializers.CharField(),
        "level": serializers.CharField(),
        "release": serializers.CharField(),
        "inputs": serializers.ListField(child=serializers.CharField()),
        "result": serializers.JSONField(),
    },
    many=True,
)


@extend_schema(
    parameters=[parameter("typology", "Kennung der Typologie; ohne Angabe alle"), PERIOD, RELEASE], responses=RESULT
)
@open_answer("typology", "period", "release")
def typologies(request):
    """Typologies: clusters with profile, areas with cluster and silhouette, joins, changes since the period before."""
    return Response(_results(request, TYPOLOGIES, "typology"))


@extend_schema(parameters=[parameter("rule", "Kennung der Regel; ohne Angabe alle"), PERIOD, RELEASE], responses=RESULT)
@open_answer("rule", "period", "release")
def screenings(request):
    """Rules "below the average": verdict and reasons of every area, on the level of the rule and below it."""
    return Response(_results(request, SCREENINGS, "rule"))


def _results(request, kind: str, name: str) -> list[dict]:
    stand = read_stand(request.GET.get("release", ""))
    if stand.wrong:
        stand.wrong.parameter = "release"
        raise stand.wrong
    found = [(*analysis.key.split("/", 1), analysis) for analysis in analyses_at(kind, stand.moment)]
    if not found:
        raise no_such_thing(_("Dazu ist noch nichts veröffentlicht."))
    slug = one_of(request.GET, name, sorted({slug for slug, _period, _a in found}), default="")
    period = one_of(request.GET, "period", sorted({period for _slug, period, _a in found}), default="")
    return [
        {
            "slug": one,
            "period": code,
            "level": analysis.level.slug,
            "release": analysis.release.slug,
            "inputs": analysis.inputs,
            "result": analysis.content,
        }
        for one, code, analysis in found
        if slug in ("", one) and period in ("", code)
    ]
