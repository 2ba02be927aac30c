"""The public interface, version 1: read-only, without account, open to scripts of other sites.

Everything that the pages show, as JSON. Described in docs/api.md and, for machines, at /api/v1/schema/.
"""

from django.contrib.gis.db.models.functions import Transform
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.response import Response

from actionplan.models import ActionArea
from areas.models import Area, AreaLevel
from areas.selectors import WGS84, areas_at
from atlas import area_serializers, serializers
from atlas.answers import fresh_answer, kept_answer, no_such_thing, open_answer, parameter
from atlas.asked import day, degrees, one_of
from atlas.stand import stand_for
from indicators.models import Figure, Indicator, IndicatorEdition, Release
from indicators.periods import period_label

ON = parameter("on", "Tag in der Form JJJJ-MM-TT; ohne Angabe heute", example="2019-06-30")
LEVEL = parameter("level", "Kennung der Gliederungsebene, siehe /api/v1/levels/", example="sozialraum")
RELEASE = parameter("release", "Stand: Kennung einer Veröffentlichung oder Tag (JJJJ-MM-TT); ohne Angabe der neueste")
NEEDED_LEVEL = parameter("level", LEVEL.description, required=True, example="sozialraum")


@extend_schema(exclude=True)
@open_answer()
def overview(request):
    """Where everything is."""
    names = ("levels", "areas", "areas_geojson", "indicators", "figures", "groups", "index_results", "releases")
    names += ("typologies", "screenings", "analyses", "correlation", "similar")
    names += ("action_areas", "here", "schema")
    return Response({name: request.build_absolute_uri(reverse(f"api:{name}")) for name in names})


@extend_schema(exclude=True)
@open_answer()
def unknown(request):
    """Answer for addresses that lead nowhere."""
    raise no_such_thing(_("Diese Adresse gibt es nicht. Alle Adressen nennt /api/v1/."))


@extend_schema(responses=area_serializers.LevelSerializer(many=True))
@open_answer()
def levels(request):
    """The levels of the city's division, largest areas first."""
    in_force = Count("areas", filter=Q(areas__valid__contains=timezone.localdate()))
    found = AreaLevel.objects.annotate(area_count=in_force).order_by("rank")
    return Response(area_serializers.LevelSerializer(found, many=True).data)


@extend_schema(parameters=[LEVEL, ON], responses=area_serializers.AreaSerializer(many=True))
@open_answer("level", "on")
def areas(request):
    """Areas in force on a day, with their certainty and the area they lie in."""
    found = _areas(request).select_related("level", "parent__level", "source").defer("geometry", "parent__geometry")
    return Response(area_serializers.AreaSerializer(found, many=True).data)


@extend_schema(parameters=[NEEDED_LEVEL, ON], responses=area_serializers.AreaFeatureSerializer(many=True))
@open_answer("level", "on")
def areas_geojson(request):
    """Boundaries of a level with full detail, as GeoJSON in WGS 84."""
    found = _areas(request, level_needed=True).annotate(wgs84=Transform("geometry", WGS84))
    found = list(found.select_related("level", "parent").defer("geometry", "parent__geometry"))
    for each in found:
        each.geometry = each.wgs84
    answer = Response(
        area_serializers.AreaFeatureSerializer(found, many=True).data, content_type="application/geo+json"
    )
    answer["Content-Disposition"] = f'inline; filename="gebiete-{request.GET["level"]}.geojson"'
    return answer


@extend_schema(parameters=[ON], responses=area_serializers.AreaDetailSerializer)
@open_answer("on")
def area(request, level: str, code: str):
    """One area with the smallest areas that it consists of."""
    on = day(request.GET, "on", default=timezone.localdate())
    found = Area.objects.in_force(on).at_level(level).filter(code=code)
    found = found.select_related("level", "parent__level", "source").first()
    if found is None:
        raise no_such_thing(
            _("Ein Gebiet mit dem Schlüssel „%(code)s“ gibt es auf der Ebene „%(level)s“ nicht.")
            % {"code": code[:60], "level": level[:60]}
        )
    found.parts = sorted(found.part_links.values_list("part__code", flat=True))
    found.square_kilometres = round(found.geometry.area / 1_000_000, 3)
    return Response(area_serializers.AreaDetailSerializer(found).data)


@extend_schema(responses=serializers.IndicatorSerializer(many=True))
@open_answer()
def indicators(request):
    """The whole catalogue, also indicators without figures."""
    found = Indicator.objects.for_lists().prefetch_related("levels")
    return Response(serializers.IndicatorSerializer(found, many=True).data)


