"""A small city and spreadsheets for tests of uploads: two levels, a count, a rate, a ratio."""

import datetime

from django.contrib.auth import get_user_model
from django.contrib.gis.geos import MultiPolygon, Polygon

from areas.models import Area, AreaLevel, AreaPart, Source
from indicators.actions.uploads import check_upload, receive_upload, save_mapping
from indicators.actions.uploads.checking import queue_check
from indicators.intake.mapping import Column, Mapping, Table
from indicators.intake.numbers import NumberRules
from indicators.models import Dimension, Indicator, Period, Release, Value

ROLES = ("area_level", "area_code", "area_name", "indicator", "period", "value")
LONG = Mapping(
    tables=(Table(columns=tuple(Column(number, role) for number, role in enumerate(ROLES, 1))),),
    numbers=NumberRules(decimal=","),
)
HEAD = "Ebene;Schlüssel;Name;Indikator;Jahr;Wert"
PARTS = 10


def make_city():
    """Ten parts 001 … 010 of a district 01; indicators einwohner (count), quote (%, ratio) and alter (mean)."""
    source = Source.objects.create(slug="amt", title="Amt", publisher="Amt")
    shape = MultiPolygon(Polygon.from_bbox((0, 0, 1, 1)), srid=25832)
    levels = {}
    for rank, (slug, name) in enumerate([("bezirk", "Bezirk"), ("viertel", "Viertel")], 1):
        names = {"name": name, "name_plural": name, "name_en": name, "name_plural_en": name}
        levels[slug] = AreaLevel.objects.create(slug=slug, rank=rank, is_smallest=slug == "viertel", **names)
    common = {"geometry": shape, "valid": (None, None), "source": source}
    whole = Area.objects.create(level=levels["bezirk"], code="01", name="Mitte", **common)
    for number in range(1, PARTS + 1):
        name = f"Viertel {chr(64 + number)}"
        part = Area.objects.create(level=levels["viertel"], code=f"{number:03d}", name=name, **common)
        AreaPart.objects.create(whole=whole, part=part)
    dimension = Dimension.objects.create(slug="d", name="D", name_en="D")
    about = {"dimension": dimension, "source": source, "definition": "x"}
    Indicator.objects.create(slug="einwohner", name="Einwohner", unit="", unit_long="Personen", decimals=0,
                             aggregation="sum", **about)  # fmt: skip
    Indicator.objects.create(slug="quote", name="Arbeitslosenquote", unit="%", unit_long="% der Erwerbspersonen",
                             aggregation="ratio", **about)  # fmt: skip
    Indicator.objects.create(slug="alter", name="Durchschnittsalter", unit="Jahre", unit_long="Jahre",
                             aggregation="none", lowest=0, highest=120, **about)  # fmt: skip
    for year in (2023, 2024):
        span = {"start": datetime.date(year, 1, 1), "end": datetime.date(year, 12, 31)}
        Period.objects.get_or_create(code=str(year), defaults=span)


def table(*rows, indicator="Durchschnittsalter", year=2024, values=None):
    """A long CSV: the ten parts with their values, then `rows`."""
    values = [f"4{n},{n}" for n in range(PARTS)] if values is None else values
    lines = [f"Viertel;{n:03d};Viertel {chr(64 + n)};{indicator};{year};{v}" for n, v in enumerate(values, 1)]
    return "\n".join([HEAD, *lines, *rows]).encode()


def checked(body, mapping=LONG, name="lieferung.csv", user=None):
    """An upload of these bytes after its check."""
    upload = receive_upload(file_name=name, body=body, user=user)
    save_mapping(upload=upload, mapping=mapping)
    queue_check(upload)
    return check_upload(upload=upload)


def codes(upload, kind=None):
    """Codes of its findings."""
    found = upload.findings.all() if kind is None else upload.findings.filter(kind=kind)
    return set(found.values_list("code", flat=True))


def planner(name="planerin", **extra):
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser(name, f"{name}@example.de", "geheim-genug-123", **extra)


def publish_values(values, indicator="alter", year="2023"):
    """Values that are public already, without their figures."""
    release = Release.objects.create(slug=f"r{year}", title=f"R {year}")
    for code, number in values.items():
        Value.objects.create(release=release, indicator=Indicator.objects.get(slug=indicator), value=number,
                             area=Area.objects.get(level__slug="viertel", code=code), status="reported",
                             period=Period.objects.get(code=year), source=Source.objects.get())  # fmt: skip
    return release
