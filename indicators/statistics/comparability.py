"""Which two values of an area may be compared over time. Pure calculation.

A change is only told when nothing but time lies between two values: both exist, both stand for the same ground,
and, for counts, both were counted. Estimated counts are scaled to known totals, so the difference of two of them
(or of a counted and an estimated one) shows the method, not the people.
"""

from decimal import Decimal
from typing import Protocol


class Told(Protocol):
    """What a figure says: number or None, the string of its status, partners of a joint value."""

    value: Decimal | None
    status: str
    joint_with: str


def is_comparable(before: Told | None, after: Told | None, *, is_count: bool) -> bool:
    """Whether `after - before` is a change that may be told; `is_count`: values are sums such as inhabitants."""
    if before is None or after is None or before.value is None or after.value is None:
        return False
    if before.joint_with != after.joint_with:
        return False
    if getattr(before, "area_id", None) != getattr(after, "area_id", None):  # cut anew between them: other ground
        return False
    return not (is_count and "estimated" in (before.status, after.status))
