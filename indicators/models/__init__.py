"""What: catalogue, releases, values and published figures."""

from .analysis import Analysis
from .dimension import Dimension
from .figure import Figure, IndicatorEdition
from .formula import Formula, FormulaTerm
from .history import (
    DimensionHistory,
    FormulaHistory,
    FormulaTermHistory,
    IndicatorHistory,
    ReleaseHistory,
    SecrecyRuleHistory,
    SeriesBreakHistory,
    UploadTemplateHistory,
    ValueHistory,
)
from .indicator import Indicator, SeriesBreak
from .loaded_folder import LoadedFolder
from .period import Period
from .release import Release
from .secrecy import SecrecyRule
from .subscription import SentNotice, Subscription
from .upload import Edit, StagedValue, Upload, UploadContent, UploadFinding, UploadTemplate
from .value import Value
from .workflow import Correction, PreviewLink, ReleaseEvent

__all__ = [
    "Analysis",
    "Correction",
    "Dimension",
    "DimensionHistory",
    "Edit",
    "Figure",
    "Formula",
    "FormulaHistory",
    "FormulaTerm",
    "FormulaTermHistory",
    "Indicator",
    "IndicatorEdition",
    "IndicatorHistory",
    "LoadedFolder",
    "Period",
    "PreviewLink",
    "Release",
    "ReleaseEvent",
    "ReleaseHistory",
    "SecrecyRule",
    "SecrecyRuleHistory",
    "SentNotice",
    "SeriesBreak",
    "SeriesBreakHistory",
    "StagedValue",
    "Subscription",
    "Upload",
    "UploadContent",
    "UploadFinding",
    "UploadTemplate",
    "UploadTemplateHistory",
    "Value",
    "ValueHistory",
]
