"""What a value is: reported, zero, estimated, secret, missing … and its official table sign (DIN 55301).

Missing is never zero, and no code path turns one status into another except the named rules in
`statistics.aggregation`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Status of a value or figure; the first letter code is what published files carry."""

    REPORTED = "reported", _("gemeldet")
    ZERO = "zero", _("genau null")
    ESTIMATED = "estimated", _("geschätzt")
    JOINT = "joint", _("gemeinsam mit anderen Gebieten veröffentlicht")
    SUPPRESSED = "suppressed", _("geheim zu halten")
    SUPPRESSED_SECONDARY = "suppressed_secondary", _("geheim zu halten, damit andere geschützt bleiben")
    NOT_YET = "not_yet", _("liegt noch nicht vor")
    MISSING = "missing", _("nicht bekannt")
    NOT_APPLICABLE = "not_applicable", _("nicht sinnvoll")

    @property
    def has_value(self) -> bool:
        """Whether a number may stand with this status."""
        return self in WITH_VALUE

    @property
    def letter(self) -> str:
        """One character for published files."""
        return LETTERS[self]


WITH_VALUE = frozenset({Status.REPORTED, Status.ZERO, Status.ESTIMATED, Status.JOINT})
SECRET = frozenset({Status.SUPPRESSED, Status.SUPPRESSED_SECONDARY})

LETTERS = {
    Status.REPORTED: "r",
    Status.ZERO: "z",
    Status.ESTIMATED: "e",
    Status.JOINT: "j",
    Status.SUPPRESSED: "s",
    Status.SUPPRESSED_SECONDARY: "t",
    Status.NOT_YET: "n",
    Status.MISSING: "m",
    Status.NOT_APPLICABLE: "x",
}

# Signs for cells without a number, and the bare zero.
SIGNS = {
    Status.ZERO: "–",
    Status.SUPPRESSED: ".",
    Status.SUPPRESSED_SECONDARY: ".",
    Status.MISSING: ".",
    Status.NOT_YET: "...",
    Status.NOT_APPLICABLE: "x",
}

SIGN_MEANINGS = [
    ("–", _("genau null")),
    ("0", _("mehr als nichts, aber weniger als die Hälfte der kleinsten angezeigten Einheit")),
    (".", _("unbekannt oder geheim zu halten")),
    ("...", _("liegt noch nicht vor")),
    ("x", _("nicht sinnvoll")),
    ("( )", _("geschätzt oder eingeschränkt aussagekräftig")),
    ("J", _("gemeinsamer Wert mehrerer Gebiete")),
]
