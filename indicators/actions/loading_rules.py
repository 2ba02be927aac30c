"""Loading the definitions of typologies and of rules "below the average" from a city's folder; both are optional."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models

from areas.actions.findings import Findings, save_checked, wrong_fields
from areas.citytables import CityFilesError, needed, needed_tables, only_known, read_toml, refuse
from areas.models import AreaLevel
from indicators.definitions import SIGNS
from indicators.models import Indicator, Screening, ScreeningCriterion, Typology

_SIDES = {
    Indicator.Direction.HIGHER_IS_WORSE: ScreeningCriterion.Side.ABOVE,
    Indicator.Direction.HIGHER_IS_BETTER: ScreeningCriterion.Side.BELOW,
}


def load_typologies(*, folder: Path, findings: Findings) -> int:
    """Create or update the typologies of `typologies.toml`; returns their number."""
    path = folder / "typologies.toml"
    return _load(path, "typology", _save_typology, findings)


def load_screenings(*, folder: Path, findings: Findings) -> int:
    """Create or update the rules of `screenings.toml`; returns their number."""
    path = folder / "screenings.toml"
    return _load(path, "screening", _save_screening, findings)


def _load(path: Path, table: str, save, findings: Findings) -> int:
    entries: list[dict] = []
    if path.exists():
        with findings.at(path):
            content = read_toml(path)
            only_known(content, [table], str(path))
            entries = needed_tables(path, table, content)
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, {entry.get('slug', f'{number}. [[{table}]]')}"
        with findings.at(where):
            save(where, entry, findings)
    return len(entries)


def _save_typology(where: str, entry: dict, findings: Findings) -> None:
    slugs = needed(entry, "indicators", where)
    if not isinstance(slugs, list) or not slugs or len(set(map(str, slugs))) < len(slugs):
        raise CityFilesError(f"{where}: indicators nennt mindestens einen Indikator, jeden nur einmal.")
    indicators = [_named(where, Indicator, "indicators", slug, findings) for slug in slugs]
    level = _named(where, AreaLevel, "level", needed(entry, "level", where), findings)
    if None in (level, *indicators):
        return
    if not any(SIGNS.get(indicator.direction) for indicator in indicators):
        raise CityFilesError(f"{where}: Mindestens ein Indikator muss sagen, welche Werte ungünstig sind (direction).")
    fields = {**_defaults(Typology), **_plain(entry, "indicators"), "level": level}
    _check(Typology(slug=needed(entry, "slug", where), **_only_fields(Typology, fields, where)), where)
    typology = save_checked(Typology, where, entry["slug"], fields)
    rows = [{"indicator": indicator, "order": number} for number, indicator in enumerate(indicators, start=1)]
    _save_rows(typology.parts, rows, ("indicator",))


def _save_screening(where: str, entry: dict, findings: Findings) -> None:
    criteria = needed_tables(Path(where), "criterion", entry)
    level = _named(where, AreaLevel, "level", needed(entry, "level", where), findings)
    lower = entry.get("lower_level")
    lower_level = _named(where, AreaLevel, "lower_level", lower, findings) if lower else None
    rows = [_criterion(f"{where}, {n}. criterion", row, n, findings) for n, row in enumerate(criteria, start=1)]
    if None in (level, *rows) or (lower and lower_level is None):
        return
    fields = {**_defaults(Screening), **_plain(entry, "criterion"), "level": level, "lower_level": lower_level}
    screening = Screening(slug=needed(entry, "slug", where), **_only_fields(Screening, fields, where))
    _check(screening, where)
    if not rows or screening.needed > len(rows):
        raise CityFilesError(f"{where}: needed = {screening.needed}, aber es gibt nur {len(rows)} Bedingungen.")
    _save_rows(save_checked(Screening, where, entry["slug"], fields).criteria, rows, ("indicator", "comparison"))


def _criterion(where: str, entry: Mapping, number: int, findings: Findings) -> dict | None:
    only_known(entry, ("indicator", "comparison", "threshold", "side"), where)
    indicator = _named(where, Indicator, "indicator", needed(entry, "indicator", where), findings)
    if indicator is None:
        return None
    side = entry.get("side") or _SIDES.get(indicator.direction)
    if side is None:
        raise CityFilesError(
            f"{where}: side fehlt (above oder below), denn „{indicator}“ sagt nicht, was ungünstig ist."
        )
    threshold = needed(entry, "threshold", where)
    if isinstance(threshold, bool) or not isinstance(threshold, int | float | str):
        raise CityFilesError(f"{where}: threshold muss eine Zahl sein.")
    row = {"indicator": indicator, "comparison": needed(entry, "comparison", where), "side": side, "order": number}
    row["threshold"] = Decimal(str(threshold))
    _check(ScreeningCriterion(**row), where)
    return row


def _named(where: str, model: type[models.Model], key: str, slug: str, findings: Findings):
    """The record with this slug; None and a finding when there is none."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        kind = "areas" if model is AreaLevel else "indicators"
        findings.add(f"{where}: {key} = „{slug}“ ist nicht bekannt ({model._meta.verbose_name}).", because_of=kind)
    return found


def _plain(entry: Mapping, *relations: str) -> dict:
    return {key: value for key, value in entry.items() if key not in {"slug", "level", "lower_level", *relations}}


def _defaults(model: type[models.Model]) -> dict:
    """What stands where an entry says nothing, so that a key taken out of the file takes effect."""
    usual = {f.name: f.get_default() for f in model._meta.fields if not f.is_relation and f.name not in {"id", "slug"}}
    return {name: value for name, value in usual.items() if name != "name"}


def _only_fields(model: type[models.Model], fields: Mapping, where: str) -> dict:
    only_known(fields, {f.name for f in model._meta.fields} - {"id"}, where)
    needed(fields, "name", where)
    return dict(fields)


def _check(record: models.Model, where: str) -> None:
    """Refuse what fields, the row as a whole or the database's constraints do not allow."""
    refuse(wrong_fields(record, where))
    try:
        record.clean()
        record.validate_constraints(exclude={f.name for f in record._meta.fields if f.is_relation} | {"slug"})
    except ValidationError as error:
        raise CityFilesError(*(f"{where}: {message}" for message in error.messages)) from error


def _save_rows(manager, rows: Sequence[dict], key: Sequence[str]) -> None:
    """Write only what differs, so that rows that stay as they are get no history."""
    kept = []
    for row in rows:
        found = {name: row[name] for name in key}
        kept.append(manager.update_or_create(**found, defaults=row)[0].pk)
    manager.exclude(pk__in=kept).delete()
