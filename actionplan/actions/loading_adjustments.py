"""Loading decided adjustments from a city's folder: `adjustments.toml` says rule and decision, a table the areas."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from actionplan.models import Adjustment, AdjustmentCriterion, AdjustmentFigure, AdjustmentLine, CouncilPaper
from areas.actions.findings import Findings, wrong_fields
from areas.citytables import CityFilesError, needed, only_known, read_table, read_toml, refuse
from areas.models import Area, AreaLevel, Source
from indicators.models import Indicator
from indicators.statuses import Status

from .loading_entries import entries, named

COLUMNS = {"anpassung", "gebiet", "vorher", "nach_der_regel", "ergebnis", "quartier", "werte", "status", "begruendung"}
_OWN = {
    *("title", "plan_day", "rule", "rule_en", "rule_note", "rule_note_en", "rule_is_assumed", "needed", "period"),
    *("text", "day", "day_is_exact", "decision"),
}


def load_adjustments(*, folder: Path, findings: Findings) -> int:
    """Add adjustments that are not there yet; decided ones stay as they are. Returns how many are in the folder."""
    path, table = folder / "actionplan" / "adjustments.toml", folder / "actionplan" / "adjustment_areas.csv"
    if not path.exists():
        return 0
    content: Mapping = {}
    rows: list[tuple[int, Mapping[str, str]]] = []
    with findings.at(path, "adjustments"):
        content = read_toml(path)
        rows = read_table(table, COLUMNS)
    known = []
    for _number, where, entry in entries(path, content, "adjustment"):
        known.append(entry.get("slug"))
        with findings.at(where, "adjustments"):
            _load(where, entry, table, [row for row in rows if row[1]["anpassung"] == entry.get("slug")])
    for line, row in rows:
        if row["anpassung"] not in known:
            text = f"{table}, Zeile {line}, Spalte anpassung: „{row['anpassung']}“ steht nicht in {path.name}."
            findings.add(text, because_of="adjustments")
    return len(known)


def _load(where: str, entry: Mapping, table: Path, rows: list[tuple[int, Mapping[str, str]]]) -> None:
    only_known(entry, {*_OWN, "slug", "level", "paper", "source", "criterion"}, where)
    slug = needed(entry, "slug", where)
    if Adjustment.objects.filter(slug=slug, state=Adjustment.State.DECIDED).exists():
        return
    adjustment = Adjustment(
        slug=slug,
        **{key: value for key, value in entry.items() if key in _OWN},
        level=named(AreaLevel, needed(entry, "level", where), where),
        paper=named(CouncilPaper, entry["paper"], where) if "paper" in entry else None,
        source=named(Source, needed(entry, "source", where), where),
    )
    refuse(wrong_fields(adjustment, where))
    adjustment.save()
    criteria = [_criterion(adjustment, n, c, where) for n, c in enumerate(entry.get("criterion", []), start=1)]
    AdjustmentCriterion.objects.bulk_create(criteria)
    areas = {
        a.code: a for a in Area.objects.in_force(adjustment.plan_day).filter(level=adjustment.level).defer("geometry")
    }
    areas = areas or {a.code: a for a in Area.objects.in_force().filter(level=adjustment.level).defer("geometry")}
    for number, row in rows:
        _load_line(f"{table}, Zeile {number}", adjustment, row, areas, criteria)
    adjustment.state = Adjustment.State.DECIDED
    adjustment.save(update_fields=["state"])


def _criterion(adjustment: Adjustment, order: int, entry: Mapping, where: str) -> AdjustmentCriterion:
    place = f"{where}, {order}. [[adjustment.criterion]]"
    only_known(entry, {"indicator", "comparison", "side", "threshold", "city", "limit"}, place)
    indicator = named(Indicator, needed(entry, "indicator", place), place)
    numbers = {key: _number(entry.get(key), f"{place}, {key}") for key in ("threshold", "city", "limit")}
    plain = {key: needed(entry, key, place) for key in ("comparison", "side")}
    criterion = AdjustmentCriterion(adjustment=adjustment, order=order, indicator=indicator, **plain, **numbers)
    refuse(wrong_fields(criterion, place))
    return criterion


def _load_line(
    where: str, adjustment: Adjustment, row: Mapping[str, str], areas: Mapping, criteria: list[AdjustmentCriterion]
) -> None:
    if row["gebiet"] not in areas:
        raise CityFilesError(f"{where}, Spalte gebiet: „{row['gebiet']}“ gibt es auf dieser Ebene nicht.")
    line = AdjustmentLine(
        adjustment=adjustment,
        area=areas[row["gebiet"]],
        before=row["vorher"],
        proposed=row["nach_der_regel"],
        outcome=row["ergebnis"],
        quarter_name=row["quartier"],
        reason=row["begruendung"],
    )
    refuse(wrong_fields(line, where))
    line.save()
    told = [part.strip() for part in row["werte"].split("+")] if row["werte"] else []
    if len(told) != len(criteria):
        found, wanted = len(told), len(criteria)
        raise CityFilesError(
            f"{where}, Spalte werte: {found} Werte gefunden, {wanted} erwartet (einer je Bedingung, mit + dazwischen)."
        )
    for criterion, text in zip(criteria, told, strict=True):
        value = _number(text or None, f"{where}, Spalte werte")
        status = row["status"] or (Status.MISSING if value is None else Status.REPORTED)
        met = _met(criterion, value)
        AdjustmentFigure.objects.create(line=line, criterion=criterion, value=value, status=status, met=met)


def _met(criterion: AdjustmentCriterion, value: Decimal | None) -> bool | None:
    """Whether the condition is met; the limit itself counts only where it is the value of the last place."""
    if value is None or criterion.limit is None:
        return None
    if criterion.comparison == AdjustmentCriterion.Comparison.HIGHEST and value == criterion.limit:
        return True
    return value > criterion.limit if criterion.side == AdjustmentCriterion.Side.ABOVE else value < criterion.limit


def _number(text: object, where: str) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(str(text))
    except InvalidOperation as error:
        raise CityFilesError(f"{where}: „{text}“ ist keine Zahl (erwartet z. B. 20.6).") from error
