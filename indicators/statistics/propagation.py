"""What becomes of statuses when a figure is computed from others. Pure calculation.

A result can never be surer or more public than what it is made of (docs/figures.md):

1. Where an input is not meaningful, neither is the result; where one is secret, the result is secret so that the input
   stays so (`suppressed_secondary`); where one is missing or not there yet, so is the result. In this order.
2. Joint values hold for several areas together. The result is joint where *all* inputs are joint with the same
   partners; otherwise the inputs stand for different ground and the result is missing.
3. A result with an estimated input is estimated. A result of exactly nothing is a true zero.
"""

from collections.abc import Sequence
from decimal import Decimal

from .upwards import Delivered

BLOCKING = (  # status of an input -> status of the result; the first that occurs decides
    ("not_applicable", "not_applicable"),
    ("suppressed", "suppressed_secondary"),
    ("suppressed_secondary", "suppressed_secondary"),
    ("missing", "missing"),
    ("not_yet", "not_yet"),
)


def blocked_by(inputs: Sequence[Delivered]) -> Delivered | None:
    """The cell without a number that stands instead of a result; None where a result can be computed.

    >>> known, secret = Delivered(Decimal(3), "reported"), Delivered(None, "suppressed")
    >>> blocked_by([known, secret]).status, blocked_by([known, known])
    ('suppressed_secondary', None)
    >>> blocked_by([known, Delivered(Decimal(3), "joint", joint_with="01+02")]).status
    'missing'
    """
    found = {cell.status for cell in inputs}
    for status, result in BLOCKING:
        if status in found:
            return Delivered(None, result)
    if not inputs or any(cell.value is None for cell in inputs) or len({cell.joint_with for cell in inputs}) > 1:
        return Delivered(None, "missing")
    return None


def derived_cell(value: Decimal, inputs: Sequence[Delivered], **counts: Decimal | None) -> Delivered:
    """The cell of a computed number with the status that its inputs allow; `counts`: numerator and denominator.

    Its source is that of the inputs where they have one in common, its coverage the smallest of theirs.

    >>> guess = Delivered(Decimal(3), "estimated")
    >>> derived_cell(Decimal(0), [guess]).status, derived_cell(Decimal(0), [Delivered(Decimal(0), "zero")]).status
    ('estimated', 'zero')
    """
    joint = inputs[0].joint_with
    plain = "zero" if value == 0 else "reported"
    status = "estimated" if any(cell.status == "estimated" for cell in inputs) else plain
    sources = {cell.source for cell in inputs}
    return Delivered(
        value,
        "joint" if joint else status,
        joint_with=joint,
        coverage=min((cell.coverage for cell in inputs if cell.coverage is not None), default=None),
        source=sources.pop() if len(sources) == 1 else "",
        **counts,
    )
