"""Where GeoDjango finds GDAL and GEOS: inside the wheels of pyogrio and shapely.

The wheels carry the native libraries, so no system package is needed and every machine uses
the same versions (ADR 0002).
"""

from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def native_library(chosen: str, package: str, pattern: str) -> str:
    """Path of a native library: the operator's own choice if there is one, else the one in the wheel."""
    if chosen and not Path(chosen).is_file():
        raise ImproperlyConfigured(
            f"There is no library {chosen}. Leave the variable empty to use the one of {package}."
        )
    return chosen or bundled_library(package, pattern)


def bundled_library(package: str, pattern: str) -> str:
    """Path of the one library matching `pattern` in `<package>.libs` beside the installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured(f"The package {package} is not installed; run `uv sync --locked`.")
    folder = Path(spec.origin).parent.parent / f"{package}.libs"
    matches = sorted(folder.glob(pattern))
    if not matches:
        raise ImproperlyConfigured(
            f"No library {pattern} in {folder}. Set GDAL_LIBRARY_PATH and GEOS_LIBRARY_PATH to your own builds."
        )
    return str(matches[0])
