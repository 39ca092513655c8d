"""What the room of reports keeps."""

from .figure import ReportFigure
from .file import ReportFile
from .report import AnnualReport, Source, Status

__all__ = ["AnnualReport", "ReportFigure", "ReportFile", "Source", "Status"]
