"""The action plan: where it works, what is done, what it costs, and who decided it."""

from .action_area import ActionArea, ActionAreaHistory
from .council import Consultation, CouncilPaper, PressRelease
from .field import FieldName, FieldOfAction
from .idea import Idea, IdeaContact, IdeaStep
from .journal import BudgetYear, CarryOver, FundChange, MoneyEntry
from .money import Allocation, AllocationHistory, AllocationShare, Fund, Funder, FundHistory
from .project import Project, ProjectField, ProjectHistory, ProjectPlace, ProjectState

__all__ = [
    "ActionArea",
    "ActionAreaHistory",
    "Allocation",
    "AllocationHistory",
    "AllocationShare",
    "BudgetYear",
    "CarryOver",
    "Consultation",
    "CouncilPaper",
    "FieldName",
    "FieldOfAction",
    "Fund",
    "FundChange",
    "FundHistory",
    "Funder",
    "Idea",
    "IdeaContact",
    "IdeaStep",
    "MoneyEntry",
    "PressRelease",
    "Project",
    "ProjectField",
    "ProjectHistory",
    "ProjectPlace",
    "ProjectState",
]
