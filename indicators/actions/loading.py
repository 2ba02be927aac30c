"""Loading a city's catalogue from its folder."""

from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError

from areas.actions.findings import Findings, save_checked, wrong_fields
from areas.citytables import CityFilesError, needed, needed_tables, only_known, read_toml, refuse
from areas.models import AreaLevel, Source
from indicators.cityfiles import catalogue_files
from indicators.models import Dimension, Indicator, SecrecyRule, SeriesBreak

from .loading_formulas import load_formulas
from .naming_periods import period_called

_RELATED = ("reveals", "part_of", "cases", "concentration")  # other indicators, which may be saved later
_RELATIONS = {"dimension", "weight", "source", "levels", "break", "author_breaks", "breakdown", "formula", *_RELATED}


def load_catalogue(*, folder: Path, findings: Findings) -> int:
    """Create or update dimensions and indicators; returns the number of indicators."""
    path = folder / "dimensions.toml"
    with findings.at(path, "dimensions"):
        for order, entry in enumerate(needed_tables(path, "dimension")):
            where = f"{path}, {order + 1}. Dimension"
            with findings.at(where, "dimensions"):
                fields = {k: v for k, v in entry.items() if k != "slug"}
                save_checked(Dimension, where, needed(entry, "slug", where), {**fields, "order": order})
    files, entries = {}, {}
    with findings.at(folder / "indicators", "indicators"):
        files = catalogue_files(folder)
    for slug, file in files.items():
        with findings.at(file, "indicators"):
            entries[slug] = read_toml(file)
    for slug in sorted(entries, key=lambda slug: "weight" in entries[slug]):  # weights exist before their users
        with findings.at(files[slug], "indicators"):
            save_indicator(files[slug], slug, entries[slug], findings)
    for slug, entry in entries.items():
        with findings.at(files[slug], "indicators"):
            _relate(files[slug], slug, entry, findings)
    if "indicators" not in findings.broken:
        with findings.at(folder / "indicators", "indicators"):
            load_formulas(files=files, entries=entries)
    return len(files)


def load_secrecy(*, folder: Path, findings: Findings) -> int:
    """Create or update the rule of every source of `sources.toml` that has one; the others' are taken away."""
    path = folder / "sources.toml"
    entries = []
    with findings.at(path, "sources"):
        entries = [e for e in needed_tables(path, "source") if "secrecy" in e]
    for entry in entries:
        where = f"{path}, {entry.get('slug', '?')}, secrecy"
        with findings.at(where, "sources"):
            _save_rule(where, entry, findings)
    SecrecyRule.objects.exclude(source__slug__in=[e.get("slug") for e in entries]).delete()
    return len(entries)


def _save_rule(where: str, entry: dict, findings: Findings) -> None:
    fields = entry["secrecy"]
    if not isinstance(fields, dict):
        raise CityFilesError(f"{where}: Hier gehört eine Tabelle [source.secrecy] hin.")
    known = {f.name for f in SecrecyRule._meta.fields} - {"id", "source"}
    only_known(fields, known, where)
    source = Source.objects.filter(slug=needed(entry, "slug", where)).first()
    if source is None:
        findings.add(f"{where}: Die Quelle ist nicht bekannt.", because_of="sources")
        return
    usual = {f.name: f.get_default() for f in SecrecyRule._meta.fields if f.name in known}
    rule = SecrecyRule(source=source, **fields)
    refuse(wrong_fields(rule, where))
    try:
        rule.validate_constraints(exclude={"source"})
    except ValidationError as error:
        raise CityFilesError(*(f"{where}: {message}" for message in error.messages)) from error
    SecrecyRule.objects.update_or_create(source=source, defaults={**usual, **fields})


def _relate(path: Path, slug: str, entry: dict, findings: Findings) -> None:
    """Write which indicators this one has to do with, where that differs."""
    indicator = Indicator.objects.filter(slug=slug).first()
    if indicator is None:
        return
    wanted = {"breakdown": entry.get("breakdown", "")}
    for field in _RELATED:
        other = _named(path, Indicator, field, entry[field], findings) if field in entry else None
        wanted[f"{field}_id"] = other.pk if other else None
    if any(getattr(indicator, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(indicator, name, value)
        indicator.save(update_fields=list(wanted))


def save_indicator(path: Path, slug: str, entry: dict, findings: Findings) -> Indicator | None:
    """Create or update one entry of the catalogue; None, with findings, when something it names does not exist."""
    plain = {k: v for k, v in entry.items() if k not in _RELATIONS}
    only_known(plain, {f.name for f in Indicator._meta.fields}, str(path))
    for key in ("name", "definition", "dimension", "source", "aggregation", "levels"):
        needed(entry, key, str(path))
    if (entry["aggregation"] == Indicator.Aggregation.COMPUTED) != ("formula" in entry):
        raise CityFilesError(f"{path}: aggregation = „computed“ und eine Tabelle [formula] gehören zusammen.")
    weight = entry.get("weight")
    own = entry.get("author_breaks", {})
    named = {
        "dimension": _named(path, Dimension, "dimension", entry["dimension"], findings),
        "source": _named(path, Source, "source", entry["source"], findings),
        "weight": _named(path, Indicator, "weight", weight, findings) if weight else None,
    }
    levels = [_named(path, AreaLevel, "levels", level, findings) for level in entry["levels"]]
    if None in (named["dimension"], named["source"], *levels) or (weight and named["weight"] is None):
        findings.broken.add("indicators")
        return None
    limits = [Decimal(str(limit)) for limit in own.get("limits", [])]
    texts = {"author_breaks": limits, "author_breaks_note": own.get("note", "")}
    indicator = save_checked(Indicator, str(path), slug, {**plain, **named, **texts})
    indicator.levels.set(levels)
    _save_breaks(path, indicator, entry)
    return indicator


def _save_breaks(path: Path, indicator: Indicator, entry: dict) -> None:
    """Write only what differs: breaks that stay as they are get no history."""
    kept = []
    for number, gap in enumerate(needed_tables(path, "break", entry) if "break" in entry else [], start=1):
        where = f"{path}, {number}. break"
        only_known(gap, ("period", "reason", "reason_en"), where)
        period = period_called(str(needed(gap, "period", where)), where)
        if period in kept:
            raise CityFilesError(f"{where}: Ab {period} steht schon ein Bruch in der Reihe.")
        kept.append(period)
        texts = {"reason": "", "reason_en": "", **{key: text for key, text in gap.items() if key != "period"}}
        SeriesBreak.objects.update_or_create(indicator=indicator, period=period, defaults=texts)
    indicator.breaks.exclude(period__in=kept).delete()


def _named(path: Path, model, field: str, slug: str, findings: Findings):
    """The record with this slug; None and a finding when there is none."""
    found = model.objects.filter(slug=slug).first()
    if found is None:
        kind = {"dimension": "dimensions", "source": "sources", "levels": "areas"}.get(field, "indicators")
        what = model._meta.verbose_name
        findings.add(f"{path}: {field} = „{slug}“ ist nicht bekannt ({what}).", because_of=kind)
    return found
