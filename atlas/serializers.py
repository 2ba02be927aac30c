"""How the public interface writes indicators, figures, releases and action areas.

Names and definitions come in both languages; numbers are JSON numbers as they were published, `null` where there
is none, and the `status` says why.
"""

from decimal import Decimal

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from atlas.links import full_address, provenance_path
from indicators.models import Indicator, Release
from indicators.periods import period_label
from indicators.statuses import SIGNS, Status


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.Field):
    """A published number: whole where it is whole, else with its decimals."""

    def to_representation(self, value: Decimal) -> int | float:
        """JSON number of a decimal."""
        return int(value) if value == value.to_integral_value() else float(value)


class IndicatorSerializer(serializers.ModelSerializer):
    """One indicator of the catalogue."""

    dimension = serializers.CharField(source="dimension.slug")
    levels = serializers.SlugRelatedField("slug", many=True, read_only=True)
    has_figures = serializers.SerializerMethodField()

    class Meta:
        model = Indicator
        fields = ["slug", "name", "name_en", "dimension", "unit", "decimals", "direction", "levels", "has_figures"]

    def get_has_figures(self, indicator: Indicator) -> bool:
        """Whether there are public figures, or only the definition."""
        return indicator.current_edition_id is not None


class PeriodSerializer(serializers.Serializer):
    """A period: the code for addresses and how it is written."""

    code = serializers.CharField()
    label = serializers.CharField()


class BreakSerializer(serializers.Serializer):
    """From this period on values are not comparable with earlier ones."""

    period = serializers.CharField(source="period.code")
    reason = serializers.CharField()


class IndicatorDetailSerializer(IndicatorSerializer):
    """One indicator with all that a reader needs to trust it."""

    periods = serializers.SerializerMethodField()
    breaks = BreakSerializer(many=True)
    weight = serializers.SlugRelatedField("slug", read_only=True)
    source = serializers.CharField(source="source.title")
    licence = serializers.CharField(source="source.licence")
    release = serializers.SerializerMethodField()

    class Meta:
        model = Indicator
        fields = [
            *IndicatorSerializer.Meta.fields,
            *("definition", "definition_en", "unit_long", "numerator", "denominator"),
            *("numerator_kind", "factor", "aggregation"),
            *("weight", "min_cases", "author_breaks", "author_breaks_note", "breaks", "periods"),
            *("source", "licence", "table", "note", "note_en", "author", "checker", "release"),
        ]

    @extend_schema_field(PeriodSerializer(many=True))
    def get_periods(self, indicator: Indicator) -> list[dict]:
        """Periods with published figures, oldest first."""
        if indicator.current_edition is None:
            return []
        codes = [period.code for period in indicator.current_edition.periods.all()]
        return [{"code": code, "label": period_label(code, indicator.reference)} for code in codes]

    def get_release(self, indicator: Indicator) -> str | None:
        """The release whose figures are shown now."""
        return indicator.current_edition.release.slug if indicator.current_edition else None


class FigureSerializer(serializers.Serializer):
    """The published number for one area and period."""

    area = serializers.CharField(source="area.code")
    name = serializers.CharField(source="area.name")
    period = serializers.CharField(source="period.code")
    value = NumberField(allow_null=True)
    status = serializers.ChoiceField(Status.values)
    sign = serializers.SerializerMethodField(help_text="Amtliches Tabellenzeichen (DIN 55301), sonst leer")
    rank = serializers.IntegerField(allow_null=True, help_text="1 ist der höchste Wert")
    rank_of = serializers.IntegerField(allow_null=True)
    difference_to_city = NumberField(source="city_difference", allow_null=True)
    lower = NumberField(allow_null=True, help_text="Untere Grenze des 95-%-Intervalls")
    upper = NumberField(allow_null=True, help_text="Obere Grenze des 95-%-Intervalls")
    differs_from_city = serializers.BooleanField(
        source="differs", allow_null=True, help_text="false: Der Abstand zur Stadt kann Zufall sein"
    )
    differs_since = serializers.DictField(
        child=serializers.BooleanField(), help_text="Je früherem Zeitraum; false: Die Veränderung kann Zufall sein"
    )
    joint_with = serializers.CharField()
    provenance = serializers.SerializerMethodField(help_text="Adresse, die sagt, woher diese Zahl kommt (JSON)")

    def get_provenance(self, figure) -> str:
        """Where this number comes from, as data."""
        edition, area = figure.edition, figure.area
        path = provenance_path(
            *(edition.indicator.slug, area.level.slug, area.code, figure.period.code),
            stand=edition.release.slug,
            ending="json",
        )
        return full_address(path)

    def get_sign(self, figure) -> str:
        """Table sign that stands in place of, or around, the number."""
        around = {Status.ESTIMATED: "( )", Status.JOINT: "J"}
        return SIGNS.get(figure.status) or around.get(figure.status, "")


class FiguresSerializer(serializers.Serializer):
    """Figures of an indicator on a level."""

    indicator = serializers.CharField()
    level = serializers.CharField()
    unit = serializers.CharField()
    release = serializers.CharField()
    periods = PeriodSerializer(many=True)
    city = FigureSerializer(many=True)
    figures = FigureSerializer(many=True)


class ReleaseSerializer(serializers.ModelSerializer):
    """A published release and the indicators in it."""

    corrects = serializers.SlugRelatedField("slug", read_only=True, help_text="Veröffentlichung, die berichtigt wird")
    indicators = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = ["slug", "title", "title_en", "notice", "notice_en", "kind", "corrects", "published_at", "indicators"]

    def get_indicators(self, release: Release) -> list[str]:
        """Slugs of the indicators that got figures with this release."""
        return [edition.indicator.slug for edition in release.editions.all()]


class ActionAreaSerializer(serializers.Serializer):
    """Membership in the action plan."""

    kind = serializers.CharField()
    name = serializers.CharField()
    level = serializers.CharField(source="area.level.slug")
    area = serializers.CharField(source="area.code")
    since = serializers.SerializerMethodField(help_text="Tag, oder nur das Jahr, wenn der Tag nicht bekannt ist")
    until = serializers.DateField(source="valid.upper", help_text="Erster Tag, an dem es nicht mehr gilt")
    decision = serializers.CharField()
    end_decision = serializers.CharField()

    def get_since(self, membership) -> str:
        """ISO day, or the year alone."""
        first = membership.valid.lower
        return first.isoformat() if membership.start_is_exact else str(first.year)
