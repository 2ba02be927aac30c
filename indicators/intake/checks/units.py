"""Units written in cells and heads against the unit of the indicator."""

import re

from django.utils.translation import gettext as _

from ..catalogue import Measure
from ..findings import ERROR, WARNING
from ..matching import Remark

_PERCENT = frozenset(["%", "prozent", "v.h.", "vh", "proz.", "in %", "percent"])
_PER = re.compile(r"(?:je|pro|per)\s*([\d.  ]+)")
_MONEY = frozenset(["€", "euro", "eur"])
_PEOPLE = frozenset(
    [
        *("personen", "einwohner", "einwohnerinnen und einwohner", "menschen", "haushalte", "kinder", "einw", "ew"),
        *("anzahl", "abs", "absolut", "stück", "st", "fälle", "pers", "zahl"),
    ]
)
_HEAD_UNIT = re.compile(
    r"[(\[]\s*(?:in\s+)?([^()\[\]]{1,40}?)\s*[)\]]\s*$|\bin\s+(%|Prozent|‰|Promille|Euro|€)\s*$", re.IGNORECASE
)


def kind_of(unit: str) -> str:
    """What sort of unit a text names: "%", "‰", "€", "count", "je 1000" …; "" when it is none we know.

    >>> kind_of("Prozent"), kind_of("je 1.000 Einwohner"), kind_of("EUR"), kind_of("2018")
    ('%', 'je 1000', '€', '')
    """
    told = " ".join(unit.casefold().replace("\u00a0", " ").split()).removeprefix("in ")
    if told in _PERCENT or told.startswith(("%", "prozent")):
        return "%"
    if told in ("‰", "promille"):
        return "‰"
    if per := _PER.match(told):
        return f"je {re.sub(r'[^0-9]', '', per[1])}"
    if told in _MONEY or told.startswith(("€", "euro")):
        return "€"
    return "count" if told.rstrip(".") in _PEOPLE else ""


def head_unit(title: str) -> str:
    """The unit at the end of a column's head; "" when there is none.

    >>> head_unit("Arbeitslosenquote (in %)"), head_unit("Kosten in Euro"), head_unit("Wert 2018")
    ('%', 'Euro', '')
    """
    found = _HEAD_UNIT.search(title)
    return (found[1] or found[2] or "").strip() if found else ""


def unit_remark(written: str, measure: Measure, *, in_head: bool = False) -> Remark | None:
    """What to say about a unit that stands in a cell or a head; None when it fits or says nothing.

    The unit of a head that is not known says nothing: brackets in heads hold many things.
    """
    if not written or written.casefold() in (measure.unit.casefold(), measure.unit_long.casefold()):
        return None
    told, own = kind_of(written), kind_of(measure.unit) or ("count" if measure.is_count else "")
    if told and own and told == own:
        return None
    if not told and (in_head or written.casefold() in measure.unit_long.casefold()):
        return None
    if told == "count" and not own:
        return None
    expected = measure.unit or measure.unit_long or _("keine Einheit")
    text = _("Einheit „%(unit)s“ bei „%(name)s“") % {"unit": written[:40], "name": measure.name}
    hint = _("Prüfen Sie, ob die richtige Spalte zugeordnet ist; umgerechnet wird nichts.")
    return Remark(ERROR if told and (own or measure.unit) else WARNING, "unit_mismatch", text, expected, hint)
