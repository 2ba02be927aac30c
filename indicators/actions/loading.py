"""Loading a city's catalogue and values into a draft release."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from areas.cityfiles import CityFilesError, needed, read_toml
from areas.models import Area, AreaLevel, Source
from indicators.cityfiles import ValueRow, read_catalogue, read_values
from indicators.models import Dimension, Indicator, Period, Release, SeriesBreak, Value
from indicators.statuses import WITH_VALUE, Status

_RELATIONS = {"dimension", "weight", "source", "levels", "break", "author_breaks"}


@transaction.atomic
def load_catalogue(*, folder: Path) -> int:
    """Create or update dimensions and indicators; returns the number of indicators.

    Raises `CityFilesError` naming the file when it refers to something that does not exist.
    """
    path = folder / "dimensions.toml"
    for order, entry in enumerate(needed(read_toml(path), "dimension", str(path))):
        fields = {k: v for k, v in entry.items() if k != "slug"}
        slug = needed(entry, "slug", f"{path}, {order + 1}. Dimension")
        Dimension.objects.update_or_create(slug=slug, defaults={**fields, "order": order})
    catalogue = read_catalogue(folder)
    heavy_first = sorted(catalogue, key=lambda slug: "weight" in catalogue[slug])  # weights exist before their users
    for slug in heavy_first:
        _save_indicator(folder / "indicators" / f"{slug}.toml", slug, catalogue[slug])
    return len(catalogue)


def _save_indicator(path: Path, slug: str, entry: dict) -> None:
    plain = {k: v for k, v in entry.items() if k not in _RELATIONS}
    unknown = set(plain) - {f.name for f in Indicator._meta.get_fields()}
    if unknown:
        raise CityFilesError(f"{path}: Unbekannte Angaben: {', '.join(sorted(unknown))}.")
    for key in ("name", "definition", "aggregation", "levels"):
        needed(entry, key, str(path))
    weight = entry.get("weight")
    own = entry.get("author_breaks", {})
    defaults = {
        **plain,
        "dimension": _named(path, Dimension, "dimension", entry.get("dimension")),
        "source": _named(path, Source, "source", entry.get("source")),
        "weight": _named(path, Indicator, "weight", weight) if weight else None,
        "author_breaks": own.get("limits", []),
        "author_breaks_note": own.get("note", ""),
    }
    indicator, _created = Indicator.objects.update_or_create(slug=slug, defaults=defaults)
    levels = entry.get("levels", [])
    indicator.levels.set([_named(path, AreaLevel, "levels", level) for level in levels])
    indicator.breaks.all().delete()
    for gap in entry.get("break", []):
        SeriesBreak.objects.create(indicator=indicator, **{**gap, "period": period_called(str(gap["period"]))})


def _named(path: Path, model, field: str, slug: str | None):
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise CityFilesError(f"{path}: {field} = „{slug}“ ist nicht bekannt ({model._meta.verbose_name}).")
    return found


def period_called(code: str) -> Period:
    """The period of a year such as `2018`; created when needed. Raises `CityFilesError` for anything else."""
    if not (code.isdigit() and len(code) == 4):
        raise CityFilesError(f"„{code}“ ist kein Jahr (erwartet z. B. 2018).")
    year = int(code)
    span = {"start": datetime.date(year, 1, 1), "end": datetime.date(year, 12, 31)}
    return Period.objects.get_or_create(code=code, defaults=span)[0]


@transaction.atomic
def load_values(*, folder: Path, slug: str, digest: str = "", **texts: str) -> Release:
    """Store all values of the folder as a new draft release; `texts`: title, title_en, notice, notice_en.

    Raises `CityFilesError` naming file and row for an unknown indicator, area or source; then nothing is stored.
    """
    release = Release.objects.create(slug=slug, content_digest=digest, **texts)
    Value.objects.bulk_create(_values(release, read_values(folder)), batch_size=5000)
    return release


def _values(release: Release, rows: Iterable[ValueRow]) -> list[Value]:
    indicators = {i.slug: i for i in Indicator.objects.all()}
    sources = {s.slug: s for s in Source.objects.all()}
    areas = {(a.level.slug, a.code): a for a in Area.objects.in_force().select_related("level")}
    periods: dict[str, Period] = {}
    values = []
    for row in rows:
        indicator = _known(indicators, row.indicator, row, "Der Indikator")
        values.append(
            Value(
                release=release,
                indicator=indicator,
                area=_known(areas, (row.level, row.area), row, "Das Gebiet"),
                period=periods.get(row.period) or periods.setdefault(row.period, period_called(row.period)),
                value=_rate(row, indicator),
                status=row.status,
                numerator=row.numerator,
                denominator=row.denominator,
                joint_with=row.joint_with,
                source=_known(sources, row.source, row, "Die Quelle"),
                origin=row.origin,
            )
        )
    return values


def _known(table: dict, key, row: ValueRow, what: str):
    if key not in table:
        shown = " ".join(key) if isinstance(key, tuple) else key
        raise CityFilesError(f"{row.origin}: {what} „{shown}“ ist nicht bekannt.")
    return table[key]


def _rate(row: ValueRow, indicator: Indicator):
    """The delivered value, or the rate from numerator and denominator where only those were delivered."""
    if row.value is not None or row.status not in WITH_VALUE:
        return row.value
    if row.numerator is None or not row.denominator:
        raise CityFilesError(f"{row.origin}: Es steht weder ein Wert noch Zähler und Nenner (Status {row.status}).")
    if row.status == Status.ZERO and row.numerator != 0:
        raise CityFilesError(f"{row.origin}: Status „genau null“, aber der Zähler ist {row.numerator}.")
    return row.numerator / row.denominator * indicator.factor
