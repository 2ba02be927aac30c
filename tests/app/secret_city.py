"""A city with secrets: three levels, whole city, two districts, six quarters; some quarters have very few cases."""

from decimal import Decimal

from areas.models import Area, AreaLevel, AreaPart, Source
from indicators.models import Dimension, Indicator, Period, Release, SecrecyRule, Value

QUARTERS = ["01", "02", "03", "04", "05", "06"]
DISTRICTS = {"1": QUARTERS[:3], "2": QUARTERS[3:]}
CASES = {"01": 2, "02": 17, "03": 23, "04": 31, "05": 19, "06": 44}
PEOPLE = {"01": 401, "02": 512, "03": 633, "04": 744, "05": 355, "06": 966}


def secret_city(*, levels: tuple[str, ...] = ("stadt", "bezirk", "viertel")) -> dict:
    """The city with the indicator `hilfen` (cases per 1,000, minimum 5); no values yet."""
    source = Source.objects.create(slug="amt", title="Amt", publisher="Stadt")
    SecrecyRule.objects.create(source=source, min_count=5)
    made = {
        slug: AreaLevel.objects.create(
            slug=slug, name=name, name_plural=name, name_en=slug, name_plural_en=slug, rank=rank,
            is_smallest=slug == "viertel", is_reporting=slug == "viertel",
        )
        for rank, (slug, name) in enumerate([("stadt", "Stadt"), ("bezirk", "Bezirk"), ("viertel", "Viertel")])
    }  # fmt: skip
    areas = {}
    for x, code in enumerate(QUARTERS):
        areas["viertel", code] = _area(made["viertel"], code, f"Viertel {code}", x, source)
    for x, code in enumerate(DISTRICTS):
        areas["bezirk", code] = _area(made["bezirk"], code, f"Bezirk {code}", x, source)
    areas["stadt", "0"] = _area(made["stadt"], "0", "Stadt", 0, source)
    for code, parts in {**{("bezirk", c): of for c, of in DISTRICTS.items()}, ("stadt", "0"): QUARTERS}.items():
        AreaPart.objects.bulk_create(AreaPart(whole=areas[code], part=areas["viertel", p]) for p in parts)
    dimension = Dimension.objects.create(slug="d", name="Dimension", name_en="Dimension")
    period = Period.objects.create(code="2024", start="2024-01-01", end="2024-12-31")
    city = {"source": source, "levels": made, "areas": areas, "dimension": dimension, "period": period}
    city["indicator"] = indicator_of(city, "hilfen", levels=levels)
    return city


def indicator_of(city: dict, slug: str, *, levels=("stadt", "bezirk", "viertel"), **fields) -> Indicator:
    """One more indicator: cases per 1,000 people, unless `fields` say otherwise."""
    usual = {
        "aggregation": "ratio",
        "factor": 1000,
        "unit": "je 1.000",
        "unit_long": "je 1.000 Menschen",
        "decimals": 1,
    }
    made = Indicator.objects.create(
        slug=slug, name=slug.capitalize(), name_en=slug.capitalize(), definition=f"Was {slug} zählt.",
        dimension=city["dimension"], source=city["source"], order=Indicator.objects.count(), **usual | fields,
    )  # fmt: skip
    made.levels.set([city["levels"][level] for level in levels])
    return made


def draft(title: str = "Entwurf") -> Release:
    """An empty draft."""
    return Release.objects.create(title=title, slug=title.lower())


def cases_in(release: Release, city: dict, cases: dict = CASES, *, people: dict = PEOPLE, indicator=None, period=None):
    """Values of the quarters: numerator and denominator of a rate, or a count."""
    indicator = indicator or city["indicator"]
    return Value.objects.bulk_create(
        _value(release, city, indicator, period or city["period"], code=code, count=count, people=people[code])
        for code, count in cases.items()
    )


def _value(release, city, indicator, period, *, code: str, count: int, people: int) -> Value:
    is_count = indicator.aggregation == "sum"
    rate = Decimal(count) if is_count else Decimal(count) * indicator.factor / people
    return Value(
        release=release, indicator=indicator, area=city["areas"]["viertel", code], period=period, source=city["source"],
        value=rate, status="reported" if count else "zero", numerator=None if is_count else count,
        denominator=None if is_count else people, origin="amt.csv, Zeile 2",
    )  # fmt: skip


def _area(level: AreaLevel, code: str, name: str, x: int, source: Source) -> Area:
    return Area.objects.create(
        level=level, code=code, name=name, source=source, valid="[2000-01-01,)",
        geometry=f"SRID=25832;MULTIPOLYGON((({x} 0, {x} 1, {x + 1} 1, {x} 0)))",
    )  # fmt: skip
