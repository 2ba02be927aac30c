"""The action plan in the administration."""

from .action_areas import ActionAreaAdmin
from .council import CouncilPaperAdmin, PressReleaseAdmin
from .money import AllocationAdmin, BudgetYearAdmin, CarryOverAdmin, FundAdmin, FunderAdmin
from .projects import FieldOfActionAdmin, ProjectAdmin

__all__ = [
    "ActionAreaAdmin",
    "AllocationAdmin",
    "BudgetYearAdmin",
    "CarryOverAdmin",
    "CouncilPaperAdmin",
    "FieldOfActionAdmin",
    "FundAdmin",
    "FunderAdmin",
    "PressReleaseAdmin",
    "ProjectAdmin",
]
