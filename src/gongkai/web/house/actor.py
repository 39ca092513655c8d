"""Who is at the door: the one value that rules, visibility and the audit log ask about."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from .address import client_address
from .moments import SLACK
from .request_id import current_request_id

if TYPE_CHECKING:
    from gongkai.web.accounts.models import User

REAUTHENTICATED = "reauthenticated_at"


class Via(StrEnum):
    """Through which door an act came."""

    WEB = "web"
    API = "api"
    IMPORT = "import"
    CLI = "cli"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Actor:
    """`user` is None for the public, and for the operator at the machine's own command line."""

    user: User | None
    via: Via = Via.WEB
    address: str = ""
    request_id: str = ""
    freshly_authenticated: bool = False

    @property
    def is_operator(self) -> bool:
        """Someone with a shell on the machine, or the platform's own worker: bound by no post, named in the log."""
        return self.user is None and self.via in {Via.CLI, Via.WORKER}

    @property
    def name(self) -> str:
        """The name the log shows."""
        if self.user is not None:
            return str(self.user.name)
        return "系统管理命令" if self.is_operator else "公众"

    @classmethod
    def public(cls) -> Actor:
        """Anyone, not signed in."""
        return cls(user=None)

    @classmethod
    def operator(cls, via: Via = Via.CLI) -> Actor:
        """The command line or the worker."""
        return cls(user=None, via=via, request_id=current_request_id(), freshly_authenticated=True)

    @classmethod
    def of(cls, request: HttpRequest, via: Via = Via.WEB) -> Actor:
        """The actor of a web request; its user only once the gate lets the session act."""
        from gongkai.web.accounts.models import User

        user = request.user if isinstance(request.user, User) else None
        if user is not None and not getattr(request, "session_complete", False):
            user = None
        fresh = (
            -SLACK.total_seconds()
            < time.time() - float(request.session.get(REAUTHENTICATED, 0))
            < settings.REAUTHENTICATION_SECONDS
        )
        return cls(user, via, client_address(request), current_request_id(), fresh and user is not None)
