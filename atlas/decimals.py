"""Computed floats as decimals for writing."""

from decimal import Decimal

DIGITS = 9  # noise of the machine lies behind them


def as_decimal(value: float) -> Decimal:
    """The number without the noise of binary fractions.

    >>> as_decimal(0.1 + 0.2)
    Decimal('0.300000000')
    """
    return Decimal(value).quantize(Decimal(1).scaleb(-DIGITS))
