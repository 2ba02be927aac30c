"""Changes in words: fields by their German names, values as people write them, long texts word by word. No writing."""

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from atlas.provenance_words import exact

KEPT, GONE, NEW = "kept", "gone", "new"
LONG = 60  # letters from which a text is compared word by word


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field: before and after; `pieces` for long texts."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one, what went before what came.

    >>> [(p.kind, p.text) for p in word_diff("a b c", "a x c")]
    [('kept', 'a '), ('gone', 'b'), ('new', 'x'), ('kept', ' c')]
    """
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    pieces = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(KEPT, "".join(old[a:b])))
            continue
        pieces += [Piece(kind, text) for kind, text in ((GONE, "".join(old[a:b])), (NEW, "".join(new[c:d]))) if text]
    return tuple(pieces)


def change_of(field: models.Field, before, after, names: dict) -> Change:
    """One changed field; `names` says how related rows are called: {(model, key): name}."""
    old, new = written(field, before, names), written(field, after, names)
    is_long = max(len(old), len(new)) > LONG and old and new
    label = str(field.verbose_name)
    return Change(label[:1].upper() + label[1:], old, new, word_diff(old, new) if is_long else ())


def written(field: models.Field, value, names: dict) -> str:
    """A stored value as people read it; "" for nothing."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return names.get((field.related_model, value)) or _("Nr. %s (nicht mehr da)") % value
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value) -> str:
    """A value that is neither a relation nor one of several choices."""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, dict | list):
        return _structured(value)
    if hasattr(value, "strftime"):
        return _day(value)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return " – ".join(_day(end) if end else _("offen") for end in (value.lower, value.upper))
    return exact(value) if isinstance(value, Decimal) else str(value)


def way_of(context: dict | None) -> str:
    """On which way a change was made."""
    way, task = (context or {}).get("way", ""), (context or {}).get("task", "")
    if task:
        return _("im Hintergrund (%s)") % task
    if way.startswith("manage.py "):
        return _("mit dem Befehl %s") % way.removeprefix("manage.py ")
    for start, words in (
        ("/verwaltung/", _("in der Verwaltung")),
        ("/redaktion/raster/", _("im Raster")),
        ("/redaktion/verlauf/", _("beim Wiederherstellen")),
        ("/redaktion/", _("im Arbeitsbereich")),
        ("/api/", _("über die Schnittstelle")),
    ):
        if way.startswith(start):
            return words
    return way or _("unmittelbar in der Datenbank")


def _day(moment) -> str:
    if hasattr(moment, "hour"):
        return date_format(localtime(moment) if is_aware(moment) else moment, "DATETIME_FORMAT")
    return date_format(moment, "DATE_FORMAT")


def _structured(value: dict | Sequence) -> str:
    if isinstance(value, list) and all(isinstance(item, str | int | float | Decimal) for item in value):
        return "; ".join(exact(item) if isinstance(item, Decimal) else str(item) for item in value)
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)
