"""Addresses that a file may carry: of the web, and written so that every program accepts them. Pure."""

import re
from urllib.parse import quote, urlsplit

LONGEST = 2000  # letters; Excel takes 2,079
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.IGNORECASE)
_MEANT = "/:?#[]@!$&()*+,;=%-._~"


def web_address(href: str) -> str:
    """The address with everything quoted that addresses may not hold; "" where it is none of the web.

    >>> web_address("https://example.org/a b/ä?x=1#y")
    'https://example.org/a%20b/%C3%A4?x=1#y'
    >>> web_address("javascript:alert(1)"), web_address("https://"), web_address("/seite/")
    ('', '', '')
    """
    if not href.startswith(("https://", "http://")):
        return ""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if not _HOST.fullmatch(parts.netloc):
        return ""
    address = quote(parts.geturl(), safe=_MEANT)
    return address if len(address) <= LONGEST else ""
