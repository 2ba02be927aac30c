"""How figures are written into files that people take away: the same words and formats in every download."""

from decimal import Decimal

from indicators.statuses import SIGNS, Status

_MARKS = {Status.ESTIMATED: "( )", Status.JOINT: "J"}


def number_text(value: Decimal | int | None, decimals: int) -> str:
    """A number with decimal comma and the indicator's decimals, as German spreadsheets read it; "" for None.

    >>> number_text(Decimal("22"), 1), number_text(None, 1)
    ('22,0', '')
    """
    return "" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def sign_text(status: str) -> str:
    """The table sign of a status, also those that stand beside a number; "" for plain reported values.

    >>> sign_text("estimated"), sign_text("missing"), sign_text("reported")
    ('( )', '.', '')
    """
    return SIGNS.get(Status(status), "") or _MARKS.get(Status(status), "")


def sure_text(differs: bool | None) -> str:
    """Whether a difference is more than chance: `ja`, `wackelt`, or "" where that cannot be said.

    >>> sure_text(True), sure_text(False), sure_text(None)
    ('ja', 'wackelt', '')
    """
    return "" if differs is None else "ja" if differs else "wackelt"
