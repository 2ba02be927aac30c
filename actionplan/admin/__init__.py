"""The action plan in the administration."""

from .action_areas import ActionAreaAdmin
from .council import CouncilPaperAdmin, PressReleaseAdmin
from .money import AllocationAdmin, BudgetYearAdmin, CarryOverAdmin, FundAdmin, FunderAdmin
from .own_areas import AreaChargeAdmin
from .participation import OfficeAdmin, ParticipationAdmin, PlanFunctionAdmin
from .programmes import ActionProgrammeAdmin, ProgrammeVersionAdmin
from .projects import FieldOfActionAdmin, ProjectAdmin

__all__ = [
    "ActionAreaAdmin",
    "ActionProgrammeAdmin",
    "AllocationAdmin",
    "AreaChargeAdmin",
    "BudgetYearAdmin",
    "CarryOverAdmin",
    "CouncilPaperAdmin",
    "FieldOfActionAdmin",
    "FundAdmin",
    "FunderAdmin",
    "OfficeAdmin",
    "ParticipationAdmin",
    "PlanFunctionAdmin",
    "PressReleaseAdmin",
    "ProgrammeVersionAdmin",
    "ProjectAdmin",
]
