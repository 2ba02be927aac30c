"""Words of the long map text, as patterns per language. No calculation here."""

GERMAN = {
    "title": "Karte: {name}, {level} in {city}, {period}.",
    "areas": ("1 Gebiet", "{n} Gebiete"),
    "classes": "{n} Klassen: {list}.",
    "class_first": "unter {high}",
    "class_inner": "{low} bis unter {high}",
    "class_last": "{low} und mehr",
    "highest": "Die höchsten Werte: {list}.",
    "lowest": "Die niedrigsten Werte: {list}.",
    "all": "Alle Werte: {list}.",
    "and_more": "{list} und weitere mit demselben Wert",
    "without": "Ohne Wert: {areas}, davon {list}.",
    "without_one": "Ohne Wert: {which} ({reason}).",
    "estimated": "Geschätzt: {areas}.",
    "joint": "Gemeinsam mit anderen Gebieten veröffentlicht: {areas}.",
    "change": "Veränderung seit {since}: {list}.",
    "risen": "in {areas} gestiegen",
    "fallen": "in {areas} gesunken",
    "same": "in {areas} kaum verändert",
    "incomparable": "in {areas} nicht vergleichbar",
    "most_risen": "Am stärksten gestiegen: {name} ({change}).",
    "most_fallen": "Am stärksten gesunken: {name} ({change}).",
    "missing": "nicht bekannt",
    "secret": "geheim zu halten",
    "not_yet": "noch nicht verfügbar",
    "not_applicable": "nicht sinnvoll",
    "in_areas": ("1 Gebiet", "{n} Gebieten"),
}
ENGLISH = {
    "title": "Map: {name}, {level} in {city}, {period}.",
    "areas": ("1 area", "{n} areas"),
    "classes": "{n} classes: {list}.",
    "class_first": "below {high}",
    "class_inner": "{low} to below {high}",
    "class_last": "{low} and more",
    "highest": "The highest values: {list}.",
    "lowest": "The lowest values: {list}.",
    "all": "All values: {list}.",
    "and_more": "{list} and others with the same value",
    "without": "Without a value: {areas}, of which {list}.",
    "without_one": "Without a value: {which} ({reason}).",
    "estimated": "Estimated: {areas}.",
    "joint": "Published jointly with other areas: {areas}.",
    "change": "Change since {since}: {list}.",
    "risen": "risen in {areas}",
    "fallen": "fallen in {areas}",
    "same": "hardly changed in {areas}",
    "incomparable": "not comparable in {areas}",
    "most_risen": "Risen most: {name} ({change}).",
    "most_fallen": "Fallen most: {name} ({change}).",
    "missing": "unknown",
    "secret": "kept secret",
    "not_yet": "not yet available",
    "not_applicable": "not meaningful",
    "in_areas": ("1 area", "{n} areas"),
}


def map_words_of(language: str) -> dict:
    """The patterns of a language; German for all but English."""
    return ENGLISH if language.startswith("en") else GERMAN


def count_areas(words: dict, count: int, key: str = "areas") -> str:
    """`1 Gebiet`, `12 Gebiete`."""
    one, many = words[key]
    return one if count == 1 else many.format(n=count)
