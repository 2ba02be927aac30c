"""Reading the indices of a city's folder, `indices/*.toml`; see docs/catalogue.md."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

from areas.citytables import CityFilesError, needed, needed_tables, only_known, read_toml, refuse
from indicators.models import CompositeIndex, IndexComponent

RULE_KEYS = (
    *("kind", "standardisation", "combining", "standardised_again", "limit_kind", "limits", "class_names"),
    *("class_names_en", "population", "min_population", "status_index", "earlier", "later", "periods_back"),
    *("origin", "origin_en"),
)
_OWN = ("index", "component", "exclude")
_CHOICES = {
    "kind": CompositeIndex.Kind,
    "standardisation": CompositeIndex.Standardisation,
    "combining": CompositeIndex.Combining,
    "limit_kind": CompositeIndex.Limits,
}
# What follows from being an index, unless the file says otherwise.
_USUAL = {
    "aggregation": "none",
    "direction": "higher_is_worse",
    "decimals": 2,
    "unit": "",
    "unit_long": "Indexwert",
    "unit_long_en": "index score",
}


@dataclass(frozen=True)
class ComponentRow:
    """One `[[component]]`."""

    where: str
    indicator: str
    weight: Decimal
    direction: str


@dataclass(frozen=True)
class IndexFile:
    """One file, checked as far as it can be without the database: entry of the catalogue, rule, parts, exclusions."""

    path: Path
    slug: str
    entry: dict
    rule: dict
    components: tuple[ComponentRow, ...]
    exclusions: tuple[dict, ...]


def index_files(folder: Path) -> list[Path]:
    """The file of every index, none where the folder has no `indices`."""
    return sorted((folder / "indices").glob("*.toml"))


def read_index(path: Path) -> IndexFile:
    """One index. Raises `CityFilesError` naming file and key for everything that cannot be."""
    content = read_toml(path)
    rule = _rule(path, needed(content, "index", str(path)))
    rows = [_component(f"{path}, {n}. component", row) for n, row in enumerate(_tables(path, content, "component"), 1)]
    refuse(_twice(path, [row.indicator for row in rows]))
    if not rows:
        raise CityFilesError(f"{path}: Ein Index braucht mindestens einen Indikator ([[component]]).")
    if not any(row.weight for row in rows):
        raise CityFilesError(f"{path}: weight: Alle Gewichte sind 0; so gibt es nichts zusammenzufassen.")
    exclusions = _tables(path, content, "exclude")
    for number, row in enumerate(exclusions, 1):
        where = f"{path}, {number}. exclude"
        only_known(row, ("level", "code", "reason", "reason_en"), where)
        for key in ("level", "code", "reason"):
            needed(row, key, where)
    entry = {key: value for key, value in content.items() if key not in _OWN}
    entry = {**_USUAL, **_usual_classes(rule), **entry}
    return IndexFile(path, path.stem, entry, rule, tuple(rows), tuple(exclusions))


def _tables(path: Path, content: dict, key: str) -> list[dict]:
    return needed_tables(path, key, content) if key in content else []


def _rule(path: Path, given: Any) -> dict:
    where = f"{path}, [index]"
    if not isinstance(given, dict):
        raise CityFilesError(f"{path}: „index“ muss als [index] geschrieben sein.")
    only_known(given, RULE_KEYS, where)
    rule = dict(given)
    for key, choices in _CHOICES.items():
        if key in rule and rule[key] not in choices.values:
            allowed = ", ".join(choices.values)
            raise CityFilesError(f"{where}: {key} = „{rule[key]}“ gibt es nicht. Erlaubt: {allowed}.")
    rule["limits"] = [_number(f"{where}: limits", limit) for limit in _list(where, rule, "limits")]
    if any(low >= high for low, high in pairwise(rule["limits"])):
        raise CityFilesError(f"{where}: limits: Die Grenzen müssen von klein nach groß stehen, jede nur einmal.")
    _check_names(where, rule)
    _check_numbers(where, rule)
    _check_periods(where, rule)
    return rule


def _list(where: str, rule: dict, key: str) -> list:
    found = needed(rule, key, where)
    if not isinstance(found, list):
        raise CityFilesError(f"{where}: {key} muss eine Liste sein.")
    return found


def _check_names(where: str, rule: dict) -> None:
    count = len(rule["limits"]) + 1
    for key in ("class_names", "class_names_en"):
        if key == "class_names_en" and key not in rule:
            continue
        names = _list(where, rule, key)
        if len(names) != count or not all(isinstance(name, str) and 0 < len(name) <= 60 for name in names):
            raise CityFilesError(
                f"{where}: {key}: Bei {count - 1} Grenzen sind es {count} Namen mit höchstens 60 Zeichen."
            )


def _check_numbers(where: str, rule: dict) -> None:
    for key in ("min_population", "periods_back"):
        value = rule.get(key, 1)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
            raise CityFilesError(f"{where}: {key} = „{value}“ ist keine ganze Zahl ab 0.")
    if rule.get("min_population") and not rule.get("population"):
        raise CityFilesError(f"{where}: population: Eine Mindestzahl braucht einen Indikator, der die Einwohner nennt.")
    if not isinstance(rule.get("standardised_again", True), bool):
        raise CityFilesError(f"{where}: standardised_again ist true oder false.")


def _check_periods(where: str, rule: dict) -> None:
    is_dynamics = rule.get("kind") == CompositeIndex.Kind.DYNAMICS
    named = [key for key in ("earlier", "later", "periods_back") if key in rule]
    if not is_dynamics and (named or "status_index" in rule):
        wrong = (named or ["status_index"])[0]
        raise CityFilesError(f"{where}: {wrong}: Das gibt es nur bei einem Dynamik-Index (kind = „dynamics“).")
    if is_dynamics and (named not in (["earlier", "later"], ["periods_back"]) or rule.get("periods_back") == 0):
        raise CityFilesError(
            f"{where}: Ein Dynamik-Index nennt entweder earlier und later oder periods_back (mindestens 1)."
        )
    if "earlier" in rule and str(rule["earlier"]) >= str(rule["later"]):
        raise CityFilesError(f"{where}: earlier: Der frühere Zeitraum muss vor dem späteren liegen.")


def _component(where: str, row: dict) -> ComponentRow:
    only_known(row, ("indicator", "weight", "direction"), where)
    direction = needed(row, "direction", where)
    if direction not in IndexComponent.Direction.values:
        allowed = ", ".join(IndexComponent.Direction.values)
        raise CityFilesError(f"{where}: direction = „{direction}“ gibt es nicht. Erlaubt: {allowed}.")
    weight = _number(f"{where}: weight", row.get("weight", "1"))
    if weight < 0:
        raise CityFilesError(f"{where}: weight: Ein Gewicht ist nie negativ; direction dreht einen Indikator um.")
    return ComponentRow(where, str(needed(row, "indicator", where)), weight, direction)


def _number(where: str, given: Any) -> Decimal:
    """A decimal written as text or whole number, so that it stays exact."""
    try:
        if isinstance(given, bool | float):
            raise InvalidOperation
        number = Decimal(str(given))
        if not number.is_finite() or abs(number) >= 10_000 or number != number.quantize(Decimal("0.0001")):
            raise InvalidOperation
    except InvalidOperation as error:
        raise CityFilesError(
            f'{where}: „{given}“ ist keine Zahl (erwartet Text wie "1.5", höchstens vier Stellen nach dem Punkt).'
        ) from error
    return number


def _twice(path: Path, slugs: list[str]) -> list[str]:
    again = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    return [f"{path}: indicator: „{slug}“ steht mehrfach da." for slug in again]


def _usual_classes(rule: dict) -> dict:
    """The map shows the classes of the index where its limits are scores."""
    fixed = rule.get("standardised_again", True) or rule.get("limit_kind") == CompositeIndex.Limits.OWN
    if not fixed or not rule["limits"]:
        return {}
    return {
        "author_breaks": {"limits": [str(limit) for limit in rule["limits"]], "note": rule.get("origin", "")[:200]},
        "default_method": "author",
        "default_classes": min(max(len(rule["limits"]) + 1, 3), 7),
    }
