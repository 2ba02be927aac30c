"""Periods by their code; made when they are needed."""

import datetime

from areas.citytables import CityFilesError
from indicators.models import Period


def period_called(code: str, where: str) -> Period:
    """The period of a year such as `2018`; created when needed. Raises `CityFilesError` for anything else."""
    if not (code.isascii() and code.isdecimal() and len(code) == 4 and int(code) > 0):
        raise CityFilesError(f"{where}: „{code}“ ist kein Jahr (erwartet z. B. 2018).")
    year = int(code)
    span = {"start": datetime.date(year, 1, 1), "end": datetime.date(year, 12, 31)}
    return Period.objects.get_or_create(code=code, defaults=span)[0]
