"""What this room keeps."""

from .items import Origin, UploadedTable
from .runs import RunState, SiteHost, SiteRun
from .sites import PageState, SitePage, VisitedSite

__all__ = ["Origin", "PageState", "RunState", "SiteHost", "SitePage", "SiteRun", "UploadedTable", "VisitedSite"]
