"""Round numbers along an axis. Pure calculation."""

import math


def round_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most `most` round numbers in steps of 1, 2 or 5 times a power of ten that include both ends.

    >>> round_ticks(3.2, 38.9)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    >>> round_ticks(5, 5)
    [4.0, 4.5, 5.0, 5.5, 6.0]
    """
    if low == high:
        low, high = low - 1, high + 1
    power = 10.0 ** (math.floor(math.log10(high - low)) - 1)
    for size in (1, 2, 5, 10, 20, 50, 100):
        step = size * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < most:
            return [round(number * step, 10) for number in range(first, last + 1)]
    return [low, high]
