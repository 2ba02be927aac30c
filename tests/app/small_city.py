"""A city of one level and two areas with one indicator, for tests on an empty database."""

from areas.models import Area, AreaLevel, Source
from indicators.models import Dimension, Indicator, Period, Release, Value


def small_city() -> dict:
    """Source, areas `01` and `02`, indicator `quote`, period 2024."""
    source = Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")
    level = AreaLevel.objects.create(
        slug="stadtteil", name="Stadtteil", name_plural="Stadtteile", name_en="quarter", name_plural_en="quarters",
        rank=1, is_smallest=True,
    )  # fmt: skip
    areas = [
        Area.objects.create(
            level=level,
            code=code,
            name=name,
            geometry=f"SRID=25832;MULTIPOLYGON((({x} 0, {x} 1, {x + 1} 1, {x} 0)))",
            valid="[2000-01-01,)",
            source=source,
        )
        for x, (code, name) in enumerate([("01", "Mitte"), ("02", "Rand")])
    ]
    dimension = Dimension.objects.create(slug="d", name="Dimension", name_en="Dimension")
    indicator = Indicator.objects.create(
        slug="quote", name="Quote", name_en="Rate", definition="Anteil der Menschen.", dimension=dimension, unit="%",
        unit_long="% der Menschen", aggregation="none", source=source,
    )  # fmt: skip
    indicator.levels.add(level)
    period = Period.objects.create(code="2024", start="2024-01-01", end="2024-12-31")
    return {"source": source, "level": level, "areas": areas, "indicator": indicator, "period": period}


def value_in(release: Release, city: dict, area: int, number, **more) -> Value:
    """A stored value of the indicator."""
    more = {"status": "reported", "origin": "zahlen.csv, Zeile 2", **more}
    return Value.objects.create(
        release=release, indicator=city["indicator"], area=city["areas"][area], period=city["period"], value=number,
        source=city["source"], **more,
    )  # fmt: skip
