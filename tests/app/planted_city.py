"""Secrets in the real city: counts of all Unterbezirke in two periods, many of them 1 or 2, published like any others.

Rates are per 100 million, so that each of them is a number that stands nowhere else: whoever finds it has found the
secret. A second indicator tells the same counts, a third how the rate changed.
"""

import random
from decimal import Decimal

from areas.models import Area, AreaLevel, AreaPart, Source
from indicators.actions import publish_release
from indicators.actions.formulating import save_formula
from indicators.formulas import Written
from indicators.models import Dimension, Indicator, Period, Release, SecrecyRule, Value

MINIMUM = 5
PERIODS = ("2023", "2024")
FACTOR = 100_000_000
RATE, COUNT, CHANGE = "geplante-hilfen", "geplante-faelle", "geplanter-zuwachs"
RELEASE = "geplant"
SMALLEST = "unterbezirk"

Place = tuple[str, str]  # level and code of an area


def plant() -> dict[tuple[str, Place], tuple[int, int]]:
    """Publishes the release; returns cases and people by period and Unterbezirk."""
    source = Source.objects.create(slug="geplant", title="Geplant", publisher="Stadt")
    SecrecyRule.objects.create(source=source, min_count=MINIMUM)
    rate = _indicator(source, RATE, aggregation="ratio", decimals=3, factor=FACTOR, numerator_kind="events")
    count = _indicator(source, COUNT, aggregation="sum", unit="", reveals=rate)
    save_formula(indicator=_indicator(source, CHANGE, aggregation="computed", decimals=3, factor=1),
                 written=Written("change", (RATE,), periods_back=1))  # fmt: skip
    release = Release.objects.create(slug=RELEASE, title="Geplant")
    planted, values, draw = {}, [], random.Random(4)  # noqa: S311 - the same numbers every time
    periods = {period.code: period for period in Period.objects.filter(code__in=PERIODS)}
    areas = list(Area.objects.in_force().filter(level__slug=SMALLEST).order_by("code").defer("geometry"))
    for code in PERIODS:
        for area in areas:
            cases = draw.choice([1, 2]) if draw.random() < 0.15 else draw.randint(3, 90)
            people = draw.randint(801, 9999)
            planted[code, (SMALLEST, area.code)] = (cases, people)
            said = {"release": release, "area": area, "period": periods[code], "source": source, "status": "reported"}
            values += [
                Value(indicator=rate, value=Decimal(cases) * FACTOR / people, numerator=cases, denominator=people, **said),
                Value(indicator=count, value=cases, **said),
            ]  # fmt: skip
    Value.objects.bulk_create(values)
    publish_release(release=release)
    return planted


def _indicator(source: Source, slug: str, **fields) -> Indicator:
    usual = {"unit": "je 100 Mio.", "unit_long": "je 100 Millionen Menschen", "decimals": 0, "factor": 1}
    made = Indicator.objects.create(
        slug=slug, name=slug.capitalize(), name_en=f"{slug} en", definition="Was gezählt wird.", source=source,
        dimension=Dimension.objects.first(), **usual | fields,
    )  # fmt: skip
    made.levels.set(AreaLevel.objects.all())
    return made


def leaves_of_city() -> dict[Place, frozenset[Place]]:
    """Of every area in force the Unterbezirke that it is made of."""
    links = AreaPart.objects.filter(whole__in=Area.objects.in_force(), part__in=Area.objects.in_force())
    parts: dict[Place, set[Place]] = {}
    for *whole, level, code in links.values_list(
        "whole__level__slug", "whole__code", "part__level__slug", "part__code"
    ):
        parts.setdefault(tuple(whole), set()).add((level, code))

    def leaves(place: Place) -> frozenset[Place]:
        return frozenset([place]) if place[0] == SMALLEST else frozenset().union(*map(leaves, parts[place]))

    return {place: leaves(place) for place in Area.objects.in_force().values_list("level__slug", "code")}
