"""What status a value has, from its sign, its number and a column that says it."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators.statuses import WITH_VALUE, Status

from ..findings import ERROR
from ..matching import Remark
from ..signs import DEFAULT_SIGNS, sign_of

_WORDS = {
    "gemeldet": Status.REPORTED,
    "genau null": Status.ZERO,
    "null": Status.ZERO,
    "nichts": Status.ZERO,
    "geschätzt": Status.ESTIMATED,
    "schätzung": Status.ESTIMATED,
    "vorläufig": Status.ESTIMATED,
    "gemeinsam": Status.JOINT,
    "geheim": Status.SUPPRESSED,
    "geheim zu halten": Status.SUPPRESSED,
    "gesperrt": Status.SUPPRESSED,
    "sekundär geheim": Status.SUPPRESSED_SECONDARY,
    "noch nicht": Status.NOT_YET,
    "liegt noch nicht vor": Status.NOT_YET,
    "unbekannt": Status.MISSING,
    "nicht bekannt": Status.MISSING,
    "nicht sinnvoll": Status.NOT_APPLICABLE,
}


class Judged(NamedTuple):
    """A status with its number; a remark instead when they contradict each other."""

    status: str
    value: Decimal | None
    remark: Remark | None = None


class StatusReader:
    """Reads words and signs of a status column by the rules of the mapping."""

    def __init__(self, signs: dict[str, str]):
        self.signs = {**DEFAULT_SIGNS, **signs}

    def __call__(self, word: str) -> str:
        """The status; "" when the word means none."""
        told = " ".join(word.split())
        known = told.casefold()
        if known in Status.values:
            return known
        if known in _WORDS:
            return str(_WORDS[known])
        if told in ("( )", "()"):
            return str(Status.ESTIMATED)
        return self.signs.get(sign_of(told), "") if told else ""


def judge(told: str, read: str, value: Decimal | None, is_empty: bool, joint_with: str) -> Judged:
    """One status of what a status column says (`told`) and what the cell says (`read`, `value`, or `is_empty`)."""
    if not told:
        status = read
        if joint_with and status == Status.REPORTED:
            status = str(Status.JOINT)
    elif told in WITH_VALUE:
        if value is None:
            return Judged("", None, _contradiction(told, _("keine Zahl"), _("eine Zahl")))
        if told == Status.ZERO and value:
            return Judged("", None, _contradiction(told, f"{value:f}".replace(".", ","), "0"))
        status = told if not (read == Status.ZERO and told == Status.REPORTED) else read
    else:
        if value is not None:
            return Judged("", None, _contradiction(told, f"{value:f}".replace(".", ","), _("kein Wert")))
        if not is_empty and read not in (told, Status.MISSING):
            return Judged("", None, _contradiction(told, str(Status(read).label), str(Status(told).label)))
        status = told
    if status == Status.JOINT and not joint_with:
        text = _("Ein gemeinsamer Wert ohne die Gebiete, für die er gilt")
        return Judged("", None, Remark(ERROR, "joint_without_partners", text, _("alle Schlüssel, etwa 001+002")))
    return Judged(status, value)


def _contradiction(told: str, found: str, expected: str) -> Remark:
    text = _("Status „%(status)s“, aber in der Zelle: %(found)s") % {"status": Status(told).label, "found": found}
    return Remark(
        ERROR, "status_contradiction", text, expected, _("Entscheiden Sie, was gilt: das Zeichen oder die Zahl.")
    )
