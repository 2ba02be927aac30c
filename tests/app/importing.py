"""Running `import_areas` in tests: two small levels, the files, what is written and stored."""

import io
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command

from areas.models import Area, AreaLevel, Source

FILES = Path(__file__).parent / "files" / "areas"


def level(slug: str, rank: int, pattern: str, **options) -> AreaLevel:
    names = {"name": slug.title(), "name_plural": f"{slug.title()}e", "name_en": slug, "name_plural_en": slug}
    return AreaLevel.objects.create(slug=slug, rank=rank, code_pattern=pattern, **names, **options)


def run(file, *options: str, **named) -> str:
    """What the command writes."""
    out = io.StringIO()
    files = [str(FILES / file if isinstance(file, str) else file)] if file else []
    named = {"level": "quartier", "source": "amt"} | named
    if files:
        named = {"code_column": "NR", "name_column": "NAME"} | named
    call_command("import_areas", *files, *options, stdout=out, **named)
    return out.getvalue()


def refusal(file, *options: str, **named) -> str:
    """What the command writes before it refuses; nothing may be stored."""
    out = io.StringIO()
    named = {"level": "quartier", "source": "amt", "code_column": "NR", "name_column": "NAME"} | named
    files = [str(FILES / file if isinstance(file, str) else file)] if file else []
    before = list(Area.objects.values_list("pk", "valid"))
    with pytest.raises(CommandError) as error:
        call_command("import_areas", *files, "--commit", *options, stdout=out, **named)
    assert error.value.returncode == 1
    assert list(Area.objects.values_list("pk", "valid")) == before
    return f"{out.getvalue()}\n{error.value}"


def stored(slug: str = "quartier") -> dict[str, Area]:
    return {a.code: a for a in Area.objects.in_force().at_level(slug)}


def shapes_of(areas) -> np.ndarray:
    return shapely.from_wkb([bytes(a.geometry.wkb) for a in areas])


def two_levels() -> None:
    """Two levels without areas, and a source."""
    level("bezirk", 10, r"\d{2}")
    level("quartier", 20, r"\d{3}", is_smallest=True)
    Source.objects.create(slug="amt", title="Amt", publisher="Stadt")
