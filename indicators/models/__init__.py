"""What: catalogue, releases, values and published figures."""

from .analysis import Analysis
from .composite import CompositeIndex, IndexComponent, IndexExclusion
from .dimension import Dimension
from .figure import Figure, IndicatorEdition
from .formula import Formula, FormulaTerm
from .history import (
    CompositeIndexHistory,
    CriterionHistory,
    DimensionHistory,
    FormulaHistory,
    FormulaTermHistory,
    IndexComponentHistory,
    IndexExclusionHistory,
    IndicatorHistory,
    ReleaseHistory,
    ScreeningHistory,
    SecrecyRuleHistory,
    SeriesBreakHistory,
    TypologyHistory,
    TypologyPartHistory,
    UploadTemplateHistory,
    ValueHistory,
)
from .index_result import IndexEdition, IndexResult
from .indicator import Indicator, SeriesBreak
from .loaded_folder import LoadedFolder
from .period import Period
from .release import Release
from .screening import Screening, ScreeningCriterion
from .secrecy import SecrecyRule
from .subscription import SentNotice, Subscription
from .typology import Typology, TypologyIndicator
from .upload import Edit, StagedValue, Upload, UploadContent, UploadFinding, UploadTemplate
from .value import Value
from .workflow import Correction, PreviewLink, ReleaseEvent

__all__ = [
    "Analysis",
    "CompositeIndex",
    "CompositeIndexHistory",
    "Correction",
    "CriterionHistory",
    "Dimension",
    "DimensionHistory",
    "Edit",
    "Figure",
    "Formula",
    "FormulaHistory",
    "FormulaTerm",
    "FormulaTermHistory",
    "IndexComponent",
    "IndexComponentHistory",
    "IndexEdition",
    "IndexExclusion",
    "IndexExclusionHistory",
    "IndexResult",
    "Indicator",
    "IndicatorEdition",
    "IndicatorHistory",
    "LoadedFolder",
    "Period",
    "PreviewLink",
    "Release",
    "ReleaseEvent",
    "ReleaseHistory",
    "Screening",
    "ScreeningCriterion",
    "ScreeningHistory",
    "SecrecyRule",
    "SecrecyRuleHistory",
    "SentNotice",
    "SeriesBreak",
    "SeriesBreakHistory",
    "StagedValue",
    "Subscription",
    "Typology",
    "TypologyHistory",
    "TypologyIndicator",
    "TypologyPartHistory",
    "Upload",
    "UploadContent",
    "UploadFinding",
    "UploadTemplate",
    "UploadTemplateHistory",
    "Value",
    "ValueHistory",
]
