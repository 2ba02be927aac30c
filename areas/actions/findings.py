"""Collecting what is wrong with a folder while it is loaded, so that everything is told at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, IntegrityError, models, transaction

from areas.citytables import CityFilesError, only_known, refuse

_REFUSED = (DataError, IntegrityError, FieldError, ValueError, TypeError, AttributeError, ArithmeticError)
_Model = TypeVar("_Model", bound=models.Model)


class Findings:
    """All findings of one run. Whoever collects must call `refuse` before the surrounding transaction ends."""

    def __init__(self):
        """Nothing found yet."""
        self.messages: list[str] = []
        self.broken: set[str] = set()

    @contextmanager
    def at(self, where: object, kind: str = "") -> Iterator[None]:
        """Do a step in a savepoint; what it refuses is kept, with `where`, and the step undone.

        `kind` then counts as broken: what is missing because of that is no finding of its own.
        """
        try:
            with transaction.atomic():
                yield
        except CityFilesError as error:
            self.messages += error.findings
            self.broken.add(kind)
        except _REFUSED as error:
            self.messages.append(f"{where}: Die Angaben werden nicht angenommen ({_in_words(error)}).")
            self.broken.add(kind)

    def add(self, text: str, *, because_of: str = "") -> None:
        """Keep a finding, unless it only follows from a broken step."""
        if not because_of or because_of not in self.broken:
            self.messages.append(text)

    def refuse(self) -> None:
        """Raise `CityFilesError` with everything found, if anything was."""
        refuse(self.messages)


def save_checked(model: type[_Model], where: str, slug: str, defaults: Mapping) -> _Model:
    """Create or update the record with this slug; raises `CityFilesError` for unknown keys and impossible values."""
    only_known(defaults, {f.name for f in model._meta.fields} - {"id"}, where)
    refuse(wrong_fields(model(slug=slug, **defaults), where))
    return model.objects.update_or_create(slug=slug, defaults=defaults)[0]


def wrong_fields(record: models.Model, where: str) -> list[str]:
    """A sentence for every field whose content the model does not allow; empty texts are allowed."""
    relations = {f.name for f in record._meta.fields if f.is_relation}  # each would be a query
    try:
        record.clean_fields(exclude=relations)
    except ValidationError as error:
        return [
            f"{where}: {name}: {' '.join(finding.messages)}"
            for name, findings in error.error_dict.items()
            for finding in findings
            if finding.code not in {"blank", "null"}
        ]
    return []


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split())
