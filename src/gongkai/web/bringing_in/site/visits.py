"""What is remembered of visited sites, in the database: pauses hold between processes and runs."""

from __future__ import annotations

import time

from gongkai.web.bringing_in.models import VisitedSite

from .manners import Memory

# RFC 9309, 2.4: not more than a day; shorter, so that a site that mends its rules is soon read.
ROBOTS_KEPT = 3600.0


class Visits(Memory):
    """One row a site."""

    def asked(self, site: str) -> float:
        """Epoch seconds; 0: never."""
        found = VisitedSite.objects.filter(site=site[:300]).values_list("asked_at", flat=True).first()
        return found or 0.0

    def ask(self, site: str) -> None:
        """Now."""
        VisitedSite.objects.update_or_create(site=site[:300], defaults={"asked_at": time.time()})

    def robots(self, site: str) -> str | None:
        """The rules, when they were read within the last hour."""
        since = time.time() - ROBOTS_KEPT
        return (
            VisitedSite.objects.filter(site=site[:300], robots_at__gt=since).values_list("robots", flat=True).first()
        )

    def keep(self, site: str, robots: str) -> None:
        """Read just now."""
        VisitedSite.objects.update_or_create(
            site=site[:300], defaults={"robots": robots, "robots_at": time.time()}
        )
