"""Languages as office programs name them. Pure."""

_COUNTRIES = {"de": "DE", "en": "GB"}


def office_language(language: str) -> tuple[str, str]:
    """Language and country of a document.

    >>> office_language("de"), office_language("en-us"), office_language("fr")
    (('de', 'DE'), ('en', 'US'), ('fr', 'FR'))
    """
    code, _, country = language.partition("-")
    return code.lower(), (country or _COUNTRIES.get(code.lower(), code)).upper()
