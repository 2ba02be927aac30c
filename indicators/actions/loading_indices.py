"""Loading the indices of a city's folder: an entry of the catalogue each, with rule, indicators and exclusions."""

from pathlib import Path

from areas.actions.findings import Findings, wrong_fields
from areas.citytables import CityFilesError, refuse
from areas.models import Area, AreaLevel
from indicators.indexfiles import IndexFile, index_files, read_index
from indicators.models import CompositeIndex, IndexComponent, IndexExclusion, Indicator

from .loading import period_called, save_indicator

_NAMED = ("population", "status_index", "earlier", "later")


def load_indices(*, folder: Path, findings: Findings) -> int:
    """Create or update the indices; returns their number. What the files no longer name is taken out of them."""
    files = []
    for path in index_files(folder):
        with findings.at(path, "indices"):
            files.append(read_index(path))
    for file in sorted(files, key=lambda file: file.rule.get("kind") == CompositeIndex.Kind.DYNAMICS):
        with findings.at(file.path, "indices"):
            _save_index(file, findings)
    return len(files)


def _save_index(file: IndexFile, findings: Findings) -> None:
    path = file.path
    if (path.parents[1] / "indicators" / path.name).exists():
        raise CityFilesError(f"{path}: „{file.slug}“ gibt es schon als Indikator (indicators/{path.name}).")
    indicator = save_indicator(path, file.slug, file.entry, findings)
    if indicator is None:
        return
    plain = {key: value for key, value in file.rule.items() if key not in _NAMED}
    plain = {field.name: field.get_default() for field in _plain_fields()} | plain
    named = _named(file)
    refuse(wrong_fields(CompositeIndex(indicator=indicator, **plain, **named), f"{path}, [index]"))
    index, _made = CompositeIndex.objects.update_or_create(indicator=indicator, defaults={**plain, **named})
    _save_components(file, index, findings)
    _save_exclusions(file, index)


def _plain_fields():
    """Fields that go back to what is usual when the file no longer names them."""
    plain = [field for field in CompositeIndex._meta.fields if not field.is_relation]
    return [field for field in plain if field.has_default() or field.null]


def _named(file: IndexFile) -> dict:
    rule, where = file.rule, f"{file.path}, [index]"
    found: dict = dict.fromkeys(_NAMED)
    if slug := rule.get("population"):
        found["population"] = _indicator(f"{where}: population", slug)
    if slug := rule.get("status_index"):
        status = CompositeIndex.objects.filter(indicator__slug=slug, kind=CompositeIndex.Kind.STATUS).first()
        if status is None:
            raise CityFilesError(f"{where}: status_index = „{slug}“ ist kein Status-Index.")
        found["status_index"] = status
    for key in ("earlier", "later"):
        if key in rule:
            found[key] = period_called(str(rule[key]), f"{where}: {key}")
    return found


def _indicator(where: str, slug: str) -> Indicator:
    found = Indicator.objects.filter(slug=slug).first()
    if found is None:
        raise CityFilesError(f"{where} = „{slug}“ ist nicht bekannt (Indikator).")
    if CompositeIndex.objects.filter(pk=found.pk).exists():
        raise CityFilesError(f"{where} = „{slug}“ ist selbst ein Index; ein Index fasst nur Indikatoren zusammen.")
    return found


def _save_components(file: IndexFile, index: CompositeIndex, findings: Findings) -> None:
    """Write only what differs: what stays as it is gets no history."""
    kept = []
    for order, row in enumerate(file.components):
        with findings.at(row.where, "indices"):
            indicator = _indicator(f"{row.where}: indicator", row.indicator)
            kept.append(indicator.pk)
            told = {"weight": row.weight, "direction": row.direction, "order": order}
            IndexComponent.objects.update_or_create(index=index, indicator=indicator, defaults=told)
    index.components.exclude(indicator__in=kept).delete()


def _save_exclusions(file: IndexFile, index: CompositeIndex) -> None:
    kept = []
    for number, row in enumerate(file.exclusions, 1):
        where = f"{file.path}, {number}. exclude"
        level = AreaLevel.objects.filter(slug=row["level"]).first()
        if level is None:
            raise CityFilesError(f"{where}: level = „{row['level']}“ ist nicht bekannt.")
        if not Area.objects.in_force().filter(level=level, code=row["code"]).exists():
            raise CityFilesError(f"{where}: code = „{row['code']}“ gibt es auf dieser Ebene nicht.")
        texts = {"reason": row["reason"], "reason_en": row.get("reason_en", "")}
        refuse(wrong_fields(IndexExclusion(index=index, level=level, code=row["code"], **texts), where))
        kept.append(
            IndexExclusion.objects.update_or_create(index=index, level=level, code=row["code"], defaults=texts)[0].pk
        )
    index.exclusions.exclude(pk__in=kept).delete()
