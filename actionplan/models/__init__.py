"""The action plan: where it works, what is done, what it costs, and who decided it."""

from .action_area import ActionArea, ActionAreaHistory
from .adjustment import Adjustment, AdjustmentCriterion, AdjustmentFigure, AdjustmentLine
from .application import Application, ApplicationHistory, ApplicationStep, CostLine, Reminder
from .charge import AreaCharge
from .council import Consultation, CouncilPaper, PressRelease
from .delivery import PlanDelivery
from .field import FieldGoal, FieldName, FieldOfAction
from .idea import Idea, IdeaContact, IdeaStep
from .journal import BudgetYear, BudgetYearHistory, CarryOver, FundChange, MoneyEntry
from .membership_figure import MembershipFigure
from .money import Allocation, AllocationHistory, AllocationShare, AllocationShareHistory, Fund, Funder, FundHistory
from .office import Office, OfficeHistory, OfficePlace, PlanFunction, PlanFunctionHistory, PlanFunctionPlace
from .participation import Participation, ParticipationHistory, ParticipationPlace
from .programme import (
    ActionProgramme,
    ActionProgrammeHistory,
    ProgrammeGoal,
    ProgrammeMeasure,
    ProgrammeMilestone,
    ProgrammeParticipation,
    ProgrammeVersion,
    ProgrammeVersionHistory,
)
from .project import Project, ProjectField, ProjectHistory, ProjectPlace, ProjectState
from .record import ProjectFile, ProjectResult, ProjectResultHistory

__all__ = [
    "ActionArea",
    "ActionAreaHistory",
    "ActionProgramme",
    "ActionProgrammeHistory",
    "Adjustment",
    "AdjustmentCriterion",
    "AdjustmentFigure",
    "AdjustmentLine",
    "Allocation",
    "AllocationHistory",
    "AllocationShare",
    "AllocationShareHistory",
    "Application",
    "ApplicationHistory",
    "ApplicationStep",
    "AreaCharge",
    "BudgetYear",
    "BudgetYearHistory",
    "CarryOver",
    "Consultation",
    "CostLine",
    "CouncilPaper",
    "FieldGoal",
    "FieldName",
    "FieldOfAction",
    "Fund",
    "FundChange",
    "FundHistory",
    "Funder",
    "Idea",
    "IdeaContact",
    "IdeaStep",
    "MembershipFigure",
    "MoneyEntry",
    "Office",
    "OfficeHistory",
    "OfficePlace",
    "Participation",
    "ParticipationHistory",
    "ParticipationPlace",
    "PlanDelivery",
    "PlanFunction",
    "PlanFunctionHistory",
    "PlanFunctionPlace",
    "PressRelease",
    "ProgrammeGoal",
    "ProgrammeMeasure",
    "ProgrammeMilestone",
    "ProgrammeParticipation",
    "ProgrammeVersion",
    "ProgrammeVersionHistory",
    "Project",
    "ProjectField",
    "ProjectFile",
    "ProjectHistory",
    "ProjectPlace",
    "ProjectResult",
    "ProjectResultHistory",
    "ProjectState",
    "Reminder",
]
