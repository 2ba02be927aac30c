"""In which encoding a text was written: UTF-8 when it is valid, else what makes German text of it."""

import codecs

UTF8 = "utf-8"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CANDIDATES = ("iso-8859-1", "cp1252", "cp850", "mac-roman")
GERMAN = frozenset("äöüÄÖÜßéèàç")
LABELS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "iso-8859-1": "Latin-1 (ISO 8859-1)",
    "cp1252": "Windows-1252",
    "cp850": "DOS (CP 850)",
    "mac-roman": "Mac Roman",
}


def guess_encoding(raw: bytes) -> str:
    """Name of a Python codec that decodes `raw`.

    A byte order mark or valid UTF-8 decides at once. Otherwise the candidate wins that turns most of the
    non-ASCII bytes into letters of German names; Latin-1 before Windows-1252 when both do.

    >>> guess_encoding("Hörde".encode("utf-8")), guess_encoding("Hörde".encode("latin-1"))
    ('utf-8', 'iso-8859-1')
    """
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return codec
    try:
        raw.decode(UTF8)
    except UnicodeDecodeError:
        high = bytes(b for b in raw if b >= 0x80)
        return max(CANDIDATES, key=lambda codec: _plausibility(high, codec))
    return UTF8


def decode(raw: bytes, codec: str | None = None) -> tuple[str, str]:
    """The text and the codec used. Raises `UnicodeDecodeError` or `LookupError` for a wrong given codec."""
    codec = codec or guess_encoding(raw)
    return raw.decode(codec), codec


def label(codec: str) -> str:
    """Name of a codec for people."""
    return LABELS.get(codecs.lookup(codec).name.replace("iso8859-1", "iso-8859-1"), LABELS.get(codec, codec))


def _plausibility(high: bytes, codec: str) -> float:
    text = high.decode(codec, errors="replace")
    return sum((c in GERMAN) - (not c.isprintable() or c == "�") for c in text)
