"""What a correction of an application changes, in words for its journal."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.actions.booking import euros
from actionplan.models import Application


def what_changed(
    application: Application, costs: Sequence[tuple[str, Decimal]] | None, fields: dict[str, object]
) -> list[str]:
    """One line for each of `fields` (columns) that gets another value, and for the cost plan (None: stays).

    Each line says what was there and what comes; amounts in euros.
    """
    lines = []
    for name, value in fields.items():
        before = getattr(application, name)
        if before != value:
            label = application._meta.get_field(name).verbose_name
            lines.append(_line(label, *map(_said, (before, value))))
    there = [(line.label, line.amount) for line in application.costs.order_by("order")]
    if costs is not None and there != list(costs):
        lines.append(_line(_("Kostenplan"), *("; ".join(_costs(each)) for each in (there, costs))))
    return lines


def _line(label: str, before: str, after: str) -> str:
    return _("%(label)s: „%(before)s“ → „%(after)s“") % {"label": label, "before": before, "after": after}


def _said(value) -> str:
    if isinstance(value, Decimal):
        return euros(value)
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if value in (None, ""):
        return "–"
    return str(getattr(value, "name", None) or getattr(value, "title", value) if isinstance(value, Model) else value)


def _costs(lines: Sequence[tuple[str, Decimal]]) -> Iterator[str]:
    return (f"{label} {euros(amount)}" for label, amount in lines)