@extend_schema(responses=serializers.IndicatorDetailSerializer)
@open_answer()
def indicator(request, slug: str):
    """One indicator: definition, unit, source, breaks in the series, periods."""
    found = Indicator.objects.for_lists().select_related("weight").filter(slug=slug)
    found = found.prefetch_related("levels", "breaks__period", "current_edition__periods").first()
    if found is None:
        raise no_such_thing(_("Den Indikator „%(slug)s“ gibt es nicht.") % {"slug": slug[:80]})
    return Response(serializers.IndicatorDetailSerializer(found).data)


@extend_schema(
    parameters=[
        parameter("indicator", "Kennung des Indikators", required=True, example="arbeitslosenquote"),
        NEEDED_LEVEL,
        parameter("period", "Kennung des Zeitraums; ohne Angabe alle", example="2018"),
        RELEASE,
    ],
    responses=serializers.FiguresSerializer,
)
@open_answer("indicator", "level", "period", "release")
def figures(request):
    """Published figures of an indicator on a level, with status, table sign, rank and the city's value."""
    edition = _asked_edition(request)
    periods = [period.code for period in edition.periods.all()]
    level = one_of(request.GET, "level", AreaLevel.objects.values_list("slug", flat=True))
    period = one_of(request.GET, "period", periods, default="")
    found = Figure.objects.filter(edition=edition, area__level__slug__in=[level, "stadt"])
    found = found.filter(period__code=period) if period else found
    found = found.select_related("area__level", "period").defer("area__geometry").order_by("period__code", "area__code")
    for figure in found:
        figure.edition = edition
    content = {
        "indicator": edition.indicator.slug,
        "level": level,
        "unit": edition.indicator.unit,
        "release": edition.release.slug,
        "periods": [
            {"code": code, "label": period_label(code, edition.indicator.reference)}
            for code in periods
            if code == (period or code)
        ],
        "city": [figure for figure in found if figure.area.level.rank == 0],
        "figures": [figure for figure in found if figure.area.level.slug == level],
    }
    return Response(serializers.FiguresSerializer(content).data)


@extend_schema(responses=serializers.ReleaseSerializer(many=True))
@open_answer()
def releases(request):
    """Published releases, newest first."""
    editions = Prefetch("editions", IndicatorEdition.objects.select_related("indicator").defer("breaks"))
    found = Release.objects.published().select_related("corrects").prefetch_related(editions)
    return Response(serializers.ReleaseSerializer(found, many=True).data)


@extend_schema(parameters=[ON], responses=serializers.ActionAreaSerializer(many=True))
@open_answer("on")
def action_areas(request):
    """Aktionsräume and Aktionsquartiere on a day."""
    on = day(request.GET, "on", default=timezone.localdate())
    found = ActionArea.objects.in_force(on).select_related("area__level").defer("geometry", "area__geometry")
    return Response(serializers.ActionAreaSerializer(found, many=True).data)


@extend_schema(
    parameters=[
        parameter("lat", "Breite in Grad (WGS 84)", required=True, example="51.4905"),
        parameter("lon", "Länge in Grad (WGS 84)", required=True, example="7.5012"),
    ],
    responses=area_serializers.PlaceSerializer,
)
@fresh_answer("lat", "lon")
def here(request):
    """Which areas lie at a point. Nothing about the question is kept."""
    lat, lon = degrees(request.GET, "lat", 90), degrees(request.GET, "lon", 180)
    found = areas_at(lon, lat)
    return Response(area_serializers.PlaceSerializer({"lat": lat, "lon": lon, **vars(found)}).data)


schema = kept_answer(SpectacularJSONAPIView.as_view())


def _areas(request, *, level_needed: bool = False):
    slugs = AreaLevel.objects.values_list("slug", flat=True)
    level = one_of(request.GET, "level", slugs, default=None if level_needed else "")
    found = Area.objects.in_force(day(request.GET, "on", default=timezone.localdate()))
    return found.at_level(level) if level else found


def _asked_edition(request) -> IndicatorEdition:
    slugs = list(Indicator.objects.published().values_list("slug", flat=True))
    slug = one_of(request.GET, "indicator", slugs)
    stand, edition = stand_for(Indicator.objects.get(slug=slug), request.GET.get("release", ""))
    if stand.wrong:
        stand.wrong.parameter = "release"
        raise stand.wrong
    return edition
