"""What: catalogue, releases, values and published figures."""

from .dimension import Dimension
from .figure import Figure, IndicatorEdition
from .indicator import Indicator, SeriesBreak
from .loaded_folder import LoadedFolder
from .period import Period
from .release import Release
from .value import Value

__all__ = [
    "Dimension",
    "Figure",
    "Indicator",
    "IndicatorEdition",
    "LoadedFolder",
    "Period",
    "Release",
    "SeriesBreak",
    "Value",
]
