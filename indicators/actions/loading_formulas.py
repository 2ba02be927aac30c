"""Loading the formulas of a city's catalogue: the table `[formula]` of an indicator's file."""

from collections.abc import Mapping
from pathlib import Path

from areas.citytables import CityFilesError, needed, only_known, refuse
from indicators.formulas import Written
from indicators.indexfiles import index_files
from indicators.models import Indicator

from .formulating import FormulaRefused, delete_formula, formula_faults, index_in_formula, save_formulas
from .naming_periods import period_called

_FORMULA = ("kind", "of", "by", "periods_back", "base_period", "years")


def load_formulas(*, files: Mapping[str, Path], entries: Mapping[str, dict]) -> None:
    """Formulas last, all at once: they use each other. Raises `CityFilesError` naming file and key."""
    indicators = {i.slug: i for i in Indicator.objects.filter(slug__in=entries)}
    written, found = {}, []
    for slug, entry in entries.items():
        if "formula" not in entry:
            delete_formula(indicator=indicators[slug])
            continue
        try:
            written[slug] = _written(files[slug], entry)
        except CityFilesError as error:
            found += error.findings
            continue
        faults = _new_indices(files, written[slug]) or formula_faults(indicators[slug], written[slug])
        found += [f"{files[slug]}: {_key(key)}: {text}" for key, text in faults]
    refuse(found)
    try:
        save_formulas(formulas={indicators[slug]: one for slug, one in written.items()})
    except FormulaRefused as error:
        raise CityFilesError(*(f"{_folder(files)}: [formula] of: {text}" for _, text in error.faults)) from error


def _folder(files: Mapping[str, Path]) -> Path:
    return next(iter(files.values())).parent


def _new_indices(files: Mapping[str, Path], written: Written) -> list[tuple[str, str]]:
    """Indices of the folder, which are stored after the formulas and may be unknown until then."""
    indices = {path.stem for path in index_files(_folder(files).parent)}
    uses = (("of", written.of), ("by", written.by))
    return [(key, index_in_formula(slug)) for key, slugs in uses for slug in slugs if slug in indices]


def _key(key: str) -> str:
    return key if key == "factor" else f"[formula] {key}"


def _written(path: Path, entry: dict) -> Written:
    """The table `[formula]` as it stands; raises `CityFilesError` for unknown keys and wrong kinds of content."""
    table, where = entry["formula"], f"{path}: [formula]"
    if not isinstance(table, dict):
        raise CityFilesError(f"{where} muss eine Tabelle sein.")
    only_known(table, _FORMULA, where)
    for key in ("of", "by"):
        names = table.get(key, [])
        if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise CityFilesError(f'{where} {key}: erwartet wird eine Liste von Kennungen, z. B. ["einwohner"].')
    for key in ("periods_back", "years"):
        if key in table and (isinstance(table[key], bool) or not isinstance(table[key], int)):
            raise CityFilesError(f"{where} {key}: erwartet wird eine ganze Zahl.")
    base = table.get("base_period", "")
    if not isinstance(base, str):
        raise CityFilesError(f'{where} base_period: erwartet wird Text, z. B. "2018".')
    if base:
        period_called(base, f"{where} base_period")
    return Written(
        kind=str(needed(table, "kind", where)),
        of=tuple(needed(table, "of", where)),
        by=tuple(table.get("by", ())),
        periods_back=table.get("periods_back"),
        base_period=base,
        years=table.get("years"),
    )
