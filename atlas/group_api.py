"""Own groups of areas for programs: `/api/v1/groups/`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from atlas.answers import open_answer, parameter
from atlas.api import NEEDED_LEVEL, RELEASE
from atlas.asked import AskedWrongly
from atlas.group_page import flat_rows
from atlas.group_reading import GroupAsked, read_group
from atlas.selectors.groups import group_rows
from atlas.serializers import NumberField
from indicators.statuses import Status


@dataclass
class GroupWrong(AskedWrongly):
    """A group that there cannot be; `reason` says why in plain sentences."""

    reason: str = ""

    def __str__(self):
        return self.reason or super().__str__()


class GroupFigureSerializer(serializers.Serializer):
    """The value of all areas of the group together."""

    indicator = serializers.CharField(source="indicator.slug")
    period = serializers.CharField(source="period.code")
    unit = serializers.CharField(source="indicator.unit")
    value = NumberField(source="figure.value", allow_null=True)
    status = serializers.ChoiceField(Status.values, source="figure.status")
    lower = NumberField(source="figure.lower", allow_null=True)
    upper = NumberField(source="figure.upper", allow_null=True)
    city = NumberField(source="city.value", allow_null=True, default=None)
    difference_to_city = NumberField(source="figure.city_difference", allow_null=True)
    differs_from_city = serializers.BooleanField(source="figure.differs", allow_null=True)
    reason = serializers.CharField(
        source="found.reason", help_text="Warum es keinen Wert gibt: secret, missing, weight, joint oder never"
    )
    lacking = serializers.ListField(
        child=serializers.CharField(), source="found.lacking", help_text="Schlüssel der Gebiete, an denen es liegt"
    )


class GroupSerializer(serializers.Serializer):
    """Areas of one level and the figures of all of them together."""

    level = serializers.CharField()
    areas = serializers.ListField(child=serializers.CharField())
    figures = GroupFigureSerializer(many=True)


@extend_schema(
    parameters=[
        NEEDED_LEVEL,
        parameter("areas", "Schlüssel der Gebiete, durch Komma getrennt", required=True, example="041,042,043"),
        RELEASE,
    ],
    responses=GroupSerializer,
)
@open_answer("level", "areas", "release")
def groups(request):
    """Any areas of a level taken together, computed from public figures only."""
    asked = _asked(request.GET)
    rows = flat_rows(group_rows(asked.level, asked.areas, asked.stand.moment))
    return Response(GroupSerializer({"level": asked.level.slug, "areas": asked.codes, "figures": rows}).data)


def _asked(query) -> GroupAsked:
    words = {"ebene": query.get("level", ""), "gebiete": query.get("areas", ""), "stand": query.get("release", "")}
    asked = read_group(words)
    if asked.stand.wrong:
        asked.stand.wrong.parameter = "release"
        raise asked.stand.wrong
    if not words["ebene"]:
        raise AskedWrongly("level", "", [level.slug for level in asked.levels])
    if asked.remarks or not asked.areas:
        expected = [_("Schlüssel der Ebene %s, durch Komma getrennt") % asked.level.label]
        raise GroupWrong("areas", words["gebiete"], expected, " ".join(asked.remarks))
    return asked
