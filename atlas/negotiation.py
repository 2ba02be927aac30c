"""What a client says it takes and what it has already: Accept-Encoding and If-None-Match (RFC 9110)."""

from django.utils.http import parse_etags


def takes_gzip(accept_encoding: str) -> bool:
    """Whether gzip may be sent; a weight of 0 forbids it.

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0"), takes_gzip("*"), takes_gzip("")
    (True, False, True, False)
    """
    weights = dict(_weight(part) for part in accept_encoding.lower().split(",") if part.strip())
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(part: str) -> tuple[str, float]:
    coding, _semicolon, rest = part.partition(";")
    name, _equals, number = rest.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(number)
    except ValueError:
        return coding.strip(), 0.0


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether a client that sent this If-None-Match has the answer with `etag` already; weak tags count as well.

    >>> is_known('"a"', 'W/"a", "b"'), is_known('"a"', "*"), is_known('"a"', '"b"'), is_known('"a"', "")
    (True, True, False, False)
    """
    known = [tag.removeprefix("W/") for tag in parse_etags(if_none_match)]
    return "*" in known or etag.removeprefix("W/") in known
