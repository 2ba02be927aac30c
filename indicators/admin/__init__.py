"""Catalogue, uploads, releases, values and published figures in the administration."""

from .catalogue import DimensionAdmin, IndicatorAdmin, PeriodAdmin, SecrecyRuleAdmin
from .indices import CompositeIndexAdmin
from .releases import ReleaseAdmin
from .rules import ScreeningAdmin, TypologyAdmin
from .subscriptions import SubscriptionAdmin
from .values import FigureAdmin, ValueAdmin

__all__ = [
    "CompositeIndexAdmin",
    "DimensionAdmin",
    "FigureAdmin",
    "IndicatorAdmin",
    "PeriodAdmin",
    "ReleaseAdmin",
    "ScreeningAdmin",
    "SecrecyRuleAdmin",
    "SubscriptionAdmin",
    "TypologyAdmin",
    "ValueAdmin",
]
