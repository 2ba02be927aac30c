"""Names of areas as people type them. Pure text, no Django."""

import re
import unicodedata

_TRANSCRIPTIONS = str.maketrans({"ß": "ss", "ä": "a", "ö": "o", "ü": "u", "æ": "a", "ø": "o", "œ": "o"})
_DIGRAPHS = re.compile(r"(?<![aeq])(a|o|u)e")
_OTHER = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Reduce a name to the form in which names are compared.

    Umlauts, their transcription and their omission fall together, so that all three spellings find the same
    place; case, accents and punctuation do not count.

    >>> fold("Hörde") == fold("Hoerde") == fold("horde")
    True
    >>> fold("Bövinghausen/Westrich")
    'bovinghausen westrich'
    """
    text = text.casefold().translate(_TRANSCRIPTIONS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    while (shorter := _DIGRAPHS.sub(r"\1", text)) != text:  # until nothing changes: folding twice is folding once
        text = shorter
    return _OTHER.sub(" ", text).strip()
