"""Text of others in tables to take away."""


def inert(text: str) -> str:
    """Text that no spreadsheet program takes for a formula.

    >>> inert("=1+1"), inert("Garten")
    ("'=1+1", 'Garten')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
