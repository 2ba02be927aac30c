"""Whether two shares or rates differ by more than chance would make them. Pure calculation.

Two values with overlapping intervals may still differ, so the difference has an interval of its own. An area is
compared with the rest of the city: it is a part of the city and would else be compared with itself. Formulas, limits
and an example: docs/methods.md, "Intervalle".
"""

import math

from .intervals import EVENTS, TAIL, Counts, Interval, wilson


def newcombe(first: Counts, second: Counts) -> Interval:
    """95 % interval of the difference of two shares (first minus second), as shares of 1, from independent counts.

    Source: the hybrid score interval, method 10 of R. G. Newcombe, Statist. Med. 17 (1998) 873–890.

    >>> found = newcombe(Counts(56, 70, "part"), Counts(48, 80, "part"))
    >>> round(found.lower, 4), round(found.upper, 4)
    (0.0524, 0.3339)
    """
    one, two = wilson(first.numerator, first.denominator), wilson(second.numerator, second.denominator)
    difference = first.quotient - second.quotient
    below = math.hypot(first.quotient - one.lower, two.upper - second.quotient)
    above = math.hypot(one.upper - first.quotient, second.quotient - two.lower)
    return Interval(difference - below, difference + above)


def share_of_events(first: Counts, second: Counts) -> Interval:
    """Exact 95 % interval of the first one's share of all events, given their sum (both together at least 1).

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404–413, applied to two rates by J. Przyborowski and
    H. Wilenski, Biometrika 31 (1940) 313–323.

    >>> found = share_of_events(Counts(10, 1, "events"), Counts(0, 1, "events"))
    >>> round(found.lower, 4), found.upper
    (0.6915, 1.0)
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and not needed to serve pages

    own, other = float(first.numerator), float(second.numerator)
    lower = 0.0 if own == 0 else float(betaincinv(own, other + 1, TAIL))
    return Interval(lower, 1.0 if other == 0 else float(betaincinv(own + 1, other, 1 - TAIL)))


def rate_ratio(first: Counts, second: Counts) -> Interval:
    """Exact 95 % interval of the ratio of two rates (first by second); infinite without events in the second.

    >>> found = rate_ratio(Counts(20, 1000, "events"), Counts(10, 1000, "events"))
    >>> round(found.lower, 3), round(found.upper, 3)
    (0.894, 4.785)
    """
    share = share_of_events(first, second)
    exposure = float(second.denominator) / float(first.denominator)
    upper = math.inf if share.upper == 1 else share.upper / (1 - share.upper) * exposure
    return Interval(share.lower / (1 - share.lower) * exposure, upper)


def differ(first: Counts, second: Counts) -> bool | None:
    """Whether two independent values differ by more than chance (95 %); None where the counts are not known.

    >>> differ(Counts(56, 70, "part"), Counts(48, 80, "part")), differ(Counts(5, 56, "part"), Counts(0, 29, "part"))
    (True, False)
    >>> differ(Counts(3, 1638, "events"), Counts(None, 8530, "events")) is None
    True
    """
    if not first.are_usable or not second.are_usable:
        return None
    if first.kind != EVENTS:
        return not newcombe(first, second).holds(0.0)
    if not first.numerator and not second.numerator:
        return False
    return not rate_ratio(first, second).holds(1.0)


def rest_of(whole: Counts, part: Counts) -> Counts | None:
    """The whole without one of its parts; None where nothing is left or the part does not fit into it.

    >>> rest_of(Counts(10, 100, "part"), Counts(4, 30, "part"))
    Counts(numerator=6, denominator=70, kind='part')
    """
    if not whole.are_usable or not part.are_usable:
        return None
    rest = Counts(whole.numerator - part.numerator, whole.denominator - part.denominator, whole.kind)
    return rest if rest.are_usable else None


def differs_from_whole(part: Counts, whole: Counts) -> bool | None:
    """Whether a part (an area) differs from its whole (the city) by more than chance.

    Compared with the rest: the difference to the whole is the difference to the rest times the rest's share of the
    denominator, so the one is zero exactly where the other is. None where counts are not known or there is no rest.

    >>> differs_from_whole(Counts(80, 3780, "events"), Counts(1228, 101290, "events"))
    True
    >>> differs_from_whole(Counts(8, 1958, "events"), Counts(8, 1958, "events")) is None
    True
    """
    rest = rest_of(whole, part)
    return None if rest is None else differ(part, rest)
