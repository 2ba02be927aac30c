"""The only place that creates, changes and deletes what belongs to the action plan."""

from .freezing import freeze_figures, freeze_memberships
from .loading import load_action_areas
from .loading_adjustments import load_adjustments
from .loading_plan import Loaded, load_papers, load_plan

__all__ = [
    "Loaded",
    "freeze_figures",
    "freeze_memberships",
    "load_action_areas",
    "load_adjustments",
    "load_papers",
    "load_plan",
]
