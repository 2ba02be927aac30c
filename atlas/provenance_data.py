"""Where a figure comes from, as data: names of W3C PROV (https://www.w3.org/TR/prov-o/) where they fit."""

from decimal import Decimal

from atlas.links import full_address, provenance_path, release_path
from indicators.origins import Origin
from indicators.selectors_derived import Derivation, InputLine
from indicators.selectors_provenance import PartLine, Provenance


def provenance_data(found: Provenance) -> dict:
    """The same content as the page, without names of people; numbers that are nowhere public are left out."""
    figure, indicator, release = found.figure, found.indicator, found.release
    key = (indicator.slug, figure.area.level.slug, figure.area.code, figure.period.code)
    shown = all(part.is_public for part in found.parts)
    return {
        "@context": {"prov": "http://www.w3.org/ns/prov#"},
        "@type": "prov:Entity",
        "@id": full_address(provenance_path(*key, stand=release.slug)),
        "indicator": indicator.slug,
        "level": figure.area.level.slug,
        "area": figure.area.code,
        "name": figure.area.name,
        "period": figure.period.code,
        "value": number(figure.value),
        "status": figure.status,
        "interval": None if figure.lower is None else [number(figure.lower), number(figure.upper)],
        "differs_from_city": figure.differs,
        "unit": indicator.unit_long,
        "joint_with": figure.joint_with,
        "prov:generatedAtTime": release.published_at.isoformat() if release.published_at else None,
        "release": {
            "slug": release.slug,
            "title": release.title,
            "url": full_address(release_path(release.slug)),
        },
        "prov:hadPrimarySource": {
            "title": found.source.title,
            "publisher": found.source.publisher,
            "licence": found.source.licence,
            "licence_url": found.source.licence_url,
            "url": found.source.url,
        },
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "making": found.making,
            "aggregation": found.rules.aggregation,
            "factor": found.rules.factor,
            "weight": found.rules.weight.slug if found.rules.weight else None,
            "weight_sources": [source.slug for source in found.weight_sources],
            "decimals": found.rules.decimals,
            "result": number(found.raw) if shown and not found.is_secret else None,
            "coverage": number(found.result.coverage) if found.result else None,
            "is_reproducible": found.is_exact,
        },
        "origin": _origin(found.origin) if found.origin else None,
        "formula": _formula(found.derivation) if found.derivation else None,
        "prov:wasDerivedFrom": [
            *(_part(part) for part in found.parts),
            *(_input(line, found) for line in (found.derivation.lines if found.derivation else ())),
        ],
    }


def number(value: Decimal | None) -> str | None:
    """Exact, as text, because JSON numbers are not."""
    return None if value is None else f"{value.normalize():f}"


def _part(part: PartLine) -> dict:
    public = part.is_public
    return {
        "level": part.key[0],
        "area": part.key[1],
        "name": part.area.name,
        "value": number(part.value) if public else None,
        "status": part.told,
        "is_public": public,
        "numerator": number(part.numerator) if public else None,
        "denominator": number(part.denominator) if public else None,
        "weight": number(part.weight) if public else None,
        "origin": _origin(part.origin) if part.origin else None,
    }


def _formula(made: Derivation) -> dict:
    written = made.formula.rule
    return {
        "kind": written.kind,
        "of": list(written.of),
        "by": list(written.by),
        "periods_back": written.periods_back,
        "base_period": written.base_period or None,
        "years": written.years,
        "size_km2": number(made.size),
    }


def _input(line: InputLine, found: Provenance) -> dict:
    """A published figure, with the address of its own provenance."""
    area, figure = found.figure.area, line.figure
    key = (line.indicator.slug, area.level.slug, area.code, line.period)
    return {
        "indicator": line.indicator.slug,
        "level": area.level.slug,
        "area": area.code,
        "name": area.name,
        "period": line.period,
        "value": number(figure.value) if figure else None,
        "status": figure.status if figure else "missing",
        "url": full_address(provenance_path(*key, stand=found.release.slug)) if figure else None,
    }


def _origin(origin: Origin) -> dict:
    return {
        "way": origin.way,
        "file": origin.file_name,
        "sheet": origin.sheet,
        "cell": origin.place,
        "row": origin.row,
        "line": origin.line,
        "release": origin.release.slug,
        "source": origin.source.slug,
        "at": origin.at.isoformat() if origin.at else None,
        "prov:wasAttributedTo": {"role": origin.role},
    }
