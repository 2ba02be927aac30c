"""Documents that were asked for, and the plans of those that people put together themselves."""

from .compilation import Compilation, CompilationHistory, CompilationRun, ReportText, ReportTextHistory
from .report import Report, ReportFile, ReportRequest

__all__ = [
    "Compilation",
    "CompilationHistory",
    "CompilationRun",
    "Report",
    "ReportFile",
    "ReportRequest",
    "ReportText",
    "ReportTextHistory",
]
