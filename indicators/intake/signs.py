"""Signs that stand in tables instead of a number: those of DIN 55301 and their everyday cousins."""

DEFAULT_SIGNS = {
    "": "missing",
    "–": "zero",  # DIN 55301: exactly nothing
    "-": "zero",
    ".": "missing",  # DIN 55301: unknown or secret
    "..": "missing",
    "...": "not_yet",  # DIN 55301: comes later
    "*": "suppressed",  # as the Federal Employment Agency marks secret numbers
    "/": "missing",  # DIN 55301: not reliable enough
    "x": "not_applicable",  # DIN 55301: not meaningful
    "k.a.": "missing",
    "n.v.": "missing",
}
DOUBTFUL = ("", "-", ".", "..", "*", "/")  # mean different things in different offices; shown to the planner
STATUSES = ("zero", "suppressed", "suppressed_secondary", "not_yet", "missing", "not_applicable")

# Other ways to write the signs above: without spaces, in lower case.
ALIASES = {
    "—": "–",
    "‒": "–",
    "―": "–",
    "−": "–",
    "--": "-",
    "---": "-",
    "‐": "-",
    "‑": "-",
    "…": "...",
    "·": ".",
    "**": "*",
    "***": "*",
    "✱": "*",
    "×": "x",
    "k.a": "k.a.",
    "ka": "k.a.",
    "k.a..": "k.a.",
    "k/a": "k.a.",
    "keineangabe": "k.a.",
    "keineangaben": "k.a.",
    "n/a": "n.v.",
    "na": "n.v.",
    "n.a.": "n.v.",
    "n.a": "n.v.",
    "n.v": "n.v.",
    "nv": "n.v.",
    "nichtverfügbar": "n.v.",
    "nichtvorhanden": "n.v.",
    "entfällt": "x",
}

# What spreadsheets show when a formula failed, German and English.
_ENGLISH = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
_GERMAN = {"#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#ÜBERLAUF!", "#KALK!", "#FELD!", "########", "#####"}
_LIBREOFFICE = {"ERR:502", "ERR:508", "ERR:509", "ERR:519", "ERR:522", "ERR:523", "ERR:524"}
ERRORS = frozenset(_ENGLISH | _GERMAN | _LIBREOFFICE)


def sign_of(text: str) -> str:
    """How a sign is looked up: without spaces, in lower case, spelled one way.

    >>> sign_of(" K. A. "), sign_of("—"), sign_of("12,5")
    ('k.a.', '–', '12,5')
    """
    if len(text) > 20:
        return text
    key = "".join(text.split()).casefold()
    return ALIASES.get(key, key)
